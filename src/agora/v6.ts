import * as z from 'zod/mini'
import type { SttCall } from './call.js'
import {
  type StartRequest,
  type SttTask,
  secretsOf,
  type TaskChange,
  type TaskHandle,
  taskSchema,
  text,
  toEpochMs,
  toStartBody,
  toUpdate,
} from './task.js'

/** The answer to an acquire: the instance token, and when it was made (epoch ms). */
export interface AcquiredInstance {
  builderToken: string
  createdAt: number | null
}

const acquired = z.pipe(
  z.object({ tokenName: text, createTs: z.optional(z.number()) }),
  z.transform(
    ({ tokenName, createTs }): AcquiredInstance => ({
      builderToken: tokenName,
      createdAt: toEpochMs(createTs),
    }),
  ),
)

const root = (appId: string) => `/v1/projects/${appId}/rtsc/speech-to-text`

const onTask = (appId: string, { taskId, builderToken }: TaskHandle) => ({
  path: `${root(appId)}/tasks/${encodeURIComponent(taskId)}`,
  query: { builderToken: builderToken ?? '' },
  secrets: [builderToken],
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v6.x/acquire */
export const acquire = (appId: string, instanceId: string): SttCall<AcquiredInstance> => ({
  operation: 'acquire',
  method: 'POST',
  path: `${root(appId)}/builderTokens`,
  body: { instanceId },
  schema: acquired,
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v6.x/start */
export const start = (appId: string, request: StartRequest): SttCall<SttTask> => ({
  operation: 'start',
  method: 'POST',
  path: `${root(appId)}/tasks`,
  query: { builderToken: request.builderToken ?? '' },
  body: toStartBody(request),
  schema: taskSchema('taskId'),
  secrets: secretsOf(request),
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v6.x/query */
export const query = (appId: string, handle: TaskHandle): SttCall<SttTask> => ({
  operation: 'query',
  method: 'GET',
  ...onTask(appId, handle),
  schema: taskSchema('taskId', handle.taskId),
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v6.x/update */
export function update(
  appId: string,
  handle: TaskHandle,
  change: TaskChange,
  sequenceId: number,
): SttCall<unknown> {
  const { mask, body } = toUpdate(change)
  const target = onTask(appId, handle)
  return {
    operation: 'update',
    method: 'PATCH',
    ...target,
    query: { ...target.query, sequenceId: String(sequenceId), updateMask: mask },
    body,
    schema: z.unknown(),
  }
}

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v6.x/stop */
export const stop = (appId: string, handle: TaskHandle): SttCall<unknown> => ({
  operation: 'stop',
  method: 'DELETE',
  ...onTask(appId, handle),
  schema: z.unknown(),
})
