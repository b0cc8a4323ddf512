import * as z from 'zod/mini'
import { people, TEAM } from '../people.ts'
import { type Decided, type EventName, events, type PersonChange } from '../protocol.ts'
import { toState } from './answerDemo.ts'
import type { DemoHost } from './demoServer.ts'
import type { DemoBackend } from './loadBackend.ts'
import type { OpenPage, PageSockets } from './pageSockets.ts'

/** Time alone changes what the service knows: tasks are billed and end, and people talk. */
const WATCH_INTERVAL_MS = 50

const text = z.string().check(z.maxLength(128))

const decided = z.object({
  operation: z.enum(['enable', 'disable', 'refresh']),
  decision: text,
  reach: z.enum(['tabs', 'devices']),
  hasSent: z.boolean(),
  claim: z.optional(text),
  taskId: z.optional(text),
  code: z.optional(text),
})

const personChange = z.object({
  id: z.enum(TEAM),
  change: z.partial(z.object({ isMuted: z.boolean(), isCameraOff: z.boolean() })),
})

/** Tells every open page what has changed, and hears what they do. Returns what tells at once. */
export function tellPages(
  { httpServer }: DemoHost,
  sockets: PageSockets,
  load: () => Promise<DemoBackend>,
): () => Promise<void> {
  const names = new Map<OpenPage, string>()
  const last = new Map<EventName, string>()

  const told = (backend: DemoBackend) =>
    [
      [events.config, backend.config],
      [events.state, toState(backend)],
      [events.room, backend.talk?.room ?? null],
    ] as const

  async function tell(): Promise<void> {
    const backend = await load()
    for (const [event, data] of told(backend)) {
      const text = JSON.stringify(data)
      if (text === last.get(event)) continue
      last.set(event, text)
      sockets.broadcast(event, data)
    }
    backend.captionBots?.follow(backend.service?.agora.liveTasks() ?? [])
  }

  sockets.on(events.hello, async (id, page) => {
    const owner = TEAM.find((one) => one === id)
    if (owner) names.set(page, firstFree(people[owner].name, new Set(names.values())))
    for (const [event, data] of told(await load())) page.send(event, data)
  })
  sockets.onLeave(async (page) => {
    // Each page of this server says hello, and so has loaded it.
    if (!names.delete(page)) return
    const { signaling } = await load()
    signaling?.leave(page)
  })
  sockets.on(events.signalingCall, async (call, page) => {
    const { signaling } = await load()
    await signaling?.answer(page, call)
  })
  sockets.on(events.story, async (data, page) => {
    const { story } = await load()
    const { success, data: entry } = z.safeParse(decided, data)
    const who = names.get(page)
    if (success && who) story.add(who, entry as Decided)
    await tell()
  })
  sockets.on(events.person, async (data) => {
    const { talk } = await load()
    const { success, data: change } = z.safeParse(personChange, data)
    if (success) talk?.change(change as PersonChange)
    await tell()
  })

  let timer: ReturnType<typeof setInterval> | undefined
  httpServer?.once('close', () => clearInterval(timer))
  return () => {
    // Not before a page has asked for anything: Vitest has this plugin in its server too.
    timer ??= setInterval(tell, WATCH_INTERVAL_MS).unref()
    return tell()
  }
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? name : `${name} (tab ${number})`
    if (!taken.has(numbered)) return numbered
  }
}
