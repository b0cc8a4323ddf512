import type { FakeRequest } from 'react-realtime-stt/testing'

/** Sent by the server over Vite's own socket whenever it changes. */
export const STATE_EVENT = 'demo:state'

/** `GET /demo/config` */
export interface DemoConfig {
  appId: string
  /** `demo/.env` names an app: the page talks to Agora itself. */
  isReal: boolean
  baseUrl: string
}

export type TokenKind = 'good' | 'expired' | 'invalid'

/** `POST /demo/token` */
export interface TokenOrder {
  channel: string
  uid: string
  purpose: 'rest' | 'bot'
  kind: TokenKind
}

/** How the simulated service behaves, for every tab. */
export interface ServiceSwitches {
  isServiceEnabled: boolean
  isSlow: boolean
  /** The next start is carried out, and its answer lost. Falls back by itself. */
  isAnswerLost: boolean
}

export interface LiveTask {
  taskId: string
  api: 'v6' | 'v7'
  channel: string
}

/** `GET /demo/state`: what the simulated service knows. It holds no token. */
export interface ServiceState {
  /** Another one after each reset. */
  era: number
  startedTasks: number
  liveTasks: readonly LiveTask[]
  billedMs: number
  /** The last ones, oldest first. */
  requests: readonly FakeRequest[]
  requestCount: number
  switches: ServiceSwitches
}
