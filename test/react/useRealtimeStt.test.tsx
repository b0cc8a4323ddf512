import { QueryClient, useIsMutating, useMutationState } from '@tanstack/react-query'
import { act, fireEvent, renderHook, screen } from '@testing-library/react'
import { type ReactNode, Suspense, version } from 'react'
import { renderToString } from 'react-dom/server'
import {
  ConfigError,
  InvalidTokenError,
  RequestError,
  type SttError,
  type SttMutationData,
  SupersededError,
  sttKeys,
  TokenExpiredError,
  TokenProviderError,
  useRealtimeStt,
  useSttClient,
} from 'react-realtime-stt'
import { expect, test, vi } from 'vitest'
import { CHANNEL, createApp } from './createApp.js'
import { renderApp, withApp } from './renderApp.js'

const caught = (promise: Promise<unknown> | undefined) =>
  act(async () => promise?.then(() => undefined).catch((error: unknown) => error))

test('default: runs on the React of this project', () => {
  expect(version.split('.')[0]).toBe(process.env.STT_REACT)
})

test('default: disabled, then enabling in the commit of the click, enabled, disabled', async () => {
  const { client, agora } = createApp({ api: 'v7' })
  const statuses: string[] = []
  function Button() {
    const stt = useRealtimeStt({ channel: CHANNEL, uid: 42 })
    if (statuses.at(-1) !== stt.status) statuses.push(stt.status)
    return (
      <button type="button" onClick={stt.isEnabled ? stt.disable : stt.enable}>
        {stt.status} {String(stt.isEnabled)} {String(stt.isPending)} {stt.session?.taskId}
      </button>
    )
  }
  renderApp(client, <Button />)
  const button = screen.getByRole('button')
  expect(button.textContent).toBe('disabled false false ')
  fireEvent.click(button)
  expect(button.textContent).toBe('enabling false true ')
  await act(() => client.enable({ channel: CHANNEL }))
  const [task] = agora.liveTasks(CHANNEL)
  expect(button.textContent).toBe(`enabled true false ${task?.taskId}`)
  fireEvent.click(button)
  expect(button.textContent).toContain('disabling false true')
  await act(() => client.disable({ channel: CHANNEL }))
  expect(statuses).toEqual(['disabled', 'enabling', 'enabled', 'disabling', 'disabled'])
  expect(agora.liveTasks()).toEqual([])
})

test('behaviour: functions keep their identity, and use the options of the last commit', async () => {
  const { client, agora } = createApp({ api: 'v7' })
  const { result, rerender } = renderHook((props) => useRealtimeStt(props), {
    wrapper: withApp(client),
    initialProps: { channel: 'one' },
  })
  const { enable, disable, refresh, resetError } = result.current
  rerender({ channel: 'two' })
  expect(result.current).toMatchObject({ enable, disable, refresh, resetError })
  await act(() => enable())
  expect(agora.startedTasks('one')).toBe(0)
  expect(agora.startedTasks('two')).toBe(1)
  expect(result.current.session?.channel).toBe('two')
})

test('behaviour: options.client goes before the provider, and no client is a named error', () => {
  const one = createApp({ api: 'v7' }).client
  const other = createApp({ api: 'v7' }).client
  const wrapper = withApp(one)
  expect(renderHook(() => useSttClient(), { wrapper }).result.current).toBe(one)
  expect(renderHook(() => useSttClient(other), { wrapper }).result.current).toBe(other)
  function Lonely() {
    return String(useSttClient())
  }
  const error = thrownBy(() => renderToString(<Lonely />))
  expect(ConfigError.is(error)).toBe(true)
  expect(String(error)).toMatch(/RealtimeSttProvider/)
})

function thrownBy(work: () => void): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  return undefined
}

test('behaviour: an invalid channel shows disabled, and enable() rejects', async () => {
  const { client, agora } = createApp({ api: 'v7' })
  const { result } = renderHook(() => useRealtimeStt({ channel: '' }), { wrapper: withApp(client) })
  expect(result.current.status).toBe('disabled')
  const error = await caught(result.current.enable())
  expect(ConfigError.is(error)).toBe(true)
  expect(agora.requests).toEqual([])
})

test('behaviour: a failed enable() that nobody awaits is no unhandled rejection, and shows', async () => {
  const { client, agora } = createApp({ api: 'v7' })
  agora.failNext({ status: 401, body: { message: 'Invalid token' } })
  const { result } = renderHook(() => useRealtimeStt({ channel: CHANNEL }), {
    wrapper: withApp(client),
  })
  act(() => {
    result.current.enable()
  })
  await vi.waitFor(() => expect(result.current.status).toBe('disabled'))
  expect(InvalidTokenError.is(result.current.error)).toBe(true)
  act(() => result.current.resetError())
  expect(result.current.error).toBeNull()
})

test('behaviour: expired and invalid tokens read differently', async () => {
  const { client, agora } = createApp({ api: 'v6', minIntervalMs: 0 })
  const { result } = renderHook(() => useRealtimeStt({ channel: CHANNEL }), {
    wrapper: withApp(client),
  })
  agora.failNext({ status: 401, body: { message: 'Token is expired' }, times: 2 })
  const expired = await caught(result.current.enable())
  expect(result.current.error).toBe(expired)
  agora.failNext({ status: 401, body: { message: 'Invalid token' } })
  const invalid = await caught(result.current.enable())
  expect(result.current.error).toBe(invalid)
  expect(TokenExpiredError.is(expired) && InvalidTokenError.is(invalid)).toBe(true)
  expect((expired as SttError).message).toMatch(/expired/)
  expect((invalid as SttError).message).toMatch(/does not accept/)
})

test('behaviour: a new operation clears the error, status and error are apart', async () => {
  const { client, agora } = createApp({ api: 'v7', minIntervalMs: 0 })
  const { result } = renderHook(() => useRealtimeStt({ channel: CHANNEL }), {
    wrapper: withApp(client),
  })
  await act(() => result.current.enable())
  agora.failNext({ status: 403, body: { detail: 'no', reason: 'InvalidPermission' } })
  const error = await caught(result.current.disable())
  expect(RequestError.is(error)).toBe(true)
  expect(result.current).toMatchObject({ status: 'enabled', error })
  let second: Promise<void> | undefined
  act(() => {
    second = result.current.disable()
  })
  expect(result.current).toMatchObject({ status: 'disabling', error: null })
  await act(() => second as Promise<void>)
  expect(result.current).toMatchObject({ status: 'disabled', error: null, session: null })
})

test('behaviour: an operation is one mutation a query client, told to devtools and callbacks', async () => {
  const { client, agora } = createApp({ api: 'v7' })
  const queryClient = new QueryClient()
  const useAll = () => ({
    a: useRealtimeStt({ channel: CHANNEL }),
    b: useRealtimeStt({ channel: CHANNEL }),
    mutating: useIsMutating({ mutationKey: sttKeys.all }),
    data: useMutationState({
      filters: { mutationKey: sttKeys.enable(agora.appId, CHANNEL) },
      select: ({ state }) => state.data as SttMutationData | undefined,
    }),
  })
  const { result } = renderHook(useAll, { wrapper: withApp(client, queryClient) })
  let done: Promise<unknown> | undefined
  act(() => {
    done = Promise.all([result.current.a.enable(), result.current.b.enable()])
  })
  expect(result.current.mutating).toBe(1)
  await act(() => done as Promise<unknown>)
  const { taskId, createdAt } = agora.tasks(CHANNEL).map((task) => ({
    taskId: task.taskId,
    createdAt: Math.floor(task.startedAt / 1000) * 1000,
  }))[0] as { taskId: string; createdAt: number }
  await vi.waitFor(() =>
    expect(result.current.data).toEqual([
      { api: 'v7', instanceId: CHANNEL, taskId, createdAt, origin: 'started' },
    ]),
  )
  expect(result.current.mutating).toBe(0)
  await act(() => result.current.a.enable())
  expect(queryClient.getMutationCache().getAll()).toHaveLength(1)
})

test('behaviour: a superseded enable() rejects for its caller and fires no global onError', async () => {
  const { client, agora } = createApp({ api: 'v7', minIntervalMs: 0 })
  agora.failNext({ delayMs: 100 })
  const queryClient = new QueryClient()
  const { result } = renderHook(() => useRealtimeStt({ channel: CHANNEL }), {
    wrapper: withApp(client, queryClient),
  })
  let enabling: Promise<unknown> | undefined
  let disabling: Promise<unknown> | undefined
  act(() => {
    enabling = result.current.enable()
  })
  await vi.waitFor(() => expect(agora.requests).toHaveLength(1))
  act(() => {
    disabling = result.current.disable()
  })
  expect(result.current.status).toBe('disabling')
  expect(SupersededError.is(await caught(enabling))).toBe(true)
  expect(await caught(disabling)).toBeUndefined()
  expect(result.current).toMatchObject({ status: 'disabled', error: null })
  expect(agora.liveTasks()).toEqual([])
  const [mutation] = queryClient
    .getMutationCache()
    .findAll({ mutationKey: sttKeys.enable(agora.appId, CHANNEL) })
  expect(mutation?.state).toMatchObject({ status: 'success', data: { origin: 'superseded' } })
})

test('behaviour: what is wrong with the provider or the options shows, and is not sent', async () => {
  const { client, agora } = createApp({ api: 'v7', tokenProvider: undefined as never })
  const { result, rerender } = renderHook(
    (props: object) => useRealtimeStt({ channel: CHANNEL, ...props }),
    {
      wrapper: withApp(client),
      initialProps: {},
    },
  )
  const missing = await caught(result.current.enable())
  expect(ConfigError.is(missing)).toBe(true)
  expect(result.current.error).toBe(missing)
  rerender({ tokenProvider: () => undefined })
  expect(TokenProviderError.is(await caught(result.current.enable()))).toBe(true)
  rerender({ tokenProvider: () => 'x', colour: 'red' })
  expect(String(await caught(result.current.enable()))).toMatch(/colour: is no option/)
  expect(agora.requests).toEqual([])
})

test('behaviour: under Suspense, what a component knew is there when it comes back', async () => {
  const { client } = createApp({ api: 'v7' })
  let wake: () => void = () => {}
  const gate = {
    promise: new Promise<void>((resolve) => {
      wake = resolve
    }),
    isOpen: false,
  }
  function Sleeper({ children }: { children: ReactNode }) {
    if (!gate.isOpen)
      throw gate.promise.then(() => {
        gate.isOpen = true
      })
    return children
  }
  function Show() {
    return <output>{useRealtimeStt({ channel: CHANNEL }).status}</output>
  }
  renderApp(
    client,
    <Suspense fallback="wait">
      <Sleeper>
        <Show />
      </Sleeper>
    </Suspense>,
  )
  await act(() => client.enable({ channel: CHANNEL }))
  expect(screen.queryByRole('status')).toBeNull()
  await act(async () => wake())
  expect((await screen.findByRole('status')).textContent).toBe('enabled')
})
