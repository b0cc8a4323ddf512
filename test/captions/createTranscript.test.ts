import { type CaptionLine, type CaptionMessage, createTranscript } from 'react-realtime-stt/core'
import { encodeCaption, encodeCaptionJson } from 'react-realtime-stt/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'

const BEGAN_AT = 1_782_717_974_915

beforeEach(() => {
  vi.useFakeTimers({ now: BEGAN_AT })
})

afterEach(() => {
  vi.useRealTimers()
})

/** One sentence a second. */
function say(number: number, text: string, isFinal = true, uid = '7'): CaptionMessage {
  const sentenceId = BEGAN_AT + number * 1_000
  return {
    uid,
    sentenceId: String(sentenceId),
    textTs: sentenceId + text.length,
    culture: 'en-US',
    time: isFinal ? sentenceId : 0,
    durationMs: 400,
    words: [{ text, isFinal }],
  }
}

const textsOf = (transcript: ReturnType<typeof createTranscript>) =>
  transcript.getIds().map((id) => transcript.getLine(id)?.text)

test('default: a message is a line, and the next one of its sentence changes it', () => {
  const transcript = createTranscript()
  transcript.ingest(say(0, 'Good mor', false))
  const [id = ''] = transcript.getIds()
  const interim = transcript.getLine(id)
  expect(interim).toEqual({
    id,
    uid: '7',
    text: 'Good mor',
    finalText: '',
    isFinal: false,
    isLive: true,
    language: 'en-US',
    startedAt: BEGAN_AT,
    endedAt: null,
    translations: {},
  })
  transcript.ingest(say(0, 'Good morning.'))
  expect(transcript.getIds()).toEqual([id])
  expect(transcript.getLine(id)).toEqual({
    ...interim,
    text: 'Good morning.',
    finalText: 'Good morning.',
    isFinal: true,
    endedAt: BEGAN_AT + 400,
  })
  expect(Object.isFrozen(transcript.getLine(id))).toBe(true)
})

test('default: bytes of both protocols come in, and what is compressed is there when it is idle', async () => {
  const transcript = createTranscript()
  transcript.ingest(encodeCaption(say(0, 'In Protobuf.')), '900000001')
  expect(textsOf(transcript)).toEqual(['In Protobuf.'])
  transcript.ingest(encodeCaptionJson(say(1, 'In JSON.')), '900000001')
  transcript.ingest(encodeCaptionJson(say(2, 'And again.')), '900000001')
  await transcript.whenIdle()
  expect(textsOf(transcript)).toEqual(['In Protobuf.', 'In JSON.', 'And again.'])
  expect(transcript.counters).toMatchObject({ messages: 3, undecodable: 0 })
})

test('behaviour: what did not change is the same object, and the same array', () => {
  const transcript = createTranscript()
  transcript.ingest(say(0, 'One.'))
  transcript.ingest(say(1, 'Two', false))
  const [first = '', second = ''] = transcript.getIds()
  const ids = transcript.getIds()
  const before = [transcript.getLine(first), transcript.getLive()]
  transcript.ingest(say(1, 'Two', false))
  expect([transcript.getLine(first), transcript.getLive()]).toEqual(before)
  expect(transcript.getLive()).toBe(before[1])
  const line = transcript.getLine(second)
  transcript.ingest(say(1, 'Two or', false))
  expect(transcript.getIds()).toBe(ids)
  expect(transcript.getLine(first)).toBe(before[0])
  expect(transcript.getLine(second)).not.toBe(line)
  expect(line?.text).toBe('Two')
  expect(transcript.getLive()[1]?.text).toBe('Two or')
})

test('behaviour: who listens is told once a frame, and reads what is true now', () => {
  const transcript = createTranscript()
  const told: string[] = []
  transcript.subscribe(() => told.push('any'))
  transcript.subscribeIds(() => told.push('ids'))
  transcript.ingest(say(0, 'One', false))
  const [id = ''] = transcript.getIds()
  transcript.subscribeLine(id, () => told.push('line'))
  const end = transcript.subscribeLine(id, () => told.push('ended'))
  end()
  transcript.ingest(say(0, 'One more', false))
  expect(told).toEqual([])
  vi.advanceTimersByTime(20)
  expect(told).toEqual(['ids', 'line', 'any'])
  transcript.ingest(say(0, 'One more time.'))
  transcript.ingest(say(0, 'One more time.'))
  vi.advanceTimersByTime(200)
  expect(told).toEqual(['ids', 'line', 'any', 'line', 'any'])
  vi.advanceTimersByTime(10_000)
  expect(told).toHaveLength(5)
  expect(vi.getTimerCount()).toBe(0)
})

test('behaviour: with frames, a frame tells; in a hidden tab, where there are none, a timer does', () => {
  const frames: (() => void)[] = []
  const transcript = createTranscript({
    environment: {
      requestAnimationFrame: (callback) => frames.push(callback),
      cancelAnimationFrame: () => frames.pop(),
    },
  })
  const listener = vi.fn()
  transcript.subscribe(listener)
  transcript.ingest(say(0, 'One', false))
  vi.advanceTimersByTime(50)
  frames.pop()?.()
  expect(listener).toHaveBeenCalledTimes(1)
  transcript.ingest(say(0, 'One.'))
  vi.advanceTimersByTime(1_000)
  expect(listener).toHaveBeenCalledTimes(2)
  expect([frames.length, vi.getTimerCount()]).toEqual([0, 0])
})

test('behaviour: a listener that throws keeps nobody from being told', () => {
  const reported = vi.fn()
  vi.stubGlobal('reportError', reported)
  const transcript = createTranscript()
  const listener = vi.fn()
  transcript.subscribe(() => {
    throw new Error('of the app')
  })
  transcript.subscribe(listener)
  transcript.ingest(say(0, 'One.'))
  vi.advanceTimersByTime(20)
  expect([listener.mock.calls.length, reported.mock.calls.length]).toEqual([1, 1])
  vi.unstubAllGlobals()
})

test('options: max of getLive counts the newest, and nobody who has not finished is left out', () => {
  const transcript = createTranscript()
  transcript.ingest(say(0, 'I have not fin', false, '1'))
  for (let number = 1; number < 6; number++) transcript.ingest(say(number, `${number}.`, true, '2'))
  const live = (max?: number) => transcript.getLive({ max }).map(({ text }) => text)
  expect(live()).toEqual(['I have not fin', '3.', '4.', '5.'])
  expect(live(1)).toEqual(['I have not fin', '5.'])
  expect(live(0)).toEqual(['I have not fin'])
  expect(live(99)).toEqual(['I have not fin', '1.', '2.', '3.', '4.', '5.'])
})

test('options: maxLines removes the oldest and tells them, and what comes late for them stays out', () => {
  const pruned: string[] = []
  const events: string[] = []
  const transcript = createTranscript({
    maxLines: 2,
    onPrune: (lines) => pruned.push(...lines.map(({ text }) => text)),
    onEvent: ({ type }) => events.push(type),
  })
  for (let number = 0; number < 4; number++) transcript.ingest(say(number, `${number}.`))
  expect(textsOf(transcript)).toEqual(['2.', '3.'])
  expect(pruned).toEqual(['0.', '1.'])
  transcript.ingest(say(1, '1.'))
  expect(textsOf(transcript)).toEqual(['2.', '3.'])
  expect(transcript.counters).toMatchObject({ messages: 5, pruned: 2, late: 1 })
  expect(events).toEqual(['late'])
})

test('options: maxLines keeps the current line of every speaker', () => {
  const transcript = createTranscript({ maxLines: 1 })
  for (const uid of ['1', '2', '3']) transcript.ingest(say(Number(uid), `${uid} is`, false, uid))
  transcript.ingest(say(4, 'Next', false, '3'))
  expect(textsOf(transcript)).toEqual(['1 is', '2 is', 'Next'])
})

test('options: onPrune is told all that is known of a line, also of one that comes late and of one that goes on', () => {
  const pruned: string[] = []
  const nameless = (textTs: number, text: string, isFinal: boolean, uid = '7'): CaptionMessage => ({
    uid,
    textTs: BEGAN_AT + textTs,
    time: isFinal ? BEGAN_AT + textTs : 0,
    words: [{ text, isFinal }],
  })
  const options = { maxLines: 1, onPrune: tell }
  function tell(lines: readonly CaptionLine[]): void {
    pruned.push(...lines.map(({ text }) => text))
  }
  const late = createTranscript(options)
  late.ingest(nameless(600, 'Second.', true))
  late.ingest(nameless(300, 'First.', true))
  late.ingest(nameless(300, 'First.', true))
  expect([textsOf(late), pruned, late.counters.late]).toEqual([['Second.'], ['First.'], 1])
  pruned.length = 0
  const overtaken = createTranscript(options)
  overtaken.ingest(nameless(100, 'Firs', false))
  overtaken.ingest(nameless(500, 'Seco', false))
  overtaken.ingest(nameless(300, 'First.', true))
  expect([textsOf(overtaken), pruned]).toEqual([['Seco'], ['First.']])
})

test('behaviour: no message makes a line of a moment that no calendar has', () => {
  const transcript = createTranscript()
  for (const at of [9e15, -1, Number.NaN]) {
    const words = [{ text: `At ${at}`, isFinal: true }]
    transcript.ingest({ uid: `${at}`, textTs: at, time: at, durationMs: 5, words })
    transcript.ingest({ uid: `${at}`, sentenceId: '5', textTs: at, time: at, words })
  }
  transcript.ingest({ uid: '7', textTs: BEGAN_AT + 1, words: [{ text: 'Now' }] })
  const lines = transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])
  expect(lines).toHaveLength(7)
  for (const { startedAt } of lines) expect(Math.abs(startedAt - BEGAN_AT)).toBeLessThan(10)
})

test('behaviour: what was sent before the bot left belongs to its session, however long it takes to read', async () => {
  const transcript = createTranscript()
  transcript.ingest(encodeCaptionJson(say(0, 'My last wor', false)), 'bot')
  transcript.endSession('bot')
  await transcript.whenIdle()
  expect(transcript.getLive().map(({ isLive, text }) => [isLive, text])).toEqual([
    [false, 'My last wor'],
  ])
})

test('options: bad ones are refused by name', () => {
  const make = (options: object) => () => createTranscript(options)
  expect(make({ maxLines: 0 })).toThrow('maxLines: must be a whole number from 1. Given: 0.')
  expect(make({ maxLines: 1.5 })).toThrow('maxLines')
  expect(make({ maxLine: 3 })).toThrow('maxLine: is no option; check its spelling.')
  expect(make({ onPrune: 'x' })).toThrow("onPrune: must be a function. Given: 'x'.")
})

test('behaviour: what is no caption is counted and told, and never thrown', async () => {
  const events: unknown[] = []
  const transcript = createTranscript({ onEvent: (event) => events.push(event) })
  const broken: unknown[] = [
    new Uint8Array(),
    new TextEncoder().encode('{"type":"chat","text":"hello"}'),
    new Uint8Array([0x1f, 0x8b, 8, 0]),
    {},
    null,
    { uid: '7', words: [null] },
    { uid: 7, words: [{ text: 'a number is no uid' }] },
    { uid: '7', trans: [{ lang: 'de-DE' }] },
  ]
  for (const message of broken) transcript.ingest(message as Uint8Array, '42')
  await transcript.whenIdle()
  expect(transcript.getIds()).toEqual([])
  expect(transcript.counters).toMatchObject({ messages: 8, undecodable: 8 })
  expect(events).toHaveLength(8)
  expect(events[0]).toEqual({ type: 'undecodable', at: BEGAN_AT, from: '42', byteLength: 0 })
})

test('behaviour: bytes of another realm are bytes', () => {
  const transcript = createTranscript()
  const bytes = encodeCaption(say(0, 'From a frame.'))
  // What an iframe hands over is no Uint8Array of this page.
  const foreign = new Proxy(Uint8Array, {})
  const view = Reflect.construct(foreign, [bytes.buffer, bytes.byteOffset, bytes.byteLength])
  Object.setPrototypeOf(view, Object.create(Object.getPrototypeOf(Uint8Array.prototype)))
  expect(view instanceof Uint8Array).toBe(false)
  transcript.ingest(view)
  expect(textsOf(transcript)).toEqual(['From a frame.'])
})

test('behaviour: when the bot leaves, no line is live, and the next bot begins anew', () => {
  const transcript = createTranscript()
  transcript.ingest(say(0, 'I was say', false), 'bot')
  transcript.endSession('somebody')
  expect(transcript.getLive()[0]?.isLive).toBe(true)
  transcript.endSession('bot')
  expect(transcript.getLive().map(({ isLive, text }) => [isLive, text])).toEqual([
    [false, 'I was say'],
  ])
  const nameless = (seqnum: number, text: string): CaptionMessage => ({
    uid: '7',
    seqnum,
    words: [{ text, isFinal: true }],
  })
  transcript.ingest(nameless(90, 'Before.'), 'bot')
  transcript.endSession('bot')
  transcript.ingest(nameless(3, 'After.'), 'bot')
  expect(textsOf(transcript)).toEqual(['I was say', 'Before.', 'After.'])
})

test('behaviour: clear removes every line, and only what is unfinished comes back', async () => {
  const transcript = createTranscript()
  const told = vi.fn()
  transcript.ingest(say(0, 'Done.'))
  transcript.ingest(say(1, 'Still talk', false))
  transcript.ingest(encodeCaptionJson(say(2, 'On its way.')))
  const [done = ''] = transcript.getIds()
  transcript.subscribeLine(done, told)
  transcript.clear()
  await transcript.whenIdle()
  expect([transcript.getIds(), transcript.getLine(done), transcript.getLive()]).toEqual([
    [],
    undefined,
    [],
  ])
  vi.advanceTimersByTime(20)
  expect(told).toHaveBeenCalledTimes(1)
  transcript.ingest(say(0, 'Done.'))
  transcript.ingest(say(1, 'Still talking.'))
  expect(textsOf(transcript)).toEqual(['Still talking.'])
})
