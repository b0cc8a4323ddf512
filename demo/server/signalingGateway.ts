import type { FakeSignaling, FakeSignalingClient } from 'react-realtime-stt/testing'
import * as z from 'zod/mini'
import { events, type SignalingAnswer } from '../protocol.ts'
import type { OpenPage } from './pageSockets.ts'

/** The way of the devices to the simulated Signaling. */
export interface SignalingGateway {
  /** Carries out what a page asks for, and answers it. */
  answer(page: OpenPage, call: unknown): Promise<void>
  /** The page has gone. */
  leave(page: OpenPage): void
  reset(): void
}

const channel = z.string()
const item = z.object({ key: z.string(), value: z.string(), revision: z.optional(z.number()) })
const writing = z.object({
  majorRevision: z.optional(z.number()),
  addTimeStamp: z.optional(z.boolean()),
})

const signalingCall = z.object({
  id: z.number(),
  userId: z.string().check(z.minLength(1), z.maxLength(64)),
  asked: z.discriminatedUnion('method', [
    z.object({ method: z.literal('login') }),
    z.object({ method: z.literal('get'), channel }),
    z.object({ method: z.literal('set'), channel, items: z.array(item), options: writing }),
    z.object({ method: z.literal('subscribe'), channel }),
    z.object({ method: z.literal('unsubscribe'), channel }),
  ]),
})

type Asked = z.infer<typeof signalingCall>['asked']

export function signalingGateway(signaling: FakeSignaling): SignalingGateway {
  /** Who is logged in on a page, by user id. */
  let pages = new WeakMap<OpenPage, Map<string, FakeSignalingClient>>()

  function logIn(page: OpenPage, userId: string): void {
    const client = signaling.createClient(userId)
    const tell = (name: 'storage' | 'linkState') => (event: unknown) =>
      page.send(events.signalingEvent, { userId, name, event })
    client.addEventListener('storage', tell('storage'))
    client.addEventListener('linkState', tell('linkState'))
    const clients = pages.get(page) ?? new Map<string, FakeSignalingClient>()
    pages.set(page, clients.set(userId, client))
  }

  return {
    async answer(page, call) {
      const { success, data } = z.safeParse(signalingCall, call)
      if (!success) return
      const { id, userId, asked } = data
      if (asked.method === 'login') return logIn(page, userId)
      const client = pages.get(page)?.get(userId)
      page.send(events.signalingAnswer, { id, ...(await carryOut(client, asked)) })
    },
    leave(page) {
      for (const userId of pages.get(page)?.keys() ?? []) signaling.disconnect(userId)
      pages.delete(page)
    },
    reset() {
      signaling.reset()
      pages = new WeakMap()
    },
  }
}

const NOT_LOGGED_IN = { errorCode: -10_002, message: 'Nobody is logged in.' }

async function carryOut(
  client: FakeSignalingClient | undefined,
  asked: Exclude<Asked, { method: 'login' }>,
): Promise<Omit<SignalingAnswer, 'id'>> {
  if (!client) return { error: NOT_LOGGED_IN }
  try {
    return { answer: await perform(client, asked) }
  } catch (error) {
    const { errorCode, message } = error as typeof NOT_LOGGED_IN
    return { error: { errorCode, message } }
  }
}

function perform(
  client: FakeSignalingClient,
  asked: Exclude<Asked, { method: 'login' }>,
): Promise<unknown> {
  switch (asked.method) {
    case 'get':
      return client.storage.getChannelMetadata(asked.channel, 'MESSAGE')
    case 'set':
      return client.storage.setChannelMetadata(
        asked.channel,
        'MESSAGE',
        asked.items as Parameters<FakeSignalingClient['storage']['setChannelMetadata']>[2],
        asked.options as Parameters<FakeSignalingClient['storage']['setChannelMetadata']>[3],
      )
    case 'subscribe':
      return client.subscribe(asked.channel, { withMetadata: true })
    case 'unsubscribe':
      return client.unsubscribe(asked.channel)
  }
}
