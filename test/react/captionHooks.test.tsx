import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, render, screen } from '@testing-library/react'
import { memo, type ReactNode, StrictMode } from 'react'
import { hydrateRoot } from 'react-dom/client'
import { renderToString } from 'react-dom/server'
import {
  ConfigError,
  createSttClient,
  RealtimeSttProvider,
  type Transcript,
  useCaption,
  useCaptionIds,
  useCaptions,
  useTranscript,
} from 'react-realtime-stt'
import { expect, test } from 'vitest'
import { createSpeech } from './createSpeech.js'

function Captions({ max, transcript }: { max?: number; transcript?: Transcript }) {
  const lines = useCaptions({ max, transcript })
  return <p>{lines.map(({ text }) => text).join(' | ')}</p>
}

const Row = memo(({ id, rendered }: { id: string; rendered: (id: string) => void }) => {
  rendered(id)
  return <li>{useCaption(id)?.text}</li>
})

function Rows({ rendered }: { rendered: (id: string) => void }) {
  const ids = useCaptionIds()
  rendered('list')
  return ids.map((id) => <Row key={id} id={id} rendered={rendered} />)
}

const client = createSttClient({ appId: '0123456789abcdef0123456789abcdef', api: 'v7' })

const withTranscript = (transcript: Transcript | undefined, children: ReactNode) => (
  <QueryClientProvider client={new QueryClient()}>
    <RealtimeSttProvider client={client} transcript={transcript}>
      {children}
    </RealtimeSttProvider>
  </QueryClientProvider>
)

const shown = () => screen.getByRole('paragraph').textContent

test('default: useCaptions gives the three newest lines, and those of every speaker who has not finished', () => {
  const { transcript, say, nextFrame } = createSpeech()
  render(withTranscript(transcript, <Captions />))
  expect(shown()).toBe('')
  say({ uid: '7', tail: 'I was about to' })
  for (const text of ['One.', 'Two.', 'Three.', 'Four.']) say({ text })
  nextFrame()
  expect(shown()).toBe('I was about to | Two. | Three. | Four.')
})

test('default: a component that is mounted late sees what was said', () => {
  const { transcript, say } = createSpeech()
  for (const text of ['One.', 'Two.']) say({ text })
  render(<StrictMode>{withTranscript(transcript, <Captions />)}</StrictMode>)
  expect(shown()).toBe('One. | Two.')
})

test('options: transcript comes before the provider’s, and needs none', () => {
  const own = createSpeech()
  own.say({ text: 'Mine.' })
  const provided = createSpeech()
  provided.say({ text: 'Theirs.' })
  const explicit = <Captions transcript={own.transcript} />
  const { rerender } = render(withTranscript(provided.transcript, explicit))
  expect(shown()).toBe('Mine.')
  rerender(explicit)
  expect(shown()).toBe('Mine.')
})

test('options: another transcript takes the place of the first', () => {
  const [first, second] = [createSpeech(), createSpeech()]
  first.say({ text: 'First.' })
  second.say({ text: 'Second.' })
  const { rerender } = render(<Captions transcript={first.transcript} />)
  rerender(<Captions transcript={second.transcript} />)
  expect(shown()).toBe('Second.')
  first.say({ text: 'Still first.' })
  first.nextFrame()
  second.say({ text: 'More.' })
  second.nextFrame()
  expect(shown()).toBe('Second. | More.')
})

test('default: without a transcript, a hook says what is missing', () => {
  const errors: unknown[] = []
  const Missing = ({ use }: { use: () => unknown }) => {
    try {
      use()
    } catch (error) {
      errors.push(error)
    }
    return null
  }
  render(
    withTranscript(
      undefined,
      <>
        <Missing use={useTranscript} />
        <Missing use={useCaptions} />
        <Missing use={useCaptionIds} />
        <Missing use={() => useCaption('1')} />
      </>,
    ),
  )
  expect(errors.length).toBeGreaterThanOrEqual(4)
  expect(errors.every(ConfigError.is)).toBe(true)
  expect(String(errors[0])).toContain(
    'No transcript. Give one to the hook or component, or to RealtimeSttProvider.',
  )
})

test('default: a provider inside another keeps its transcript', () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Heard.' })
  render(withTranscript(transcript, withTranscript(undefined, <Captions />)))
  expect(shown()).toBe('Heard.')
})

test('options: hooks with another max in one page leave each other alone', () => {
  const { transcript, say, nextFrame } = createSpeech()
  for (const text of ['One.', 'Two.', 'Three.', 'Four.']) say({ text })
  render(
    <StrictMode>
      <Captions transcript={transcript} max={1} />
      <Captions transcript={transcript} max={2} />
    </StrictMode>,
  )
  const texts = () => screen.getAllByRole('paragraph').map(({ textContent }) => textContent)
  expect(texts()).toEqual(['Four.', 'Three. | Four.'])
  say({ text: 'Five.' })
  nextFrame()
  expect(texts()).toEqual(['Five.', 'Four. | Five.'])
})

test('behaviour: among 100 lines, an interim renders one row, and a new line its row and the list', () => {
  const { transcript, say, nextFrame } = createSpeech()
  for (let count = 0; count < 99; count += 1) say({ text: `Sentence ${count}.` })
  say({ number: 100, tail: 'And' })
  const rendered: string[] = []
  render(withTranscript(transcript, <Rows rendered={(id) => rendered.push(id)} />))
  expect(rendered).toHaveLength(101)
  rendered.length = 0
  const id = say({ number: 100, tail: 'And then' })
  nextFrame()
  expect(rendered).toEqual([id])
  expect(screen.getAllByRole('listitem').at(-1)?.textContent).toBe('And then')
  rendered.length = 0
  const next = say({ uid: '2', text: 'Yes.' })
  nextFrame()
  expect(rendered).toEqual(['list', next])
})

test('behaviour: many changes within a frame are one render', () => {
  const { transcript, say, nextFrame } = createSpeech()
  const id = say({ number: 1, tail: 'I' })
  const rendered: string[] = []
  render(withTranscript(transcript, <Rows rendered={(one) => rendered.push(one)} />))
  rendered.length = 0
  for (let count = 0; count < 50; count += 1) say({ number: 1, tail: `I ${count}` })
  nextFrame()
  expect(rendered).toEqual([id])
})

test('behaviour: a server renders no captions, and a page that knows some hydrates without a mismatch', async () => {
  const { transcript, say } = createSpeech()
  say({ text: 'Said before.' })
  const app = withTranscript(
    transcript,
    <>
      <Captions />
      <Rows rendered={() => {}} />
    </>,
  )
  const container = document.createElement('div')
  container.innerHTML = renderToString(app)
  expect(container.innerHTML).toBe('<p></p>')
  document.body.append(container)
  const problems: unknown[] = []
  const root = await act(async () =>
    hydrateRoot(container, app, { onRecoverableError: (error) => problems.push(error) }),
  )
  expect(problems).toEqual([])
  expect(container.textContent).toBe('Said before.Said before.')
  act(() => root.unmount())
  container.remove()
})
