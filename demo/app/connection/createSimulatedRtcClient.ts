import type { RtcClientLike } from 'react-realtime-stt'
import { events, type RtcNews } from '../../protocol.ts'
import { serverLink } from './serverLink.ts'

type RtcEvent = 'stream-message' | 'user-left'
type Listener = (...told: never[]) => void

/** What `agora-rtc-sdk-ng` would be in an app: the part of its client that captions need, for the simulated service. */
export interface SimulatedRtcClient extends RtcClientLike {
  leave(): void
}

export function createSimulatedRtcClient(channel: string): SimulatedRtcClient {
  const listeners: Record<RtcEvent, Set<Listener>> = {
    'stream-message': new Set(),
    'user-left': new Set(),
  }

  function emit(event: RtcEvent, ...told: unknown[]): void {
    for (const listener of [...listeners[event]]) listener(...(told as never[]))
  }

  function onNews(news: RtcNews): void {
    if (news.channel !== channel) return
    const uid = Number(news.uid)
    if (news.type === 'user-left') emit('user-left', { uid }, 'Quit')
    else emit('stream-message', uid, toBytes(news.payload))
  }

  serverLink.on(events.rtcNews, onNews)
  return {
    on: (event: RtcEvent, listener: Listener) => void listeners[event].add(listener),
    off: (event: RtcEvent, listener: Listener) => void listeners[event].delete(listener),
    leave: () => serverLink.off(events.rtcNews, onNews),
  }
}

const toBytes = (base64: string) =>
  Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
