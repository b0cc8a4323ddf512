import {
  attachCaptions,
  createTranscript,
  type RtcClientLike,
  type TranscriptEvent,
} from 'react-realtime-stt/core'
import { createFakeRtcClient, encodeCaption } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'

const BOT_UID = 900000001

const caption = (text: string, uid = '7') =>
  encodeCaption({ uid, textTs: 1_782_717_974_915, words: [{ text, isFinal: false }] })

const textsOf = (transcript: ReturnType<typeof createTranscript>) =>
  transcript.getIds().map((id) => transcript.getLine(id)?.text)

function setUp() {
  const events: TranscriptEvent[] = []
  const transcript = createTranscript({ onEvent: (event) => events.push(event) })
  return { rtcClient: createFakeRtcClient(), transcript, events }
}

test('default: what the client receives as captions becomes lines, and the sender is told', () => {
  const { rtcClient, transcript, events } = setUp()
  attachCaptions(rtcClient, transcript)
  rtcClient.sendStreamMessage(BOT_UID, caption('Good morning'))
  rtcClient.sendStreamMessage(BOT_UID, caption('Hello', '8'))
  rtcClient.sendStreamMessage(5, new TextEncoder().encode('a chat message'))
  expect(textsOf(transcript)).toEqual(['Good morning', 'Hello'])
  expect(events.map(({ type, from }) => [type, from])).toEqual([
    ['sender', '900000001'],
    ['undecodable', '5'],
  ])
})

test('options: botUid lets nobody else put words into anybody’s mouth', () => {
  const { rtcClient, transcript, events } = setUp()
  attachCaptions(rtcClient, transcript, { botUid: BOT_UID })
  rtcClient.sendStreamMessage(666, caption('I resign'))
  rtcClient.sendStreamMessage('900000001', caption('Good morning'))
  expect(textsOf(transcript)).toEqual(['Good morning'])
  expect(transcript.counters).toMatchObject({ messages: 2, strangers: 1, undecodable: 0 })
  expect(events[0]).toMatchObject({ type: 'stranger', from: '666' })
})

test('behaviour: one attachment, however many ask, until the last one has ended it', () => {
  const { rtcClient, transcript } = setUp()
  const ends = Array.from({ length: 3 }, () => attachCaptions(rtcClient, transcript))
  expect(rtcClient.listenerCount('stream-message')).toBe(1)
  rtcClient.sendStreamMessage(BOT_UID, caption('Once'))
  expect(transcript.counters.messages).toBe(1)
  const [first, second, third] = ends
  first?.()
  first?.()
  second?.()
  rtcClient.sendStreamMessage(BOT_UID, caption('Once more'))
  expect(textsOf(transcript)).toEqual(['Once more'])
  third?.()
  expect([rtcClient.listenerCount('stream-message'), rtcClient.listenerCount('user-left')]).toEqual(
    [0, 0],
  )
  attachCaptions(rtcClient, transcript)
  rtcClient.sendStreamMessage(BOT_UID, caption('And again'))
  expect(transcript.counters.messages).toBe(3)
})

test('behaviour: who names the bot narrows it for those who do not, as long as it asks', () => {
  const { rtcClient, transcript } = setUp()
  attachCaptions(rtcClient, transcript)
  const end = attachCaptions(rtcClient, transcript, { botUid: BOT_UID })
  rtcClient.sendStreamMessage(666, caption('I resign'))
  expect(textsOf(transcript)).toEqual([])
  end()
  rtcClient.sendStreamMessage(666, caption('I am a bot too'))
  expect(textsOf(transcript)).toEqual(['I am a bot too'])
})

test('behaviour: the bot’s leaving ends every live line, another’s none', () => {
  const { rtcClient, transcript } = setUp()
  attachCaptions(rtcClient, transcript)
  for (const uid of [BOT_UID, 8]) rtcClient.joinUser(uid)
  rtcClient.sendStreamMessage(BOT_UID, caption('Good morn'))
  const isLive = () => transcript.getLive()[0]?.isLive
  rtcClient.leaveUser(8)
  expect(isLive()).toBe(true)
  rtcClient.leaveUser(BOT_UID, 'ServerTimeOut')
  expect(isLive()).toBe(false)
})

test('behaviour: a stranger who was heard before the bot was named ends nothing by leaving', () => {
  const { rtcClient, transcript } = setUp()
  attachCaptions(rtcClient, transcript)
  for (const uid of [BOT_UID, 666]) {
    rtcClient.joinUser(uid)
    rtcClient.sendStreamMessage(uid, caption('Good morn', `${uid}`))
  }
  attachCaptions(rtcClient, transcript, { botUid: BOT_UID })
  rtcClient.leaveUser(666)
  expect(transcript.getLive().map(({ isLive }) => isLive)).toEqual([true, true])
})

test('behaviour: two transcripts of one client are fed alike, and two clients feed one transcript', () => {
  const { rtcClient, transcript } = setUp()
  const other = createTranscript()
  attachCaptions(rtcClient, transcript)
  attachCaptions(rtcClient, other)
  const screen = createFakeRtcClient()
  attachCaptions(screen, transcript)
  rtcClient.sendStreamMessage(BOT_UID, caption('Both'))
  screen.sendStreamMessage(BOT_UID, caption('One', '9'))
  expect([textsOf(transcript), textsOf(other)]).toEqual([['Both', 'One'], ['Both']])
})

test('behaviour: what is no client is refused by name', () => {
  const { transcript } = setUp()
  for (const bad of [undefined, 'standup', { on: () => {} }]) {
    expect(() => attachCaptions(bad as unknown as RtcClientLike, transcript)).toThrow(
      'rtcClient: must be an RTC client, with on() and off().',
    )
  }
})
