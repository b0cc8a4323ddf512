import { createSttClient, SttError, type SttSession } from 'react-realtime-stt/core'
import { APP_ID, SENDER_HEADERS } from './tabApp.ts'

/** What a tab shows of a channel. */
interface Shown {
  status: string
  taskId: string | null
  origin: string | null
}

/** What a test does in a tab. */
export interface ClientTab {
  /** Another one after each load. */
  readonly id: string
  readonly wasRestored: boolean
  /** Resolves to the task's id, or to the code of what went wrong. */
  enable(channel: string): Promise<string>
  /** As a component does. */
  show(channel: string): void
  disable(channel: string): Promise<string>
  refresh(channel: string): Promise<string>
  /** Enables as soon as any tab says so: timers of hidden tabs are rough. */
  enableOnSignal(channel: string): void
  /** What became of the last `enable()`. */
  outcome(): Promise<string>
  read(channel: string): Shown
}

const id = crypto.randomUUID()

const client = createSttClient({
  appId: APP_ID,
  api: 'v7',
  baseUrl: `${location.origin}/agora`,
  tokenProvider: async ({ channel, uid }) => {
    const response = await fetch('/token', {
      method: 'POST',
      body: JSON.stringify({ channel, uid }),
    })
    return response.text()
  },
  fetch(input, init) {
    const headers = new Headers(init?.headers)
    headers.set(SENDER_HEADERS.tab, id)
    headers.set(SENDER_HEADERS.sentAt, String(Date.now()))
    return fetch(input, { ...init, headers })
  },
})

const told = (operation: Promise<unknown>) =>
  operation.then(
    (session) => (session as SttSession | null | undefined)?.taskId ?? 'none',
    (error: unknown) => (SttError.is(error) ? error.code : String(error)),
  )

let outcome: Promise<string> = Promise.resolve('none')
const signals = new BroadcastChannel('signals')

const tab: ClientTab = {
  id,
  wasRestored: false,
  show(channel) {
    client.subscribe(channel, () => {})
  },
  enable(channel) {
    tab.show(channel)
    outcome = told(client.enable({ channel }))
    return outcome
  },
  disable: (channel) => told(client.disable({ channel })),
  refresh: (channel) => told(client.refresh({ channel })),
  enableOnSignal(channel) {
    outcome = new Promise((resolve) => {
      signals.onmessage = () => resolve(tab.enable(channel))
    })
  },
  outcome: () => outcome,
  read(channel) {
    const { status, session } = client.getSnapshot(channel)
    return { status, taskId: session?.taskId ?? null, origin: session?.origin ?? null }
  },
}

addEventListener('pagehide', () => signals.close())
addEventListener('pageshow', ({ persisted }) => {
  Object.assign(tab, { wasRestored: persisted })
})
Object.assign(globalThis, { tab })

/** A page that enables while it loads, and gives the signal. */
const channel = new URLSearchParams(location.search).get('enable')
if (channel) {
  signals.postMessage('go')
  tab.enable(channel)
}
