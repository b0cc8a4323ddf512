import type { ClaimState, SttApiVersion, SttDecision, SttErrorCode } from 'react-realtime-stt'
import type { FakeRequest } from 'react-realtime-stt/testing'
import type { PersonId, TeamId } from './people.ts'

/** Where pages open their socket. */
export const SOCKET_PATH = '/demo/socket'

/** What pages and server tell each other over that socket. */
export const events = {
  /** From a page that has just opened: whose device it is. */
  hello: 'hello',
  /** To every page, whenever it changes. */
  config: 'config',
  state: 'state',
  room: 'room',
  /** From a page: somebody mutes, or switches the camera off. */
  person: 'person',
  /** From a page: a decision of its client. */
  story: 'story',
  /** From a device: a call to the simulated Signaling; to it: the answer, and what Signaling tells by itself. */
  signalingCall: 'signaling-call',
  signalingAnswer: 'signaling-answer',
  signalingEvent: 'signaling-event',
  /** To every page: what happens in a channel. */
  rtcNews: 'rtc-news',
} as const

export type EventName = (typeof events)[keyof typeof events]

/** As JSON, in both directions. */
export interface SocketMessage {
  event: EventName
  data: unknown
}

/** What the token endpoint hands out. */
export type TokenKind = 'good' | 'expired-once' | 'expired' | 'invalid'

/** What concerns the call as a whole, and so every tab and device. */
export interface CallSwitches {
  api: SttApiVersion
  /** Devices keep their claims in Signaling; else each browser keeps its own. */
  hasSignaling: boolean
  tokens: TokenKind
  /** v6: stop after the instance token. */
  isAcquireOnly: boolean
  channel: string
}

/** A person's page, at an address that shares nothing with the others. */
export interface DemoDevice {
  id: TeamId
  /** null: that of the page with the call. */
  origin: string | null
}

/** `GET /demo/config` */
export interface DemoConfig extends CallSwitches {
  /** Another one after each "start over". */
  appId: string
  /** `demo/.env` names an app: the page talks to Agora itself. */
  isReal: boolean
  baseUrl: string
  /** Of the page with the call. */
  port: number
  /** One with the real service. */
  devices: readonly DemoDevice[]
}

/** `POST /demo/token` */
export interface TokenOrder {
  channel: string
  uid: string
  purpose: 'rest' | 'bot'
  /** Why the client asks. */
  reason: 'initial' | 'expiring' | 'expired'
}

/** How the simulated service behaves, for everybody. */
export interface ServiceSwitches {
  isServiceEnabled: boolean
  isSlow: boolean
  /** The next start is carried out, and its answer lost. Falls back by itself. */
  isAnswerLost: boolean
  /** v7: what a second start with the name of a running task meets. */
  secondStart: 'refused' | 'unseen' | 'accepted'
  /** Eight people talk at once. */
  isCrowded: boolean
}

/** What the tasks of a channel have come to. */
export interface Bill {
  channel: string
  startedTasks: number
  liveTasks: number
  /** Whole seconds. */
  billedSeconds: number
}

/** What a person does with their own microphone and camera. */
export interface Equipment {
  isMuted: boolean
  isCameraOff: boolean
}

/** Who is in the call, and what everyone can see of them. */
export interface Room {
  people: readonly (Equipment & { id: PersonId })[]
  /** Uids, as a volume indicator would tell. */
  speakers: readonly string[]
}

/** From a page: what changes for somebody. */
export interface PersonChange {
  id: PersonId
  change: Partial<Equipment>
}

/** What an RTC client is told of a channel. */
export type RtcNews = { channel: string; uid: string } & (
  | { type: 'user-left' }
  /** `payload` is Base64. */
  | { type: 'stream-message'; payload: string }
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

/** From a device's frame to the page of the call, once it listens and whenever it changes. */
export interface FrameNotice {
  type: 'demo:frame'
  /** How much room it needs, in CSS pixels. */
  height: number
  /** What its client is made of, as JSON; null while it is being replaced. */
  config: string | null
}

/** What a client decided. It holds no token. */
export interface Decided {
  operation: 'enable' | 'disable' | 'refresh'
  /** `renewed`: an expired token was replaced by a fresh one. */
  decision: SttDecision | 'renewed'
  /** Who sees the claims of this client: the tabs of its browser, or all devices. */
  reach: 'tabs' | 'devices'
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
  /** A person, or one of several tabs of theirs. */
  who: string
}

/** `GET /demo/state`: what the simulated service knows. It holds no token. */
export interface ServiceState {
  /** Of every channel that had a task. */
  bills: readonly Bill[]
  /** The last ones, oldest first. */
  requests: readonly FakeRequest[]
  requestCount: number
  switches: ServiceSwitches
  /** What the pages' clients decided last, oldest first. */
  story: readonly StoryEntry[]
}
