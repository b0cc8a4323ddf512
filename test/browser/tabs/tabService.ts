import { createFakeAgora, type FakeAgora } from 'react-realtime-stt/testing'
import { APP_ID, SENDER_HEADERS } from './tabApp.ts'

/** One REST call of a tab. */
export interface TabCall {
  tab: string
  /** `POST …/join` is `join`; the last part of the path. */
  path: string
  /** Epoch ms, by the tab: right before its fetch. */
  sentAt: number
  /** Epoch ms, by the server. */
  arrivedAt: number
}

/** A start that has come to the service and waits there. */
interface HeldStart {
  arrived: Promise<void>
  letGo(): void
}

/** The simulated Agora and the app's token endpoint, as a server has them. */
export interface TabService {
  readonly agora: FakeAgora
  /** In the order of arrival. */
  readonly calls: TabCall[]
  /** Whether all of the channel's next start waits for the test, or it is carried out and its answer waits. */
  holdStart(channel: string, part: 'all of it' | 'its answer'): HeldStart
  /** null: it is for somebody else. */
  answer(request: Request): Promise<Response> | null
}

export function createTabService(): TabService {
  const agora = createFakeAgora({ appId: APP_ID })
  const calls: TabCall[] = []
  const holds = new Map<string, (work: () => Promise<Response>) => Promise<Response>>()

  const serve = (request: Request) => agora.fetch(request).catch(() => Response.error())

  async function start(request: Request): Promise<Response> {
    const { rtcConfig } = await request.clone().json()
    const channel = rtcConfig.channelName
    const hold = holds.get(channel)
    holds.delete(channel)
    return hold ? hold(() => serve(request)) : serve(request)
  }

  return {
    agora,
    calls,
    holdStart(channel, part) {
      let letGo = () => {}
      const end = new Promise<void>((resolve) => {
        letGo = resolve
      })
      const arrived = new Promise<void>((resolve) => {
        holds.set(channel, async (work) => {
          resolve()
          if (part === 'all of it') await end
          const answered = await work()
          await end
          return answered
        })
      })
      return { arrived, letGo }
    },
    answer(request) {
      const { pathname } = new URL(request.url)
      if (pathname === '/token') {
        return request.json().then(async (asked) => new Response(await agora.mintToken(asked)))
      }
      if (!pathname.startsWith('/agora/')) return null
      const path = pathname.split('/').at(-1) ?? ''
      calls.push({
        tab: request.headers.get(SENDER_HEADERS.tab) ?? '',
        path,
        sentAt: Number(request.headers.get(SENDER_HEADERS.sentAt)),
        arrivedAt: Date.now(),
      })
      return path === 'join' ? start(request) : serve(request)
    },
  }
}
