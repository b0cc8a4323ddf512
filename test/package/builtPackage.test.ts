import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { getResponse } from 'msw'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
/** Inside node_modules, so that the copies find their peers. */
const cache = join(root, 'node_modules/.cache/built-package')
const first = join(cache, 'first')
const second = join(cache, 'second')

beforeAll(() => {
  execFileSync(process.execPath, [join(root, 'scripts/build.mjs'), first])
  cpSync(first, second, { recursive: true })
}, 60_000)

afterAll(() => rmSync(cache, { recursive: true, force: true }))

const load = (copy: string, door: string) =>
  import(/* @vite-ignore */ pathToFileURL(join(copy, door)).href) as Promise<
    typeof import('react-realtime-stt')
  >

test('default: what each door exports', async () => {
  expect(Object.keys(await load(first, 'index.js')).sort()).toMatchInlineSnapshot(`
    [
      "CaptionOverlay",
      "CaptionSettings",
      "ClaimStoreBusyError",
      "ConfigError",
      "InvalidTokenError",
      "NetworkError",
      "RealtimeSttProvider",
      "RequestError",
      "ResponseError",
      "ServiceNotEnabledError",
      "SessionEndedError",
      "SttError",
      "SupersededError",
      "TokenExpiredError",
      "TokenProviderError",
      "TranscriptPanel",
      "attachCaptions",
      "createCaptionSettings",
      "createSttClient",
      "createTranscript",
      "exportTranscript",
      "jsonChunks",
      "memoryClaimStore",
      "signalingClaimStore",
      "srtChunks",
      "sttKeys",
      "tabClaimStore",
      "textChunks",
      "toJson",
      "toSrt",
      "toText",
      "toWebVtt",
      "useCaption",
      "useCaptionIds",
      "useCaptionSettings",
      "useCaptions",
      "useRealtimeStt",
      "useSttClient",
      "useTranscript",
      "webVttChunks",
    ]
  `)
  expect(Object.keys(await load(first, 'core.js')).sort()).toMatchInlineSnapshot(`
    [
      "ClaimStoreBusyError",
      "ConfigError",
      "InvalidTokenError",
      "NetworkError",
      "RequestError",
      "ResponseError",
      "ServiceNotEnabledError",
      "SessionEndedError",
      "SttError",
      "SupersededError",
      "TokenExpiredError",
      "TokenProviderError",
      "attachCaptions",
      "createSttClient",
      "createTranscript",
      "exportTranscript",
      "jsonChunks",
      "memoryClaimStore",
      "signalingClaimStore",
      "srtChunks",
      "tabClaimStore",
      "textChunks",
      "toJson",
      "toSrt",
      "toText",
      "toWebVtt",
      "webVttChunks",
    ]
  `)
  expect(Object.keys(await load(first, 'testing.js')).sort()).toMatchInlineSnapshot(`
    [
      "FakeSignalingError",
      "checkClaimStore",
      "createFakeAgora",
      "createFakeRtcClient",
      "createFakeSignaling",
      "encodeCaption",
      "encodeCaptionJson",
      "inflateStored",
      "playConversation",
    ]
  `)
})

test('default: importing every door in plain Node does nothing observable, and core needs no React', () => {
  const script = `
    for (const peer of ['zod/mini', 'react', '@tanstack/react-query']) await import(peer)
    const before = Reflect.ownKeys(globalThis).length
    for (const door of process.argv.slice(1)) await import(door)
    console.log(Reflect.ownKeys(globalThis).length - before)
  `
  const doors = ['core.js', 'index.js'].map((door) => pathToFileURL(join(first, door)).href)
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, ...doors], {
    cwd: root,
  })
  expect(String(said)).toBe('0\n')
  const sources = readdirSync(first, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.js'),
  )
  const withReact = sources.filter((name) =>
    /^(?!\s*\*).* from '(react|react-dom|@tanstack)['/]/m.test(
      readFileSync(join(first, name), 'utf8'),
    ),
  )
  expect(withReact.filter((name) => !name.startsWith('react/'))).toEqual([])
  const clientOnly = sources.filter((name) =>
    readFileSync(join(first, name), 'utf8').startsWith("'use client'"),
  )
  expect(clientOnly.filter((name) => !name.startsWith('react/'))).toEqual([])
  const withHooks = sources.filter((name) =>
    /\b(use[A-Z]\w*|createContext)\b.* from 'react'/.test(readFileSync(join(first, name), 'utf8')),
  )
  expect(withHooks).toContain('react/useRealtimeStt.js')
  expect(clientOnly).toEqual(expect.arrayContaining(withHooks))
})

test.each([
  ['createSttClient', false],
  ['memoryClaimStore', false],
  ['signalingClaimStore', true],
])('behaviour: an app that imports only %s ships calls of Signaling: %s', async (name, ships) => {
  const entry = join(cache, `${name}.js`)
  writeFileSync(entry, `export { ${name} } from './first/core.js'`)
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      lib: { entry, formats: ['es'], fileName: name },
      rolldownOptions: { external: /^zod/ },
    },
  })
  const code = JSON.stringify([built].flat().map((one) => 'output' in one && one.output))
  expect(code).toContain(name)
  expect(code.includes('ChannelMetadata')).toBe(ships)
  expect(code).not.toContain('agora-rtm')
})

test('behaviour: two copies of the built package in one page are one start, and know each other’s errors', async () => {
  const copies = [await load(first, 'index.js'), await load(second, 'index.js')]
  const agora = createFakeAgora()
  const clients = copies.map(({ createSttClient }) =>
    createSttClient({
      appId: agora.appId,
      api: 'v7',
      tokenProvider: ({ channel, uid }) => agora.mintToken({ channel, uid }),
      fetch: async (input, init) => {
        const response = await getResponse(agora.handlers, new Request(input, init))
        if (!response) throw new Error(`Nobody answers ${String(input)}.`)
        return response
      },
    }),
  )
  const sessions = await Promise.all(
    clients.flatMap((client) => [1, 2, 3].map(() => client.enable({ channel: 'standup' }))),
  )
  expect(new Set(sessions).size).toBe(1)
  expect(agora.requests.map(({ operation }) => operation)).toEqual(['start'])

  agora.failNext({ status: 401, body: { message: 'Invalid token' } })
  const error = await clients[0]?.enable({ channel: 'other' }).catch((caught: unknown) => caught)
  for (const { InvalidTokenError, TokenExpiredError, SttError } of copies) {
    expect(InvalidTokenError.is(error)).toBe(true)
    expect(SttError.is(error)).toBe(true)
    expect(TokenExpiredError.is(error)).toBe(false)
  }
  for (const client of clients) client.dispose()
})
