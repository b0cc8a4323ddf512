import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { createCaptionSettings, TranscriptPanel } from 'react-realtime-stt'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSpeech } from './createSpeech.js'
import { expectAccessible } from './expectAccessible.js'
import { layOut } from './layOut.js'

beforeEach(layOut)

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
})

const scroller = () => screen.getByRole('region', { name: 'What was said' })
const rows = () => [...scroller().querySelectorAll('.stt-row')]
const texts = () => rows().map((row) => row.querySelector('.stt-text')?.textContent)
const endOf = (element: Element) => element.scrollHeight - element.clientHeight
const jump = () => screen.queryByRole('button', { name: 'Jump to the newest' })
/** Until what scrolls has come to rest. */
const nextFrames = () => act(() => new Promise((resolve) => setTimeout(resolve, 250)))

function scrollTo(top: number) {
  act(() => {
    scroller().scrollTop = top
    scroller().dispatchEvent(new Event('scroll'))
  })
  return nextFrames()
}

const sayMany = (speech: ReturnType<typeof createSpeech>, count: number) => {
  for (let number = 1; number <= count; number += 1) {
    speech.say({ number, text: `Sentence ${number}.` })
  }
}

test('default: shows who said what, and when', () => {
  const { transcript, say } = createSpeech()
  say({ uid: '7', text: 'Good morning.' })
  say({ uid: '8', text: 'Good', tail: ' mor' })
  render(<TranscriptPanel transcript={transcript} />)
  expect(screen.getByRole('region', { name: 'Transcript' })).toBeTruthy()
  expect(texts()).toEqual(['Good morning.', 'Good mor'])
  expect(rows().map((row) => row.querySelector('.stt-speaker')?.textContent)).toEqual(['7:', '8:'])
  expect(rows()[0]?.querySelector('time')?.dateTime).toBe('2025-06-15T15:06:41.000Z')
  expect(scroller().querySelector('.stt-interim')?.textContent).toBe(' mor')
})

test('default: says so while nothing has been said, and shows what comes', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(
    <StrictMode>
      <TranscriptPanel transcript={transcript} />
    </StrictMode>,
  )
  expect(screen.getByText('Nothing has been said yet.')).toBeTruthy()
  say({ text: 'Hello.' })
  nextFrame()
  expect(texts()).toEqual(['Hello.'])
  act(() => transcript.clear())
  nextFrame()
  expect(screen.getByText('Nothing has been said yet.')).toBeTruthy()
  say({ text: 'Again.' })
  nextFrame()
  expect(texts()).toEqual(['Again.'])
})

test('behaviour: of 100,000 lines the newest are mounted, and few others', async () => {
  const speech = createSpeech()
  sayMany(speech, 100_000)
  render(<TranscriptPanel transcript={speech.transcript} />)
  await nextFrames()
  expect(rows().length).toBeLessThan(150)
  expect(texts().at(-1)).toBe('Sentence 100000.')
  expect(jump()).toBeNull()
  await scrollTo(endOf(scroller()) / 2)
  expect(rows().length).toBeLessThan(150)
  expect(Number(texts()[0]?.match(/\d+/)?.[0])).toBeGreaterThan(10_000)
  expect(Number(texts()[0]?.match(/\d+/)?.[0])).toBeLessThan(90_000)
  expect(jump()).toBeTruthy()
})

test('behaviour: an interim renders one row, and a new line its own', async () => {
  const speech = createSpeech()
  sayMany(speech, 999)
  const getSpeakerName = vi.fn((uid: string) => uid)
  const panel = <TranscriptPanel transcript={speech.transcript} getSpeakerName={getSpeakerName} />
  render(panel)
  await nextFrames()
  getSpeakerName.mockClear()
  speech.say({ uid: '2', number: 1_000, tail: 'And' })
  speech.nextFrame()
  expect(getSpeakerName).toHaveBeenCalledTimes(1)
  speech.say({ uid: '2', number: 1_000, tail: 'And then' })
  speech.nextFrame()
  expect(getSpeakerName).toHaveBeenCalledTimes(2)
  expect(texts().at(-1)).toBe('And then')
})

test('behaviour: follows the end, yields to who scrolls up, and follows again on request', async () => {
  const speech = createSpeech()
  sayMany(speech, 200)
  render(<TranscriptPanel transcript={speech.transcript} />)
  await nextFrames()
  expect(scroller().scrollTop).toBe(endOf(scroller()))
  const sayMore = async (from: number) => {
    for (let number = from; number < from + 40; number += 1) {
      speech.say({ number, text: `Sentence ${number}.` })
      speech.nextFrame()
    }
    await nextFrames()
  }
  await sayMore(201)
  expect(scroller().scrollTop).toBe(endOf(scroller()))
  expect(texts().at(-1)).toBe('Sentence 240.')
  expect(jump()).toBeNull()

  await scrollTo(1_000)
  await sayMore(241)
  expect(scroller().scrollTop).toBe(1_000)
  expect(texts()).not.toContain('Sentence 280.')

  fireEvent.click(jump() as HTMLElement)
  await nextFrames()
  expect(scroller().scrollTop).toBe(endOf(scroller()))
  expect(texts().at(-1)).toBe('Sentence 280.')
  expect(jump()).toBeNull()
  expect(document.activeElement).toBe(scroller())
})

test('behaviour: what is removed above the reader moves nothing in sight', async () => {
  const speech = createSpeech({ maxLines: 1_000 })
  sayMany(speech, 1_000)
  render(<TranscriptPanel transcript={speech.transcript} />)
  await nextFrames()
  await scrollTo(endOf(scroller()) - 4_000)
  const place = () => {
    const top = scroller().scrollTop
    const sizer = scroller().firstElementChild?.firstElementChild as HTMLElement
    const beforePx = Number(/translateY\((.*)px\)/.exec(sizer.style.transform)?.[1])
    return texts()[Math.floor((top - beforePx) / 20)]
  }
  const before = place()
  expect(before).toMatch(/^Sentence \d+\.$/)
  for (let number = 1_001; number <= 1_200; number += 1) {
    speech.say({ number, text: `Sentence ${number}.` })
    if (number % 3 === 0) speech.nextFrame()
  }
  await nextFrames()
  expect(speech.transcript.getIds()).toHaveLength(1_000)
  expect(place()).toBe(before)
})

const query = () => screen.getByLabelText('Search the transcript') as HTMLInputElement
const found = () => within(screen.getByRole('search')).getByRole('status').textContent

test('default: searches without case and accents, marks what it finds, and goes from line to line', async () => {
  const speech = createSpeech()
  sayMany(speech, 100)
  speech.say({ number: 101, text: 'Le CAFÉ est là.', language: 'fr-FR' })
  for (let number = 102; number < 200; number += 1) speech.say({ number, text: `More ${number}.` })
  speech.say({ number: 200, text: 'A cafe, another cafe.' })
  render(<TranscriptPanel transcript={speech.transcript} />)
  fireEvent.change(query(), { target: { value: 'cAfe' } })
  await waitFor(() => expect(found()).toBe('1 of 2 lines'))
  await nextFrames()
  const current = () => document.querySelector('.stt-current .stt-text')?.textContent
  expect(current()).toBe('Le CAFÉ est là.')
  expect(document.querySelector('mark')?.textContent).toBe('CAFÉ')
  fireEvent.keyDown(query(), { key: 'Enter' })
  await nextFrames()
  expect([found(), current()]).toEqual(['2 of 2 lines', 'A cafe, another cafe.'])
  expect(document.querySelectorAll('.stt-current mark')).toHaveLength(2)
  fireEvent.click(screen.getByRole('button', { name: 'Next match' }))
  expect(found()).toBe('1 of 2 lines')
  fireEvent.keyDown(query(), { key: 'Enter', shiftKey: true })
  expect(found()).toBe('2 of 2 lines')
  fireEvent.click(screen.getByRole('button', { name: 'Previous match' }))
  expect(found()).toBe('1 of 2 lines')
  fireEvent.change(query(), { target: { value: 'nobody said this' } })
  await waitFor(() => expect(found()).toBe('Nothing found'))
  fireEvent.keyDown(query(), { key: 'Escape' })
  expect([query().value, found()]).toEqual(['', ''])
  expect(document.querySelector('mark')).toBeNull()
})

test('behaviour: lines that come, change or go while a search is open are found or not', async () => {
  const speech = createSpeech({ maxLines: 200 })
  sayMany(speech, 150)
  render(<TranscriptPanel transcript={speech.transcript} />)
  fireEvent.change(query(), { target: { value: 'budget' } })
  await waitFor(() => expect(found()).toBe('Nothing found'))
  speech.say({ number: 151, tail: 'The budge' })
  speech.nextFrame()
  expect(found()).toBe('Nothing found')
  speech.say({ number: 151, tail: 'The budget' })
  speech.nextFrame()
  expect(found()).toBe('1 of 1 line')
  speech.say({ number: 151, text: 'The badger.' })
  speech.nextFrame()
  expect(found()).toBe('Nothing found')
  speech.say({ number: 152, text: 'Budget again.' })
  for (let number = 153; number <= 300; number += 1) {
    speech.say({ number, text: number % 100 === 0 ? 'The budget.' : 'Well.' })
  }
  speech.nextFrame()
  expect(found()).toBe('1 of 3 lines')
  for (let number = 301; number <= 380; number += 1) speech.say({ number, text: 'Well.' })
  speech.nextFrame()
  expect(found()).toBe('1 of 2 lines')
})

test('behaviour: a search among 100,000 lines finds all of them, in order', async () => {
  const speech = createSpeech()
  sayMany(speech, 100_000)
  render(<TranscriptPanel transcript={speech.transcript} />)
  fireEvent.change(query(), { target: { value: 'sentence 9999' } })
  await waitFor(() => expect(found()).toBe('1 of 11 lines'), { timeout: 20_000 })
  await nextFrames()
  const current = () => document.querySelector('.stt-current .stt-text')?.textContent
  expect(current()).toBe('Sentence 9999.')
  fireEvent.keyDown(query(), { key: 'Enter' })
  await nextFrames()
  expect(current()).toBe('Sentence 99990.')
})

test('options: language shows and searches the translation; with what was said under it, both', async () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Good morning.', translations: { 'de-DE': 'Guten Morgen.' } })
  const settings = createCaptionSettings({ storageKey: 'panel' })
  render(<TranscriptPanel transcript={transcript} language="de-DE" settings={settings} />)
  expect(texts()).toEqual(['Guten Morgen.'])
  fireEvent.change(query(), { target: { value: 'morning' } })
  await waitFor(() => expect(found()).toBe('Nothing found'))
  act(() => settings.choose({ showsOriginal: true, textSize: 2 }))
  await waitFor(() => expect(found()).toBe('1 of 1 line'))
  expect(rows()[0]?.querySelector('.stt-original')?.textContent).toBe('Good morning.')
  expect((rows()[0] as HTMLElement).style.fontSize).toBe('2em')
  settings.reset()
})

/** What the browser is given to save. */
function watchDownloads() {
  const files: { name: string; blob: Blob }[] = []
  const blobs = new Map<string, Blob>()
  URL.createObjectURL = (blob: Blob) => {
    blobs.set(`blob:${blobs.size}`, blob)
    return `blob:${blobs.size - 1}`
  }
  URL.revokeObjectURL = () => {}
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    const blob = blobs.get(this.href)
    if (blob) files.push({ name: this.download, blob })
  })
  return files
}

test('default: downloads what is shown, in each format', async () => {
  const files = watchDownloads()
  const { transcript, say } = createSpeech()
  say({ uid: '7', text: 'Good morning.', translations: { 'de-DE': 'Guten Morgen.' } })
  render(
    <TranscriptPanel
      transcript={transcript}
      language="de-DE"
      getSpeakerName={() => 'Ada'}
      fileName="standup"
    />,
  )
  for (const format of ['WebVTT', 'SRT', 'Text', 'JSON']) {
    fireEvent.click(screen.getByRole('button', { name: `Download ${format}` }))
    await waitFor(() => expect(screen.getByText('Downloaded')).toBeTruthy())
  }
  expect(files.map(({ name }) => name)).toEqual([
    'standup.vtt',
    'standup.srt',
    'standup.txt',
    'standup.json',
  ])
  const contents = await Promise.all(files.map(({ blob }) => blob.text()))
  for (const content of contents) expect(content).toContain('Guten Morgen.')
  expect(contents[0]).toMatch(/^WEBVTT/)
  expect(contents[2]).toBe('[00:00:00] Ada: Guten Morgen.\n')
})

test('default: copies the text that is shown', async () => {
  const copied: string[] = []
  vi.stubGlobal('navigator', {
    clipboard: { writeText: async (text: string) => void copied.push(text) },
  })
  const { transcript, say } = createSpeech()
  say({ uid: '7', text: 'Good morning.' })
  render(<TranscriptPanel transcript={transcript} />)
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
  await waitFor(() => expect(screen.getByText('Copied')).toBeTruthy())
  expect(copied).toEqual(['[00:00:00] 7: Good morning.\n'])
})

test('behaviour: a copy that is refused says so', async () => {
  vi.stubGlobal('navigator', {
    clipboard: { writeText: () => Promise.reject(new Error('refused')) },
  })
  const { transcript, say } = createSpeech()
  say({ text: 'Good morning.' })
  render(<TranscriptPanel transcript={transcript} />)
  fireEvent.click(screen.getByRole('button', { name: 'Copy' }))
  await waitFor(() => expect(screen.getByText('That did not work. Try again.')).toBeTruthy())
})

test('options: labels puts everything into other words', () => {
  const { transcript } = createSpeech()
  const labels = { transcript: 'Mitschrift', empty: 'Noch nichts.', copy: 'Kopieren' }
  render(<TranscriptPanel transcript={transcript} labels={labels} />)
  expect(screen.getByRole('region', { name: 'Mitschrift' })).toBeTruthy()
  expect(screen.getByText('Noch nichts.')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Kopieren' })).toBeTruthy()
})

test('behaviour: a server renders an empty transcript, which hydrates without a mismatch', async () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Hello.' })
  const app = <TranscriptPanel transcript={transcript} />
  const container = document.createElement('div')
  container.innerHTML = renderToString(app)
  expect(container.textContent).toContain('Nothing has been said yet.')
  document.body.append(container)
  const problems: unknown[] = []
  const root = await act(async () =>
    hydrateRoot(container, app, { onRecoverableError: (error) => problems.push(error) }),
  )
  expect(problems).toEqual([])
  expect(texts()).toEqual(['Hello.'])
  act(() => root.unmount())
  container.remove()
})

test('behaviour: axe finds nothing, and what scrolls is reachable by keyboard', async () => {
  const speech = createSpeech()
  sayMany(speech, 100)
  const { container } = render(<TranscriptPanel transcript={speech.transcript} />)
  fireEvent.change(query(), { target: { value: 'sentence 5' } })
  await waitFor(() => expect(found()).toBe('1 of 11 lines'))
  expect(scroller().tabIndex).toBe(0)
  await expectAccessible(container)
})
