import type { DemoConfig } from '../../protocol.ts'
import { transcription } from '../call/transcription.ts'
import { fetchToken } from '../connection/demoApi.ts'

const BOT_UID = '900000001'
const LISTENER_BOT_UID = '900000002'

const TRANSCRIPTION = {
  languages: transcription.languages,
  translateConfig: {
    languages: transcription.translations.map(({ source, targets }) => ({
      source,
      target: targets,
    })),
  },
}

/** A task that a window started by itself. */
export interface PlainTask {
  taskId: string
  /** The path that stops it. */
  stopPath: string
}

interface PlainRequest {
  config: DemoConfig
  channel: string
  uid: string
}

/** What an app without this package puts into its click handler. */
export async function startPlainly(request: PlainRequest): Promise<PlainTask> {
  return request.config.api === 'v7' ? startV7(request) : startV6(request)
}

export async function stopPlainly(request: PlainRequest, task: PlainTask): Promise<void> {
  const method = request.config.api === 'v7' ? 'POST' : 'DELETE'
  await send(request, method, task.stopPath)
}

async function startV6(request: PlainRequest): Promise<PlainTask> {
  const { appId } = request.config
  const { channel } = request
  const root = `/v1/projects/${appId}/rtsc/speech-to-text`
  const acquired = await send(request, 'POST', `${root}/builderTokens`, { instanceId: channel })
  const query = new URLSearchParams({ builderToken: String(acquired.tokenName) })
  const started = await send(request, 'POST', `${root}/tasks?${query}`, {
    ...TRANSCRIPTION,
    rtcConfig: {
      channelName: channel,
      pubBotUid: BOT_UID,
      pubBotToken: await tokenFor(request, BOT_UID, 'bot'),
      subBotUid: LISTENER_BOT_UID,
      subBotToken: await tokenFor(request, LISTENER_BOT_UID, 'bot'),
    },
  })
  const taskId = String(started.taskId)
  return { taskId, stopPath: `${root}/tasks/${taskId}?${query}` }
}

async function startV7(request: PlainRequest): Promise<PlainTask> {
  const { appId } = request.config
  const root = `/api/speech-to-text/v1/projects/${appId}`
  const started = await send(request, 'POST', `${root}/join`, {
    name: crypto.randomUUID(),
    ...TRANSCRIPTION,
    rtcConfig: {
      channelName: request.channel,
      pubBotUid: BOT_UID,
      pubBotToken: await tokenFor(request, BOT_UID, 'bot'),
    },
  })
  const taskId = String(started.agent_id)
  return { taskId, stopPath: `${root}/agents/${taskId}/leave` }
}

async function send(
  request: PlainRequest,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const token = await tokenFor(request, request.uid, 'rest')
  const response = await fetch(`${request.config.baseUrl}${path}`, {
    method,
    headers: { authorization: `agora token="${token}"`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`The service answered ${response.status}.`)
  const text = await response.text()
  return text === '' ? {} : JSON.parse(text)
}

function tokenFor({ channel }: PlainRequest, uid: string, purpose: 'rest' | 'bot') {
  const { signal } = new AbortController()
  return fetchToken({ channel, uid, purpose, reason: 'initial', signal })
}
