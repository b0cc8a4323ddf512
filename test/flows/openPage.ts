import { SttError, type SttSession } from 'react-realtime-stt/core'
import { afterEach, expect } from 'vitest'
import { createPage, type Outcome, type Page, type PageOptions } from '../simulation/createPage.js'

export type { Page } from '../simulation/createPage.js'

interface Opened {
  page: Page
  /** Requests that somebody else sent: other rules hold for them. */
  foreign: Set<unknown>
  isSpaced: boolean
}

let opened: Opened[] = []

/** A page whose requests are checked at the end of the test: the vendor asks for one a second. */
export function openPage(options: PageOptions = {}): Page {
  const page = createPage(options)
  const isSpaced = options.config?.minIntervalMs === undefined
  opened.push({ page, foreign: new Set(), isSpaced })
  return page
}

afterEach(() => {
  const pages = opened
  opened = []
  for (const { page, foreign, isSpaced } of pages) {
    const text = JSON.stringify(page.events)
    expect(text, 'an event holds a token').not.toMatch(/007eA|007eJ/)
    if (!isSpaced) continue
    const own = page.agora.requests.filter((request) => !foreign.has(request))
    assertSpaced(own.map(({ at }) => at))
  }
})

export function assertSpaced(sent: readonly number[], minIntervalMs = 1_000): void {
  for (const [index, at] of sent.entries()) {
    if (index === 0) continue
    expect(at - (sent[index - 1] as number), `request ${index}`).toBeGreaterThanOrEqual(
      minIntervalMs,
    )
  }
}

/** What was sent so far, as one word each. */
export const sent = (page: Page) => page.agora.requests.map(({ operation }) => operation)

export const count = (page: Page, operation: string) =>
  sent(page).filter((given) => given === operation).length

export const decisions = (page: Page) =>
  page.events.flatMap((event) => (event.type === 'decision' ? [event.decision] : []))

/** Another device, or this one after a reload: nothing is remembered. */
export const reload = (page: Page, config: Parameters<Page['createClient']>[0] = {}) =>
  page.createClient({ environment: page.time.environment(), ...config })

export function valueFrom<Value>(outcome: Outcome<Value>): Value {
  if ('value' in outcome) return outcome.value
  throw new Error(`No value: ${'error' in outcome ? String(outcome.error) : 'pending'}`)
}

export function errorFrom(outcome: Outcome<unknown>): SttError {
  const error = 'error' in outcome ? outcome.error : undefined
  if (!SttError.is(error)) throw new Error(`No SttError: ${JSON.stringify(outcome)} ${error}`)
  return error
}

export async function enabled(
  page: Page,
  channel = 'room',
  more: object = {},
): Promise<SttSession> {
  return valueFrom(await page.settle(page.client.enable({ channel, ...more })))
}

/** Somebody who does not use this package starts a task in the channel; its id. */
export async function startStranger(
  page: Page,
  channel: string,
  name: string,
  botUid = '77',
): Promise<string> {
  const token = await page.agora.mintToken({ channel })
  const response = await page.fetch(
    `https://api.agora.io/api/speech-to-text/v1/projects/${page.agora.appId}/join`,
    {
      method: 'POST',
      headers: { authorization: `agora token="${token}"`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name,
        languages: ['en-US'],
        rtcConfig: { channelName: channel, pubBotUid: botUid },
      }),
    },
  )
  const { agent_id } = (await response.json()) as { agent_id: string }
  const entry = opened.find((given) => given.page === page)
  entry?.foreign.add(page.agora.requests.at(-1))
  await page.time.advance(1_000)
  return agent_id
}

export interface Received {
  at: number
  method: string
  url: URL
  authorization: string | null
  body: unknown
}

/** A fetch that writes down what it hands on. */
function recordingFetch(page: () => Page): {
  received: Received[]
  fetch: typeof globalThis.fetch
} {
  const received: Received[] = []
  return {
    received,
    fetch: (input, init) => {
      const text = typeof init?.body === 'string' ? init.body : null
      received.push({
        at: page().time.now,
        method: init?.method ?? 'GET',
        url: new URL(String(input)),
        authorization: new Headers(init?.headers).get('authorization'),
        body: text === null ? undefined : JSON.parse(text),
      })
      return page().fetch(input, init)
    },
  }
}

/** A page that writes down what its clients send. */
export function openRecordingPage(options: PageOptions = {}): Page & { received: Received[] } {
  const { received, fetch } = recordingFetch(() => page)
  const page: Page = openPage({ ...options, config: { ...options.config, fetch } })
  return Object.assign(page, { received })
}
