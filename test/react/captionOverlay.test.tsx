import { act, render, screen, within } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import { CaptionOverlay, createCaptionSettings } from 'react-realtime-stt'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createSpeech } from './createSpeech.js'
import { expectAccessible } from './expectAccessible.js'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
  localStorage.clear()
})

const linesOf = () =>
  [...screen.getByRole('region', { name: 'Captions' }).querySelectorAll('.stt-line')].map(
    ({ textContent }) => textContent,
  )

const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms))

const memory = () => createCaptionSettings({ storageKey: 'own' })

test('default: shows who says what, newest last', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} />)
  expect(linesOf()).toEqual([])
  say({ uid: '7', text: 'Good morning.' })
  say({ uid: '8', text: 'Good', tail: ' mor' })
  nextFrame()
  expect(linesOf()).toEqual(['7: Good morning.', '8: Good mor'])
  const [tail] = document.getElementsByClassName('stt-interim')
  expect(tail?.textContent).toBe(' mor')
})

test('options: getSpeakerName names people; a uid is shown where it does not', () => {
  const { transcript, say } = createSpeech()
  say({ uid: '7', text: 'Hi.' })
  say({ uid: '8', text: 'Hello.' })
  const names = new Map([['7', 'Ada']])
  render(<CaptionOverlay transcript={transcript} getSpeakerName={(uid) => names.get(uid)} />)
  expect(linesOf()).toEqual(['Ada: Hi.', '8: Hello.'])
})

test('options: max keeps the newest lines, and everybody who is speaking', () => {
  const { transcript, say } = createSpeech()
  say({ uid: '7', tail: 'As I' })
  for (const text of ['One.', 'Two.', 'Three.']) say({ text })
  render(<CaptionOverlay transcript={transcript} max={1} />)
  expect(linesOf()).toEqual(['7: As I', '1001: Three.'])
})

test('default: a finished line goes when it has been read, the longer the later', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} />)
  say({ text: 'Yes.' })
  say({ text: Array.from({ length: 20 }, (_, at) => `word${at}`).join(' ') })
  say({ text: Array.from({ length: 80 }, (_, at) => `word${at}`).join(' ') })
  nextFrame()
  expect(linesOf()).toHaveLength(3)
  wait(1_999)
  expect(linesOf()).toHaveLength(3)
  wait(1)
  expect(linesOf()).toHaveLength(2)
  wait(4_000)
  expect(linesOf()).toHaveLength(1)
  wait(2_000)
  expect(linesOf()).toHaveLength(0)
  expect(vi.getTimerCount()).toBe(0)
})

test('behaviour: a line that goes on stays, and comes back when its sentence does', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} />)
  say({ number: 1, text: 'Well.' })
  nextFrame()
  wait(1_500)
  say({ number: 1, text: 'Well. Then.' })
  nextFrame()
  wait(1_500)
  expect(linesOf()).toEqual(['1001: Well. Then.'])
  wait(500)
  expect(linesOf()).toEqual([])
  say({ number: 1, text: 'Well. Then. Go.' })
  nextFrame()
  expect(linesOf()).toEqual(['1001: Well. Then. Go.'])
})

test('behaviour: who has not finished stays, and goes after ten seconds without a word', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} />)
  say({ uid: '7', number: 1, tail: 'I think' })
  nextFrame()
  wait(9_000)
  say({ uid: '7', number: 1, tail: 'I think that' })
  nextFrame()
  wait(9_999)
  expect(linesOf()).toEqual(['7: I think that'])
  wait(1)
  expect(linesOf()).toEqual([])
})

test('behaviour: a line that becomes final behind newer ones stays until it has been read', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} max={1} />)
  say({ number: 1, uid: '7', tail: 'As I' })
  say({ number: 2, uid: '8', text: 'Wait.' })
  nextFrame()
  expect(linesOf()).toEqual(['7: As I', '8: Wait.'])
  say({ number: 1, uid: '7', text: 'As I said.' })
  nextFrame()
  expect(linesOf()).toEqual(['7: As I said.', '8: Wait.'])
  say({ number: 3, uid: '8', text: 'Go on.' })
  nextFrame()
  expect(linesOf()).toEqual(['7: As I said.', '8: Go on.'])
  wait(2_000)
  expect(linesOf()).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})

test('options: wordsPerMinute gives slow readers more time', () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Ten words that somebody who reads slowly wants to read.' })
  render(<CaptionOverlay transcript={transcript} wordsPerMinute={100} />)
  wait(5_999)
  expect(linesOf()).toHaveLength(1)
  wait(1)
  expect(linesOf()).toHaveLength(0)
})

test('options: language shows the translation, and what was said where there is none', () => {
  const { transcript, say, nextFrame } = createSpeech()
  say({ text: 'Good morning.', translations: { 'de-DE': 'Guten Morgen.' } })
  say({ text: 'Bonjour.', language: 'fr-FR' })
  say({ text: 'Servus.', language: 'de-AT' })
  render(<CaptionOverlay transcript={transcript} language="de-DE" />)
  expect(linesOf()).toEqual(['1001: Guten Morgen.', '1001: Bonjour.', '1001: Servus.'])
  expect(screen.getByText('Bonjour.').closest('.stt-line')?.classList).toContain('stt-fallback')
  expect(document.getElementsByClassName('stt-fallback')).toHaveLength(1)
  expect(screen.queryByText(/no captions in/)).toBeNull()
  say({ number: 2, translations: { 'de-DE': 'Guten Tag.' } })
  nextFrame()
  expect(linesOf()[1]).toBe('1001: Guten Tag.')
})

test('options: language that nobody translates into is said to be missing, in the words of labels', () => {
  const { transcript, say, nextFrame } = createSpeech()
  const { rerender } = render(<CaptionOverlay transcript={transcript} language="de-DE" />)
  say({ text: 'One.' })
  nextFrame()
  expect(screen.queryByText(/no captions in/)).toBeNull()
  say({ text: 'Two.' })
  nextFrame()
  expect(
    screen.getByText('There are no captions in German (Germany). This is what is being said.'),
  ).toBeTruthy()
  const labels = { missing: (language: string) => `Kein ${language}.` }
  rerender(<CaptionOverlay transcript={transcript} language="de-DE" labels={labels} />)
  expect(screen.getByText('Kein de-DE.')).toBeTruthy()
  say({ text: 'Three.', translations: { 'de-DE': 'Drei.' } })
  nextFrame()
  expect(screen.queryByText('Kein de-DE.')).toBeNull()
  rerender(<CaptionOverlay transcript={transcript} language="en-GB" />)
  expect(screen.queryByText(/no captions in/)).toBeNull()
})

test('behaviour: each line has the language and direction of its text', () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Good.', translations: { 'ar-EG': 'جيد.' } })
  say({ text: 'שלום', language: 'he-IL' })
  say({ text: 'Well.', language: 'auto' })
  render(<CaptionOverlay transcript={transcript} language="ar-EG" />)
  const attributes = ['جيد.', 'שלום', 'Well.'].map((text) => {
    const element = screen.getByText(text)
    const line = element.closest('.stt-line')
    return [element.getAttribute('lang'), element.getAttribute('dir'), line?.getAttribute('dir')]
  })
  expect(attributes).toEqual([
    ['ar-EG', 'rtl', 'rtl'],
    ['he-IL', 'rtl', 'rtl'],
    [null, 'auto', 'auto'],
  ])
})

test('behaviour: what was chosen is inline style, and nothing else is', () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Hello.', translations: { 'de-DE': 'Hallo.' } })
  const settings = memory()
  render(<CaptionOverlay transcript={transcript} settings={settings} className="mine" />)
  const overlay = screen.getByRole('region')
  const line = () => screen.getByText('1001:').closest('.stt-line') as HTMLElement
  expect([overlay.getAttribute('style'), line().getAttribute('style')]).toEqual([null, null])
  expect(overlay.className).toBe('stt-overlay mine')
  act(() =>
    settings.choose({
      textSize: 1.5,
      textColor: '#ffff00',
      backgroundColor: '#000080',
      backgroundOpacity: 0.5,
      position: 'top',
      language: 'de-DE',
      showsOriginal: true,
    }),
  )
  expect(line().style.fontSize).toBe('1.5em')
  expect(line().style.color).toBe('rgb(255, 255, 0)')
  expect(line().style.backgroundColor).toBe('rgba(0, 0, 128, 0.5)')
  expect(overlay.style.top).toMatch(/^0/)
  expect(overlay.style.position).toBe('var(--stt-overlay-position, absolute)')
  expect(overlay.dataset.position).toBe('top')
  expect(linesOf()).toEqual(['1001: Hallo. Hello.'])
  act(() => settings.reset())
  expect([overlay.getAttribute('style'), line().getAttribute('style')]).toEqual(['', ''])
})

/** What a screen reader hears: every text that is added to the log. */
function listen() {
  const heard: (string | null)[] = []
  const observer = new MutationObserver((records) => {
    for (const { addedNodes } of records)
      for (const { textContent } of addedNodes) heard.push(textContent)
  })
  observer.observe(screen.getByRole('log'), { childList: true, subtree: true, characterData: true })
  return () => {
    const waiting = observer.takeRecords().flatMap(({ addedNodes }) => [...addedNodes])
    return [...heard, ...waiting.map(({ textContent }) => textContent)]
  }
}

test('default: nothing is announced', () => {
  const { transcript } = createSpeech()
  render(<CaptionOverlay transcript={transcript} />)
  expect(screen.queryByRole('log')).toBeNull()
  expect(document.querySelector('[aria-live]')).toBeNull()
})

test.each([1, 7, 200])(
  'options: announce says 200 sentences, each once, %i at a time',
  (atOnce) => {
    const { transcript, say, nextFrame } = createSpeech({ maxLines: atOnce + 50 })
    say({ text: 'Said before.' })
    render(
      <StrictMode>
        <CaptionOverlay transcript={transcript} announce />
      </StrictMode>,
    )
    const log = screen.getByRole('log')
    expect(log.getAttribute('aria-live')).toBe('polite')
    expect(log.textContent).toBe('')
    const heard = listen()
    const expected: string[] = []
    for (let number = 2; number <= 201; number += 1) {
      say({ number, tail: `Sent` })
      say({ number, text: `Sentence ${number}.`, tail: ' And' })
      say({ number, text: `Sentence ${number}.` })
      expected.push(`1001: Sentence ${number}.`)
      if (number % atOnce === 0) nextFrame()
    }
    nextFrame()
    expect(heard()).toEqual(expected)
    expect(log.childElementCount).toBeLessThanOrEqual(20 + atOnce)
  },
)

test('options: announce says what is added to a sentence that grows, and nothing provisional', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} announce />)
  const heard = listen()
  for (const spoken of [
    { text: '', tail: 'We sha' },
    { text: 'We shall', tail: ' see' },
    { text: 'We shall see.', tail: '' },
    { text: 'We shall see.', tail: ' May' },
    { text: 'We shall see. Maybe.', tail: '' },
  ]) {
    say({ number: 1, ...spoken })
    nextFrame()
  }
  expect(heard()).toEqual(['1001: We shall', '1001: see.', '1001: Maybe.'])
})

test('options: announce says the translation, or what was said where none comes', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionOverlay transcript={transcript} announce language="de-DE" />)
  const heard = listen()
  say({ number: 1, text: 'Good morning.' })
  say({ number: 2, text: 'And you?' })
  nextFrame()
  expect(heard()).toEqual([])
  say({ number: 1, translations: { 'de-DE': 'Guten Morgen.' } })
  nextFrame()
  wait(5_000)
  say({ number: 2, translations: { 'de-DE': 'Und dir?' } })
  say({ number: 3, text: 'Grüezi.', language: 'de-CH' })
  nextFrame()
  wait(10_000)
  expect(heard()).toEqual(['1001: Guten Morgen.', '1001: And you?', '1001: Grüezi.'])
  expect(screen.getByText('Guten Morgen.').getAttribute('lang')).toBe('de-DE')
})

test('behaviour: a server renders an empty overlay, which hydrates without a mismatch', async () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Hello.' })
  localStorage.setItem('own', JSON.stringify({ textSize: 2 }))
  const app = <CaptionOverlay transcript={transcript} settings={memory()} announce />
  const container = document.createElement('div')
  container.innerHTML = renderToString(app)
  document.body.append(container)
  const problems: unknown[] = []
  const root = await act(async () =>
    hydrateRoot(container, app, { onRecoverableError: (error) => problems.push(error) }),
  )
  expect(problems).toEqual([])
  expect(within(container).getByText('Hello.').closest('p')?.style.fontSize).toBe('2em')
  act(() => root.unmount())
  container.remove()
})

test('behaviour: axe finds nothing', async () => {
  vi.useRealTimers()
  const { transcript, say } = createSpeech()
  say({ text: 'One.' })
  say({ text: 'שלום', language: 'he-IL' })
  const { container } = render(<CaptionOverlay transcript={transcript} language="de-DE" announce />)
  say({ text: 'Three.' })
  await expectAccessible(container)
})
