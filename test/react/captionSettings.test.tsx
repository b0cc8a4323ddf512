import { act, fireEvent, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import {
  CaptionSettings,
  type CaptionStorage,
  ConfigError,
  createCaptionSettings,
  useCaptionSettings,
} from 'react-realtime-stt'
import { afterEach, expect, test, vi } from 'vitest'
import { createSpeech } from './createSpeech.js'
import { expectAccessible } from './expectAccessible.js'

const KEY = 'react-realtime-stt.captions'
const DEFAULTS = { language: 'original', showsOriginal: false }

afterEach(() => {
  vi.restoreAllMocks()
  localStorage.clear()
})

const select = (label: string, name: string) => {
  const control = screen.getByLabelText(label) as HTMLSelectElement
  const option = [...control.options].find(({ textContent }) => textContent === name)
  fireEvent.change(control, { target: { value: option?.value } })
}

const stored = () => JSON.parse(localStorage.getItem(KEY) ?? 'null') as unknown

/** What another tab does, as this one sees it. */
const storeElsewhere = (value: string | null, key: string | null = KEY) => {
  if (value === null) localStorage.removeItem(KEY)
  else localStorage.setItem(KEY, value)
  act(() => {
    window.dispatchEvent(new StorageEvent('storage', { key, storageArea: localStorage }))
  })
}

function Chosen() {
  return <output>{JSON.stringify(useCaptionSettings().choices)}</output>
}

const chosen = () => JSON.parse(screen.getByRole('status').textContent ?? '') as unknown

test('default: what is chosen is kept under one key, and shows in every component', () => {
  render(
    <StrictMode>
      <CaptionSettings languages={['de-DE', 'fr-FR']} />
      <Chosen />
    </StrictMode>,
  )
  expect(chosen()).toEqual(DEFAULTS)
  select('Language', 'Deutsch (Deutschland)')
  select('Text size', '150%')
  select('Text colour', 'Yellow')
  select('Background colour', 'Blue')
  select('Background opacity', '75%')
  select('Position', 'Top')
  fireEvent.click(screen.getByLabelText('Under a translation, also show what was said'))
  const everything = {
    language: 'de-DE',
    showsOriginal: true,
    textSize: 1.5,
    textColor: '#ffff00',
    backgroundColor: '#0000ff',
    backgroundOpacity: 0.75,
    position: 'top',
  }
  expect(chosen()).toEqual(everything)
  expect(stored()).toEqual(everything)
  expect(Object.keys(localStorage)).toEqual([KEY])
  const sample = screen.getByText('This is how captions look.')
  expect(sample.style.backgroundColor).toBe('rgba(0, 0, 255, 0.75)')
  select('Text size', 'Default')
  expect(chosen()).not.toHaveProperty('textSize')
  fireEvent.click(screen.getByRole('button', { name: 'Reset to defaults' }))
  expect(chosen()).toEqual(DEFAULTS)
  expect(localStorage.length).toBe(0)
})

test('behaviour: what is chosen in another tab shows in this one, also what is removed there', () => {
  render(<Chosen />)
  storeElsewhere(JSON.stringify({ textSize: 2 }))
  expect(chosen()).toEqual({ ...DEFAULTS, textSize: 2 })
  storeElsewhere(JSON.stringify({ textSize: 3 }), 'another key')
  expect(chosen()).toEqual({ ...DEFAULTS, textSize: 2 })
  storeElsewhere(null, null)
  expect(chosen()).toEqual(DEFAULTS)
})

test('behaviour: what another tab chose while nobody listened is not lost to the next choice', () => {
  const settings = createCaptionSettings()
  settings.choose({ textSize: 2 })
  localStorage.setItem(KEY, JSON.stringify({ textSize: 2, position: 'top' }))
  settings.choose({ textColor: '#ffffff' })
  expect(stored()).toEqual({ ...DEFAULTS, textSize: 2, position: 'top', textColor: '#ffffff' })
})

test.each([
  ['text', 'no JSON {'],
  ['null', 'null'],
  ['an array', '[1, 2]'],
  ['another shape', '{"textSize":"huge","language":7,"position":"left","showsOriginal":"yes"}'],
  ['what is out of bounds', '{"textSize":1e9,"backgroundOpacity":-1,"textColor":"red;}"}'],
  ['a prototype', '{"__proto__":{"textSize":2}}'],
])('behaviour: storage that holds %s counts as empty', (_, text) => {
  localStorage.setItem(KEY, text)
  expect(createCaptionSettings().getSnapshot()).toEqual(DEFAULTS)
})

test('behaviour: a choice that cannot be read spoils no other', () => {
  localStorage.setItem(KEY, '{"textSize":"huge","textColor":"#FFFF00","unknown":1}')
  expect(createCaptionSettings().getSnapshot()).toEqual({ ...DEFAULTS, textColor: '#FFFF00' })
})

const refuse = () => {
  throw new DOMException('The operation is insecure.', 'SecurityError')
}

test.each<[string, CaptionStorage]>([
  ['refuses everything', { getItem: refuse, setItem: refuse, removeItem: refuse }],
  ['is full', { getItem: () => null, setItem: refuse, removeItem: () => {} }],
])('behaviour: where storage %s, choices last as long as the page', (_, storage) => {
  const settings = createCaptionSettings({ storage })
  const subscribe = () => settings.subscribe(() => {})()
  settings.choose({ textSize: 2 })
  subscribe()
  settings.choose({ position: 'top' })
  subscribe()
  expect(settings.getSnapshot()).toEqual({ ...DEFAULTS, textSize: 2, position: 'top' })
  settings.reset()
  expect(settings.getSnapshot()).toEqual(DEFAULTS)
})

test('behaviour: a browser that throws when localStorage is read gives memory', () => {
  vi.spyOn(globalThis, 'localStorage', 'get').mockImplementation(refuse)
  const settings = createCaptionSettings()
  settings.choose({ textSize: 2 })
  expect(settings.getSnapshot()).toEqual({ ...DEFAULTS, textSize: 2 })
})

test('options: storageKey and storage make a store of one’s own', () => {
  const settings = createCaptionSettings({ storageKey: 'mine', storage: sessionStorage })
  settings.choose({ textSize: 2 })
  expect(JSON.parse(sessionStorage.getItem('mine') ?? '')).toEqual({ ...DEFAULTS, textSize: 2 })
  expect(localStorage.length).toBe(0)
  sessionStorage.clear()
})

test('behaviour: what cannot be chosen is a ConfigError that names it, and changes nothing', () => {
  const settings = createCaptionSettings()
  const before = settings.getSnapshot()
  const choose = () => settings.choose({ textColor: 'red' })
  expect(choose).toThrow(ConfigError)
  expect(choose).toThrow(/^textColor: /)
  expect(settings.getSnapshot()).toBe(before)
})

test('default: the languages on offer are those that are translated into', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(<CaptionSettings transcript={transcript} />)
  const offered = () =>
    [...(screen.getByLabelText('Language') as HTMLSelectElement).options].map(
      ({ textContent }) => textContent,
    )
  expect(offered()).toEqual(['As spoken'])
  say({ text: 'Hello.', translations: { 'fr-FR': 'Bonjour.', 'de-DE': 'Hallo.' } })
  nextFrame()
  expect(offered()).toEqual(['As spoken', 'Deutsch (Deutschland)', 'français (France)'])
})

test('behaviour: a language or colour that is not on offer any more stays chosen', () => {
  const settings = createCaptionSettings()
  settings.choose({ language: 'it-IT', textColor: '#123456' })
  render(<CaptionSettings languages={['de-DE']} settings={settings} />)
  const shown = (label: string) =>
    (screen.getByLabelText(label) as HTMLSelectElement).selectedOptions[0]?.textContent
  expect(shown('Language')).toBe('italiano (Italia)')
  expect(shown('Text colour')).toBe('#123456')
})

test('options: labels puts the controls into other words', () => {
  render(<CaptionSettings labels={{ settings: 'Untertitel', language: 'Sprache' }} />)
  expect(screen.getByRole('group', { name: 'Untertitel' })).toBeTruthy()
  expect(screen.getByLabelText('Sprache')).toBeTruthy()
})

test('behaviour: a server shows defaults, and a page with choices hydrates without a mismatch', async () => {
  localStorage.setItem(KEY, JSON.stringify({ textSize: 2, language: 'de-DE' }))
  const settings = createCaptionSettings()
  const app = <CaptionSettings languages={['de-DE']} settings={settings} />
  const container = document.createElement('div')
  container.innerHTML = renderToString(app)
  document.body.append(container)
  const problems: unknown[] = []
  const root = await act(async () =>
    hydrateRoot(container, app, { onRecoverableError: (error) => problems.push(error) }),
  )
  expect(problems).toEqual([])
  expect(screen.getByText('This is how captions look.').style.fontSize).toBe('2em')
  act(() => root.unmount())
  container.remove()
})

test('behaviour: axe finds nothing', async () => {
  const { container } = render(<CaptionSettings languages={['de-DE', 'ar-EG']} />)
  await expectAccessible(container)
})
