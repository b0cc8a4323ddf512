import { MutationCache, QueryClient } from '@tanstack/react-query'
import { act, screen } from '@testing-library/react'
import {
  type SttSession,
  sttKeys,
  type UseRealtimeSttResult,
  useRealtimeStt,
} from 'react-realtime-stt'
import type { FakeAgora } from 'react-realtime-stt/testing'
import { describe, expect, test, vi } from 'vitest'
import { CHANNEL, createApp } from './createApp.js'
import { HOSTILE_MESSAGE } from './hostileMessage.js'
import { renderApp } from './renderApp.js'

/** Hook instances that hand out what they last rendered. */
function Instances({ count, seen }: { count: number; seen: UseRealtimeSttResult[] }) {
  const ids = [...Array(count).keys()]
  return ids.map((id) => (
    <Instance
      key={id}
      report={(stt) => {
        seen[id] = stt
      }}
    />
  ))
}

function Instance({ report }: { report: (stt: UseRealtimeSttResult) => void }) {
  const stt = useRealtimeStt({ channel: CHANNEL })
  report(stt)
  return <output>{stt.status}</output>
}

const rest = (ms: number) => act(() => new Promise((resolve) => setTimeout(resolve, ms)))

const hostile = () => {
  const never = () => new Promise<never>(() => {})
  const fail = () => {
    throw new Error(HOSTILE_MESSAGE)
  }
  return {
    hang: new QueryClient({
      mutationCache: new MutationCache({ onMutate: never, onSuccess: never }),
    }),
    fail: new QueryClient({
      mutationCache: new MutationCache({
        onMutate: fail,
        onSuccess: fail,
        onError: fail,
        onSettled: fail,
      }),
    }),
    defaults: new QueryClient({
      defaultOptions: {
        mutations: {
          retry: 3,
          scope: { id: 'everything' },
          networkMode: 'online',
          gcTime: 0,
          onMutate: fail,
          onError: fail,
          mutationFn: fail,
        },
      },
    }),
  }
}

describe.each([
  ['v7: one join', 'v7', undefined, ['start']],
  ['v6 without transcription: one builderTokens', 'v6', undefined, ['acquire']],
  ['v6 with transcription: one builderTokens, one tasks', 'v6', {}, ['acquire', 'start']],
] as const)('%s', (_, api, transcription, operations) => {
  const sent = ({ requests }: FakeAgora) => requests.map(({ operation }) => operation)

  test('default: 200 instances, two roots, two query clients, everyone in one tick', async () => {
    const { agora, client } = createApp({ api, ...(transcription && { transcription }) })
    const seen: UseRealtimeSttResult[] = []
    const others: UseRealtimeSttResult[] = []
    const roots = [
      renderApp(client, <Instances count={100} seen={seen} />),
      renderApp(client, <Instances count={100} seen={others} />),
    ]
    const everyone = () => [...seen, ...others]
    let outcomes: Promise<SttSession>[] = []
    act(() => {
      outcomes = everyone().map((stt) => stt.enable())
    })
    expect(new Set(everyone().map(({ status }) => status))).toEqual(new Set(['enabling']))
    expect(new Set(outcomes).size).toBe(1)
    for (const { queryClient } of roots) {
      expect(queryClient.isMutating({ mutationKey: sttKeys.enable(agora.appId, CHANNEL) })).toBe(1)
    }
    const session = await act(async () => (await Promise.all(outcomes))[0])
    expect(new Set(everyone().map(({ status }) => status))).toEqual(new Set(['enabled']))
    expect(new Set(everyone().map((stt) => stt.session))).toEqual(new Set([session]))
    expect(sent(agora)).toEqual(operations)

    await rest(300)
    expect(sent(agora)).toEqual(operations)
    for (const { queryClient } of roots) {
      const mutations = queryClient.getMutationCache().getAll()
      expect(mutations.map(({ state }) => state)).toMatchObject([
        { status: 'success', data: { api, instanceId: CHANNEL, origin: 'started' } },
      ])
    }
  })

  test('behaviour: clear() and unmounting everything mid-flight', async () => {
    const { agora, client } = createApp({ api, ...(transcription && { transcription }) })
    agora.failNext({ delayMs: 200 })
    const seen: UseRealtimeSttResult[] = []
    const { unmount, queryClient } = renderApp(client, <Instances count={20} seen={seen} />)
    let outcomes: Promise<SttSession>[] = []
    act(() => {
      outcomes = seen.map((stt) => stt.enable())
    })
    queryClient.clear()
    unmount()
    const again: UseRealtimeSttResult[] = []
    renderApp(client, <Instances count={3} seen={again} />)
    expect(again.map(({ status }) => status)).toEqual(['enabling', 'enabling', 'enabling'])
    act(() => {
      outcomes.push(...again.map((stt) => stt.enable()))
    })
    const sessions = await act(() => Promise.all(outcomes))
    expect(new Set(sessions).size).toBe(1)
    expect(again.map(({ status }) => status)).toEqual(['enabled', 'enabled', 'enabled'])
    await rest(300)
    expect(sent(agora)).toEqual(operations)
  })

  test.each(['hang', 'fail', 'defaults'] as const)(
    'behaviour: an app whose query client is hostile (%s)',
    async (kind) => {
      const { agora, client } = createApp({ api, ...(transcription && { transcription }) })
      const seen: UseRealtimeSttResult[] = []
      renderApp(client, <Instances count={5} seen={seen} />, hostile()[kind])
      const session = await act(async () => {
        const outcomes = seen.map((stt) => stt.enable())
        return (await Promise.all(outcomes))[0]
      })
      expect(seen.map((stt) => stt.session)).toEqual(seen.map(() => session))
      await rest(300)
      expect(sent(agora)).toEqual(operations)
      expect(agora.startedTasks(CHANNEL)).toBe(operations.includes('start' as never) ? 1 : 0)
    },
  )
})

test('behaviour: a mutation is collected after gcTime, however it ended', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true })
  try {
    const { agora, client } = createApp({ api: 'v7' })
    agora.failNext({ status: 400, body: { detail: 'no', reason: 'InvalidRequest' } })
    const seen: UseRealtimeSttResult[] = []
    const { queryClient } = renderApp(client, <Instances count={1} seen={seen} />)
    await act(() => seen[0]?.enable().catch(() => {}))
    expect(queryClient.getMutationCache().getAll()).toHaveLength(1)
    await act(() => vi.advanceTimersByTimeAsync(5 * 60_000 + 1_000))
    expect(queryClient.getMutationCache().getAll()).toHaveLength(0)
    expect(screen.getByText('disabled')).toBeDefined()
  } finally {
    vi.useRealTimers()
  }
})
