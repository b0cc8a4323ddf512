import type { ClaimState, SttApiVersion, SttDecision, SttErrorCode } from 'react-realtime-stt'
import type { FakeRequest } from 'react-realtime-stt/testing'

/** What pages and server tell each other over Vite's own socket. */
export const events = {
  /** From a page that has just opened: who it is. */
  hello: 'demo:hello',
  /** To that page: its name. The other two follow. */
  welcome: 'demo:welcome',
  /** To every page, whenever it changes. */
  config: 'demo:config',
  state: 'demo:state',
  /** From a page: a decision of its client. */
  story: 'demo:story',
  /** From a device: a call to the simulated Signaling; to it: the answer, and what Signaling tells by itself. */
  signalingCall: 'demo:signaling-call',
  signalingAnswer: 'demo:signaling-answer',
  signalingEvent: 'demo:signaling-event',
  /** To every page: what happens in a channel. */
  rtcNews: 'demo:rtc-news',
} as const

/** What concerns the app as a whole, and so every tab and device. */
export interface AppSwitches {
  /** An app has one. */
  api: SttApiVersion
  /** Devices keep their claims in Signaling. */
  hasSignaling: boolean
}

/** An origin of the demo's server that stands for a device. */
export interface DemoDevice {
  id: 'a' | 'b' | 'c'
  name: string
  origin: string
}

/** `GET /demo/config` */
export interface DemoConfig extends AppSwitches {
  /** Another one after each "start over". */
  appId: string
  /** `demo/.env` names an app: the page talks to Agora itself. */
  isReal: boolean
  baseUrl: string
  /** Of the page with the call. */
  port: number
  /** None with the real service. */
  devices: readonly DemoDevice[]
}

export type TokenKind = 'good' | 'expired' | 'invalid'

/** `POST /demo/token` */
export interface TokenOrder {
  channel: string
  uid: string
  purpose: 'rest' | 'bot'
  kind: TokenKind
}

/** How the simulated service behaves, for everybody. */
export interface ServiceSwitches {
  isServiceEnabled: boolean
  isSlow: boolean
  /** The next start is carried out, and its answer lost. Falls back by itself. */
  isAnswerLost: boolean
  /** v7: what a second start with the name of a running task meets. */
  secondStart: 'refused' | 'unseen' | 'accepted'
}

export interface LiveTask {
  taskId: string
  api: SttApiVersion
  channel: string
}

/** What an RTC client is told of a channel. */
export type RtcNews = { channel: string; uid: string } & (
  | { type: 'user-left' }
  /** `payload` is Base64. */
  | { type: 'stream-message'; speaker: string; payload: string }
)

/** The answer to a call of the simulated Signaling. */
export interface SignalingAnswer {
  id: number
  answer?: unknown
  error?: { errorCode: number; message: string }
}

/** From the page of the call to a device's frame: press the captions button if it is not so yet. */
export interface PressCommand {
  type: 'demo:press'
  wanted: 'on' | 'off'
}

/** From a device's frame to the page of the call: how much room it needs, in CSS pixels. */
export interface HeightNotice {
  type: 'demo:height'
  height: number
}

/** What a client decided. It holds no token. */
export interface Decided {
  operation: 'enable' | 'disable' | 'refresh'
  decision: SttDecision
  /** Who sees the claims of this client: the tabs of its browser, all devices, or no other device. */
  reach: 'tabs' | 'devices' | 'alone'
  /** Whether a start was sent since the operation began. */
  hasSent: boolean
  claim?: ClaimState | undefined
  taskId?: string | undefined
  code?: SttErrorCode | undefined
}

export interface StoryEntry extends Decided {
  number: number
  /** Epoch ms, by the server's clock. */
  at: number
  /** The tab or device. */
  who: string
}

/** `GET /demo/state`: what the simulated service knows. It holds no token. */
export interface ServiceState {
  startedTasks: number
  liveTasks: readonly LiveTask[]
  billedMs: number
  /** The last ones, oldest first. */
  requests: readonly FakeRequest[]
  requestCount: number
  switches: ServiceSwitches
  /** What the pages' clients decided last, oldest first. */
  story: readonly StoryEntry[]
}
