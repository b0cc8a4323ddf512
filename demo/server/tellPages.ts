import type { ViteDevServer, WebSocketClient } from 'vite'
import * as z from 'zod/mini'
import { type Decided, events } from '../protocol.ts'
import { toState } from './answerDemo.ts'
import type { DemoBackend } from './loadBackend.ts'

/** Time alone changes what the service knows: tasks are billed and end, and people talk. */
const WATCH_INTERVAL_MS = 100

const text = z.string().check(z.maxLength(128))

const decided = z.object({
  operation: z.enum(['enable', 'disable', 'refresh']),
  decision: text,
  reach: z.enum(['tabs', 'devices', 'alone']),
  hasSent: z.boolean(),
  claim: z.optional(text),
  taskId: z.optional(text),
  code: z.optional(text),
})

/**
 * Tells every open page what has changed, over the socket that Vite keeps with it anyway, and hears what their clients
 * decide. Returns what tells at once.
 */
export function tellPages(
  server: ViteDevServer,
  load: () => Promise<DemoBackend>,
): () => Promise<void> {
  const names = new Map<WebSocketClient, string>()
  const last: Record<string, string> = {}

  function send(event: string, data: unknown): void {
    const told = JSON.stringify(data)
    if (told === last[event]) return
    last[event] = told
    server.ws.send(event, data)
  }

  async function tell(): Promise<void> {
    const backend = await load()
    send(events.config, backend.config)
    send(events.state, toState(backend))
    backend.captionBots?.follow(backend.service?.agora.liveTasks() ?? [])
  }

  server.ws.on(events.hello, async (deviceId, client) => {
    const backend = await load()
    const device = backend.config.devices.find(({ id }) => id === deviceId)
    names.set(client, device?.name ?? firstFree(new Set(names.values())))
    client.send(events.welcome, names.get(client))
    client.send(events.config, backend.config)
    client.send(events.state, toState(backend))
  })
  server.ws.on('vite:client:disconnect', async (_data, client) => {
    // Each page of this server says hello, and so has loaded it.
    if (!names.delete(client)) return
    const { signaling } = await load()
    signaling?.leave(client)
  })
  server.ws.on(events.signalingCall, async (call, client) => {
    const { signaling } = await load()
    await signaling?.answer(client, call)
  })
  server.ws.on(events.story, async (data, client) => {
    const { story } = await load()
    const { success, data: entry } = z.safeParse(decided, data)
    const who = names.get(client)
    if (success && who) story.add(who, entry as Decided)
    await tell()
  })

  let timer: ReturnType<typeof setInterval> | undefined
  server.httpServer?.once('close', () => clearInterval(timer))
  return () => {
    // Not before a page has asked for anything: Vitest has this plugin in its server too.
    timer ??= setInterval(tell, WATCH_INTERVAL_MS).unref()
    return tell()
  }
}

function firstFree(taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const name = `Tab ${number}`
    if (!taken.has(name)) return name
  }
}
