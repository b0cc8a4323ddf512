import { dehydrate, QueryClient } from '@tanstack/react-query'
import { act, renderHook } from '@testing-library/react'
import { useRealtimeStt } from 'react-realtime-stt'
import { expect, test, vi } from 'vitest'
import { CHANNEL, createApp } from './createApp.js'
import { withApp } from './renderApp.js'

const SECRET = 'an encryption secret'
const SALT = `${'A'.repeat(43)}=`

/** Everything reachable from a value: own properties of any kind, prototypes' fields, maps and sets included. */
function textOf(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null)
    return typeof value === 'function' ? '' : String(value)
  if (seen.has(value)) return ''
  seen.add(value)
  const inner = value instanceof Map || value instanceof Set ? [...value] : []
  const own = Reflect.ownKeys(value).map((key) => [
    String(key),
    Object.getOwnPropertyDescriptor(value, key)?.value,
  ])
  return [...inner, ...own.flat()].map((part) => textOf(part, seen)).join('\n')
}

test.each(['v7', 'v6'] as const)(
  '%s: no secret in what the app or anybody can see',
  async (api) => {
    const queryClient = new QueryClient()
    const { client, agora, events, tokens } = createApp({
      api,
      minIntervalMs: 0,
      transcription: { encryption: { mode: 7, secret: SECRET, salt: SALT } },
    })
    const said = (['log', 'info', 'debug', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => {}),
    )
    const { result } = renderHook(() => useRealtimeStt({ channel: CHANNEL }), {
      wrapper: withApp(client, queryClient),
    })
    const builderTokens = new Set<string>()
    const errors: unknown[] = []
    const run = (operation: () => Promise<unknown>) =>
      act(async () => {
        await operation().catch((error: unknown) => errors.push(error))
        if (result.current.instanceToken) builderTokens.add(result.current.instanceToken)
      })
    const echo = () => ({ message: `no: ${tokens.join(' ')} ${SECRET} ${SALT}` })

    await run(() => result.current.enable())
    await run(() => result.current.refresh())
    await run(() => result.current.disable())
    for (const status of [400, 401, 403, 404, 429, 500]) {
      agora.failNext({ status, body: echo(), operation: 'start' })
      await run(() => result.current.enable())
      await run(() => result.current.disable())
    }
    agora.failNext({ networkError: true, operation: 'start' })
    await run(() => result.current.enable())
    await run(() => result.current.enable())

    const everything = [
      JSON.stringify(
        dehydrate(queryClient, {
          shouldDehydrateMutation: () => true,
          shouldDehydrateQuery: () => true,
        }),
      ),
      textOf(
        queryClient
          .getMutationCache()
          .getAll()
          .map(({ state, options, meta }) => [state, options, meta]),
      ),
      textOf(events),
      textOf(errors),
      textOf({ ...localStorage }),
      textOf({ ...sessionStorage }),
      document.cookie,
      textOf(said.flatMap((spy) => spy.mock.calls)),
    ].join('\n')
    for (const spy of said) spy.mockRestore()

    expect(errors.length).toBeGreaterThan(4)
    expect(tokens.length).toBeGreaterThan(1)
    for (const secret of [...tokens, ...builderTokens, SECRET, SALT]) {
      expect(everything).not.toContain(secret)
    }
    // An app's or task's random id may look like the beginning of a token.
    const withoutIds = everything.replaceAll(/\b[0-9a-f]{32}\b/g, '')
    expect(withoutIds).not.toMatch(/00[67][A-Za-z0-9+/=]{24}/)
    if (api === 'v6') expect(builderTokens.size).toBeGreaterThan(0)
  },
)
