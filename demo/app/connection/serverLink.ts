import { type EventName, SOCKET_PATH, type SocketMessage } from '../../protocol.ts'

type Listener = (data: never) => void

const RETRY_MS = 500

/** This page's connection with the demo's server. It comes back by itself; what is sent meanwhile waits. */
export interface ServerLink {
  send(event: EventName, data: unknown): void
  on<Data>(event: EventName, listener: (data: Data) => void): void
  off<Data>(event: EventName, listener: (data: Data) => void): void
  /** Whenever the connection stands, before anything else is sent. */
  onOpen(greet: () => void): void
}

function openServerLink(): ServerLink {
  const listeners = new Map<EventName, Set<Listener>>()
  const greetings = new Set<() => void>()
  let waiting: string[] = []
  let socket: WebSocket

  function connect(): void {
    const { protocol, host } = location
    socket = new WebSocket(`${protocol === 'https:' ? 'wss' : 'ws'}://${host}${SOCKET_PATH}`)
    socket.onopen = () => {
      for (const greet of greetings) greet()
      for (const text of waiting) socket.send(text)
      waiting = []
    }
    socket.onmessage = ({ data: text }) => {
      const { event, data } = JSON.parse(text) as SocketMessage
      for (const listener of [...(listeners.get(event) ?? [])]) listener(data as never)
    }
    socket.onclose = () => setTimeout(connect, RETRY_MS)
  }

  connect()
  return {
    send(event, data) {
      const text = JSON.stringify({ event, data } satisfies SocketMessage)
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
      else waiting.push(text)
    },
    on(event, listener) {
      const those = listeners.get(event) ?? new Set()
      listeners.set(event, those.add(listener as Listener))
    },
    off: (event, listener) => void listeners.get(event)?.delete(listener as Listener),
    onOpen(greet) {
      greetings.add(greet)
      if (socket.readyState === WebSocket.OPEN) greet()
    },
  }
}

export const serverLink = openServerLink()
