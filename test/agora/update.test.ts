import { getResponse } from 'msw'
import { createFakeAgora } from 'react-realtime-stt/testing'
import { expect, test } from 'vitest'
import { type SttCall, sendCall } from '../../src/agora/call.js'
import { acquire, start as startV6, update as updateV6 } from '../../src/agora/v6.js'
import { start as startV7, update as updateV7 } from '../../src/agora/v7.js'
import { toSettings } from '../../src/session/transcription.js'

const CHANNEL = 'standup'

/** The calls alone, without a client: they are the whole of what the package knows of an update. */
function createWire() {
  let now = Date.now()
  const agora = createFakeAgora({ now: () => now })
  const send = async <Answer>(call: SttCall<Answer>): Promise<Answer> => {
    const outcome = await sendCall(call, {
      baseUrl: 'https://api.agora.io',
      token: await agora.mintToken({ channel: CHANNEL }),
      requestTimeoutMs: 1_000,
      signal: new AbortController().signal,
      environment: {
        setTimeout: globalThis.setTimeout,
        clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
      },
      fetch: async (input, init) =>
        (await getResponse(agora.handlers, new Request(input, init))) ?? Response.error(),
    })
    if (outcome.kind !== 'ok') throw outcome.error
    return outcome.answer
  }
  return {
    agora,
    send,
    pass: (ms: number) => {
      now += ms
    },
  }
}

const CHANGE = {
  languages: ['de-DE'],
  speakerLanguages: [{ uid: '7', languages: ['fr-FR'] }],
  translations: [{ source: 'de-DE', targets: ['en-US'] }],
  includeUids: ['7'],
}
const MASK = [
  'languages',
  'uidLanguagesConfig',
  'rtcConfig.subscribeAudioUids',
  'translateConfig.enable',
  'translateConfig.languages',
]

test('default: v7 changes what the mask names, with a rising sequence', async () => {
  const { agora, send, pass } = createWire()
  const settings = toSettings('v7', {})
  const botToken = await agora.mintToken({ channel: CHANNEL, uid: settings.botUid })
  const request = { channel: CHANNEL, instanceId: CHANNEL, settings, botToken }
  const { taskId } = await send(startV7(agora.appId, request))
  const handle = { taskId, builderToken: null }
  pass(5_000)
  await send(updateV7(agora.appId, handle, { ...CHANGE, keywords: ['STT'] }, 1))
  pass(5_000)
  await send(updateV7(agora.appId, handle, { translations: [], includeUids: [] }, 2))
  expect(agora.tasks()[0]?.updates).toMatchObject([
    { sequenceId: 1, updateMask: expect.arrayContaining([...MASK, 'keywords']) },
    { sequenceId: 2, updateMask: ['rtcConfig.subscribeAudioUids', 'translateConfig.enable'] },
  ])
  expect(agora.tasks()[0]?.languages).toEqual(['de-DE'])
})

test('default: v6 does the same with the builder token', async () => {
  const { agora, send, pass } = createWire()
  const settings = toSettings('v6', {})
  const botToken = await agora.mintToken({ channel: CHANNEL })
  const { builderToken } = await send(acquire(agora.appId, CHANNEL))
  const tokens = { botToken, listenerBotToken: botToken, builderToken }
  const request = { channel: CHANNEL, instanceId: CHANNEL, settings, ...tokens }
  const { taskId } = await send(startV6(agora.appId, request))
  pass(5_000)
  await send(updateV6(agora.appId, { taskId, builderToken }, CHANGE, 1))
  expect(agora.tasks()[0]?.updates).toMatchObject([
    { sequenceId: 1, updateMask: expect.arrayContaining(MASK) },
  ])
})
