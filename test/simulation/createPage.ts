import { getResponse } from 'msw'
import {
  createSttClient,
  type SttClient,
  type SttClientConfig,
  type SttEvent,
  type TokenProvider,
} from 'react-realtime-stt/core'
import { createFakeAgora, type FakeAgora, type FakeAgoraOptions } from 'react-realtime-stt/testing'
import { VirtualTime } from './virtualTime.js'

export interface PageOptions {
  api?: 'v6' | 'v7'
  agora?: FakeAgoraOptions
  config?: Partial<Omit<SttClientConfig, 'api' | 'appId'>>
  /** @defaultValue one that waits for promises alone */
  time?: VirtualTime
}

/** A page in virtual time: its clients share one registry, the service stands on the other side of fetch. */
export interface Page {
  time: VirtualTime
  agora: FakeAgora
  events: SttEvent[]
  client: SttClient
  tokenProvider: TokenProvider
  fetch: typeof globalThis.fetch
  createClient: (config?: Partial<SttClientConfig>) => SttClient
  /** Runs until nothing is due for the given time; the promise's outcome as a value. */
  settle: <Result>(promise: Promise<Result>, ms?: number) => Promise<Outcome<Result>>
}

export type Outcome<Result> = { value: Result } | { error: unknown } | { pending: true }

export function createPage({
  api = 'v7',
  agora: agoraOptions,
  config,
  time = new VirtualTime(),
}: PageOptions = {}): Page {
  const agora = createFakeAgora({
    tokens: 'plain',
    now: () => time.now,
    setTimeout: time.setTimeout,
    ...agoraOptions,
  })
  const events: SttEvent[] = []
  const environment = time.environment()
  const tokenProvider: TokenProvider = ({ channel, uid }) => agora.mintToken({ channel, uid })
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const response = await getResponse(agora.handlers, new Request(input, init))
    if (!response) throw new Error(`Nobody answers ${String(input)}.`)
    if (response.type === 'error') throw new TypeError('Failed to fetch')
    return response
  }
  const createClient = (more: Partial<SttClientConfig> = {}) =>
    createSttClient({
      appId: agora.appId,
      api,
      tokenProvider,
      fetch,
      environment,
      onEvent: (event: SttEvent) => events.push(event),
      ...config,
      ...more,
    } as SttClientConfig)
  async function settle<Result>(promise: Promise<Result>, ms = 100_000): Promise<Outcome<Result>> {
    const outcomes: Outcome<Result>[] = []
    promise.then(
      (value) => outcomes.push({ value }),
      (error: unknown) => outcomes.push({ error }),
    )
    await time.advance(0)
    for (let spent = 0; spent < ms && outcomes.length === 0; spent += 250) await time.advance(250)
    return outcomes[0] ?? { pending: true }
  }
  return {
    time,
    agora,
    events,
    client: createClient(),
    tokenProvider,
    fetch,
    createClient,
    settle,
  }
}
