import { createSttClient } from 'react-realtime-stt/core'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'

const open = () => createFakeAgora({ tokens: 'plain' })

const listUrl = (appId: string) =>
  `https://api.agora.io/api/speech-to-text/v1/projects/${appId}/agents?channel=demo`

for (const api of ['v6', 'v7'] as const) {
  test(`default: serves a client of ${api} without msw`, async () => {
    const agora = open()
    const client = createSttClient({
      appId: agora.appId,
      api,
      transcription: {},
      minIntervalMs: 0,
      tokenProvider: agora.mintToken,
      fetch: agora.fetch,
    })
    const { taskId } = await client.enable({ channel: 'demo' })
    expect(agora.liveTasks('demo').map((task) => task.taskId)).toEqual([taskId])
    await client.disable({ channel: 'demo' })
    expect(agora.liveTasks('demo')).toEqual([])
    client.dispose()
  })
}

test('default: takes a Request as well', async () => {
  const agora = open()
  const token = await agora.mintToken({ channel: 'demo' })
  const headers = { authorization: `agora token="${token}"` }
  const response = await agora.fetch(new Request(listUrl(agora.appId), { headers }))
  expect(await response.json()).toMatchObject({ status: 'ok', data: { list: [] } })
})

test('behaviour: what is for nobody here, aborted or lost is rejected', async () => {
  const agora = open()
  await expect(agora.fetch(listUrl('another app'))).rejects.toThrow('has no GET')
  const signal = AbortSignal.abort()
  await expect(agora.fetch(listUrl(agora.appId), { signal })).rejects.toThrow('aborted')
  agora.failNext({ networkError: true })
  await expect(agora.fetch(listUrl(agora.appId))).rejects.toThrow('Failed to fetch')
})

test('behaviour: a status fault answers with its body and headers', async () => {
  const agora = open()
  agora.failNext({ status: 429, body: { message: 'slow down' }, headers: { 'retry-after': '1' } })
  const response = await agora.fetch(listUrl(agora.appId))
  expect(response.status).toBe(429)
  expect(response.headers.get('retry-after')).toBe('1')
  expect(await response.json()).toEqual({ message: 'slow down' })
})
