import type { SignalingClientLike } from 'react-realtime-stt'
import { events, type SignalingAnswer } from '../../protocol.ts'
import { serverLink } from './serverLink.ts'

type Listener = (event: never) => void

/** What `agora-rtm` would be in an app: the part of its client that claims need, for the simulated Signaling. */
export interface DemoSignalingClient extends SignalingClientLike {
  dispose(): void
}

/** Shaped as the vendor's: what can be done about it hangs on the code. */
class SignalingError extends Error {
  constructor(
    message: string,
    readonly errorCode: number,
  ) {
    super(message)
  }
}

let lastId = 0

/** @param userId can be logged in once */
export function createSignalingClient(userId: string): DemoSignalingClient {
  const waiting = new Map<number, (answer: SignalingAnswer) => void>()
  const listeners: Record<string, Set<Listener>> = { storage: new Set(), linkState: new Set() }

  function send(id: number, asked: Record<string, unknown>): void {
    serverLink.send(events.signalingCall, { id, userId, asked })
  }

  function call<Answer>(method: string, channel: string, more: object = {}): Promise<Answer> {
    lastId += 1
    const id = lastId
    return new Promise((resolve, reject) => {
      waiting.set(id, ({ answer, error }) => {
        if (error) reject(new SignalingError(error.message, error.errorCode))
        else resolve(answer as Answer)
      })
      send(id, { method, channel, ...more })
    })
  }

  function onAnswer(answer: SignalingAnswer): void {
    waiting.get(answer.id)?.(answer)
    waiting.delete(answer.id)
  }

  function onEvent(told: { userId: string; name: string; event: unknown }): void {
    if (told.userId !== userId) return
    for (const listener of [...(listeners[told.name] ?? [])]) listener(told.event as never)
  }

  const logIn = () => send(0, { method: 'login' })

  serverLink.on(events.signalingAnswer, onAnswer)
  serverLink.on(events.signalingEvent, onEvent)
  serverLink.onOpen(logIn)

  return {
    storage: {
      getChannelMetadata: (channel) => call('get', channel),
      setChannelMetadata: (channel, _type, items, options = {}) =>
        call('set', channel, { items, options }),
    },
    subscribe: (channel) => call('subscribe', channel),
    unsubscribe: (channel) => call('unsubscribe', channel),
    addEventListener: (event: string, listener: Listener) => void listeners[event]?.add(listener),
    removeEventListener: (event: string, listener: Listener) =>
      void listeners[event]?.delete(listener),
    dispose() {
      serverLink.off(events.signalingAnswer, onAnswer)
      serverLink.off(events.signalingEvent, onEvent)
    },
  }
}
