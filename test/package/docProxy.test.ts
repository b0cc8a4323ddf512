import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSttClient } from 'react-realtime-stt/core'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { createServer, type ProxyOptions, type UserConfig } from 'vite'
import { expect, test } from 'vitest'
import { serveAgora } from '../../scripts/serveAgora.mjs'
import { loadRun } from './loadRun.ts'

test('default: the proxy of the docs leads the calls to the service', async () => {
  const { default: config } = await loadRun<{ default: UserConfig }>('vite-proxy')
  const rule = config.server?.proxy?.['/agora'] as ProxyOptions
  expect(rule.target).toBe('https://api.agora.io')

  const agora = createFakeAgora()
  const service = await serveAgora(agora)
  const root = mkdtempSync(join(tmpdir(), 'realtime-stt-'))
  const app = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: {
      host: '127.0.0.1',
      watch: null,
      ws: false,
      proxy: { '/agora': { ...rule, target: service.address } },
    },
  })
  await app.listen()
  const client = createSttClient({
    appId: agora.appId,
    api: 'v7',
    baseUrl: new URL('/agora', app.resolvedUrls?.local[0]).href,
    tokenProvider: agora.mintToken,
  })
  await client.enable({ channel: 'standup' })
  expect(agora.liveTasks('standup')).toHaveLength(1)
  const path = `/api/speech-to-text/v1/projects/${agora.appId}/join`
  expect(agora.requests).toMatchObject([{ path, status: 200 }])
  client.dispose()
  await app.close()
  service.close()
  rmSync(root, { recursive: true })
})
