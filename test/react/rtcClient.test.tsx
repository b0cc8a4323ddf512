import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { act, cleanup, render, screen } from '@testing-library/react'
import { StrictMode } from 'react'
import {
  createSttClient,
  createTranscript,
  memoryClaimStore,
  RealtimeSttProvider,
  type RtcClientLike,
  type SttClient,
  type TokenProvider,
  type Transcript,
  useCaptions,
  useRealtimeStt,
} from 'react-realtime-stt'
import { createFakeRtcClient, encodeCaption } from 'react-realtime-stt/testing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { CHANNEL, createApp } from './createApp.ts'

const BOT_UID = 900000001

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['requestAnimationFrame', 'cancelAnimationFrame'] })
})

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const caption = (number: number, text: string) => {
  const sentenceId = 1_782_717_974_000 + number * 1_000
  const words = [{ text, isFinal: true }]
  return encodeCaption({ uid: '7', sentenceId: `${sentenceId}`, textTs: sentenceId, words })
}

function Captions() {
  return <p role="note">{useCaptions().map(({ text }) => text)}</p>
}

function Enabling({ rtcClient, channel }: { rtcClient: RtcClientLike; channel: string }) {
  const stt = useRealtimeStt({ channel, rtcClient })
  return (
    <button type="button" onClick={stt.enable}>
      {stt.status}
    </button>
  )
}

interface CallProps {
  client: SttClient
  transcript: Transcript
  rtcClient: RtcClientLike | null
  channel?: string
  isCaptioned?: boolean
}

function Call({ client, transcript, rtcClient, channel = CHANNEL, isCaptioned }: CallProps) {
  return (
    <StrictMode>
      <QueryClientProvider client={new QueryClient()}>
        <RealtimeSttProvider client={client} transcript={transcript}>
          {rtcClient && <Enabling rtcClient={rtcClient} channel={channel} />}
          {rtcClient && <Enabling rtcClient={rtcClient} channel={channel} />}
          {isCaptioned && <Captions />}
        </RealtimeSttProvider>
      </QueryClientProvider>
    </StrictMode>
  )
}

function setUp() {
  const { client, agora } = createApp({ api: 'v7' })
  return { client, agora, transcript: createTranscript(), rtcClient: createFakeRtcClient() }
}

const shown = () => screen.getByRole('note').textContent
const frame = () => act(() => vi.advanceTimersToNextFrame())

test('options: rtcClient feeds the provider’s transcript once, under StrictMode and with two hooks', () => {
  const { client, transcript, rtcClient } = setUp()
  render(<Call {...{ client, transcript, rtcClient }} isCaptioned />)
  expect(rtcClient.listenerCount('stream-message')).toBe(1)
  rtcClient.sendStreamMessage(BOT_UID, caption(0, 'Good morning.'))
  expect(shown()).toBe('')
  frame()
  expect(shown()).toBe('Good morning.')
  expect(transcript.counters.messages).toBe(1)
})

test('behaviour: what was said before a component mounts, and while none was mounted, is seen', () => {
  const { client, transcript, rtcClient } = setUp()
  const { rerender, unmount } = render(<Call {...{ client, transcript, rtcClient }} />)
  rtcClient.sendStreamMessage(BOT_UID, caption(0, 'Before. '))
  rerender(<Call {...{ client, transcript, rtcClient }} isCaptioned />)
  expect(shown()).toBe('Before. ')
  unmount()
  rtcClient.sendStreamMessage(BOT_UID, caption(1, 'Meanwhile. '))
  render(<Call {...{ client, transcript, rtcClient }} isCaptioned />)
  rtcClient.sendStreamMessage(BOT_UID, caption(2, 'After.'))
  frame()
  expect(shown()).toBe('Before. Meanwhile. After.')
  expect(rtcClient.listenerCount('stream-message')).toBe(1)
})

test('behaviour: the same client in another channel, with another transcript, feeds that one alone', () => {
  const { client, transcript, rtcClient } = setUp()
  const { rerender } = render(<Call {...{ client, transcript, rtcClient }} />)
  const other = createTranscript()
  rerender(<Call {...{ client, rtcClient }} transcript={other} channel="breakout" isCaptioned />)
  rtcClient.sendStreamMessage(BOT_UID, caption(0, 'In the breakout room.'))
  frame()
  expect(shown()).toBe('In the breakout room.')
  expect(transcript.getIds()).toEqual([])
  expect(rtcClient.listenerCount('stream-message')).toBe(1)
})

test('behaviour: of a task that another device started, the bot is heard that the claim names, or whoever is the bot', async () => {
  for (const isClaimed of [true, false]) {
    const claims = memoryClaimStore()
    const { client: starter, agora } = createApp({
      api: 'v7',
      claims,
      environment: { registry: {} },
    })
    const transcription = { botUid: 777 }
    await starter.enable({ channel: CHANNEL, transcription })
    const tokenProvider: TokenProvider = ({ channel, uid }) => agora.mintToken({ channel, uid })
    const client = createSttClient({
      appId: agora.appId,
      api: 'v7',
      tokenProvider,
      claims: isClaimed ? claims : memoryClaimStore(),
    })
    await act(() => client.enable({ channel: CHANNEL }))
    expect(client.getSnapshot(CHANNEL).session?.origin).toBe('joined')
    const transcript = createTranscript()
    const rtcClient = createFakeRtcClient()
    const { unmount } = render(<Call {...{ client, transcript, rtcClient }} />)
    rtcClient.sendStreamMessage(777, caption(0, 'From the other bot.'))
    expect(transcript.getIds()).toHaveLength(1)
    rtcClient.sendStreamMessage(BOT_UID, caption(1, 'From the bot of this page’s options.'))
    expect(transcript.getIds()).toHaveLength(isClaimed ? 1 : 2)
    unmount()
  }
})

test('behaviour: two roots with a transcript each are both fed', () => {
  const { client, transcript, rtcClient } = setUp()
  const other = createTranscript()
  render(<Call {...{ client, transcript, rtcClient }} />)
  render(<Call {...{ client, rtcClient }} transcript={other} />)
  rtcClient.sendStreamMessage(BOT_UID, caption(0, 'To all.'))
  expect([transcript.getIds(), other.getIds()].map(({ length }) => length)).toEqual([1, 1])
})

test('behaviour: once the session is known, only its bot is heard', async () => {
  const { client, transcript, rtcClient } = setUp()
  render(<Call {...{ client, transcript, rtcClient }} isCaptioned />)
  rtcClient.sendStreamMessage(666, caption(0, 'Whoever sends captions is heard. '))
  await act(() => client.enable({ channel: CHANNEL }))
  rtcClient.sendStreamMessage(666, caption(1, 'Nobody hears this. '))
  rtcClient.sendStreamMessage(BOT_UID, caption(2, 'The bot.'))
  frame()
  expect(shown()).toBe('Whoever sends captions is heard. The bot.')
  expect(transcript.counters.strangers).toBe(1)
  expect(rtcClient.listenerCount('stream-message')).toBe(1)
})
