import type { EventEmitter } from 'node:events'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { type WebSocket, WebSocketServer } from 'ws'
import * as z from 'zod/mini'
import { isLoopback } from '../isLoopback.ts'
import { type EventName, events, SOCKET_PATH, type SocketMessage } from '../protocol.ts'

/** A page that is open. */
export interface OpenPage {
  send(event: EventName, data: unknown): void
}

/** The pages' own connection, the same in development and in production. */
export interface PageSockets {
  on(event: EventName, listener: (data: unknown, page: OpenPage) => void): void
  onLeave(listener: (page: OpenPage) => void): void
  broadcast(event: EventName, data: unknown): void
}

const socketMessage = z.object({ event: z.enum(Object.values(events)), data: z.unknown() })

/** @param server emits `upgrade` for the device ports too */
export function openPageSockets(server: Pick<EventEmitter, 'on' | 'once'> | null): PageSockets {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024 })
  const listeners = new Map<EventName, (data: unknown, page: OpenPage) => void>()
  const leaveListeners = new Set<(page: OpenPage) => void>()

  function welcome(socket: WebSocket): void {
    const page: OpenPage = {
      send: (event, data) => socket.send(JSON.stringify({ event, data } satisfies SocketMessage)),
    }
    socket.on('message', (raw) => {
      const message = readMessage(String(raw))
      if (message) listeners.get(message.event)?.(message.data, page)
    })
    socket.once('close', () => {
      for (const listener of leaveListeners) listener(page)
    })
    // A close follows.
    socket.on('error', () => {})
  }

  server?.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (request.url !== SOCKET_PATH) return
    if (!isOwnPage(request)) {
      stream.destroy()
      return
    }
    sockets.handleUpgrade(request, stream, head, welcome)
  })
  server?.once('close', () => {
    for (const socket of sockets.clients) socket.terminate()
    sockets.close()
  })

  return {
    on: (event, listener) => void listeners.set(event, listener),
    onLeave: (listener) => void leaveListeners.add(listener),
    broadcast(event, data) {
      const told = JSON.stringify({ event, data } satisfies SocketMessage)
      for (const socket of sockets.clients) socket.send(told)
    },
  }
}

/** Any site may open a socket to this machine; only the demo's own pages are heard. */
function isOwnPage({ headers: { origin, host } }: IncomingMessage): boolean {
  if (!origin || !URL.canParse(origin)) return false
  const url = new URL(origin)
  return url.host === host || isLoopback(url.hostname)
}

function readMessage(text: string): z.infer<typeof socketMessage> | null {
  try {
    return z.safeParse(socketMessage, JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
