import { getResponse } from 'msw'
import type { FakeAgora } from 'react-realtime-stt/testing'

type Send = (request: Request) => Promise<Response | undefined>

interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came.
  json: any
}

const ORIGIN = 'https://api.agora.io'
const V6 = 'rtsc/speech-to-text'

export function joinBody(name = 'room', rtcConfig: object = {}) {
  return {
    name,
    languages: ['en-US'],
    rtcConfig: { channelName: name, pubBotUid: '900000001', ...rtcConfig },
  }
}

export function startBody(channelName = 'room', rtcConfig: object = {}) {
  return {
    languages: ['en-US'],
    rtcConfig: { channelName, pubBotUid: '900000001', subBotUid: '900000002', ...rtcConfig },
  }
}

/** Speaks to the service as a client would, with a good token unless told otherwise. */
export function agoraRest(
  agora: FakeAgora,
  send: Send = (request) => getResponse(agora.handlers, request),
) {
  async function call(
    method: string,
    url: string,
    body?: unknown,
    authorization?: string | null,
  ): Promise<Answer> {
    const token = await agora.mintToken({ channel: 'room' })
    const header = authorization === undefined ? `agora token="${token}"` : authorization
    const response = await send(
      new Request(`${ORIGIN}${url}`, {
        method,
        headers: {
          ...(header === null ? {} : { Authorization: header }),
          'Content-Type': 'application/json',
        },
        ...(body === undefined
          ? {}
          : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    )
    if (response === undefined) throw new Error('No handler answered.')
    const text = await response.text()
    return { status: response.status, json: text === '' ? undefined : JSON.parse(text) }
  }

  const v6 = `/v1/projects/${agora.appId}/${V6}`
  const v7 = `/api/speech-to-text/v1/projects/${agora.appId}`
  return {
    call,
    v6: {
      acquire: (instanceId: unknown = 'room') =>
        call('POST', `${v6}/builderTokens`, { instanceId }),
      start: (token: string, body: unknown = startBody()) =>
        call('POST', `${v6}/tasks?builderToken=${token}`, body),
      query: (id: string, token: string) => call('GET', `${v6}/tasks/${id}?builderToken=${token}`),
      update: (id: string, token: string, query: string, body: unknown) =>
        call('PATCH', `${v6}/tasks/${id}?builderToken=${token}&${query}`, body),
      stop: (id: string, token: string) =>
        call('DELETE', `${v6}/tasks/${id}?builderToken=${token}`),
    },
    v7: {
      join: (body: unknown = joinBody(), authorization?: string | null) =>
        call('POST', `${v7}/join`, body, authorization),
      query: (id: string) => call('GET', `${v7}/agents/${id}`),
      update: (id: string, query: string, body: unknown) =>
        call('POST', `${v7}/agents/${id}/update?${query}`, body),
      leave: (id: string) => call('POST', `${v7}/agents/${id}/leave`),
      list: (query = '') => call('GET', `${v7}/agents?${query}`),
    },
  }
}
