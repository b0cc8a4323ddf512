import * as z from 'zod/mini'
import type { SttCall } from './call.js'
import {
  type StartRequest,
  type SttTask,
  secretsOf,
  type TaskChange,
  type TaskHandle,
  taskSchema,
  toStartBody,
  toUpdate,
} from './task.js'

/** The codes of a list's `state` filter, of which a call takes one. */
const STATE_CODES = {
  starting: '1',
  running: '2',
  stopped: '4',
  recovering: '5',
  failed: '6',
} as const

export type TaskState = keyof typeof STATE_CODES

/** One page of a channel's tasks. */
export interface TaskPage {
  tasks: readonly SttTask[]
  /** Where the next page begins; null on the last. */
  cursor: string | null
}

/** Which page of which tasks. */
export interface ListFilter {
  channel: string
  state: TaskState
  /** Epoch ms: the service's own default of one day is shorter than a task's life of 72 h. */
  since: number
  cursor?: string | null | undefined
}

const page = z.pipe(
  z.object({
    data: z.object({ list: z.nullish(z.array(taskSchema('agent_id'))) }),
    meta: z.optional(z.object({ cursor: z.nullish(z.string()), total: z.nullish(z.number()) })),
  }),
  z.transform(({ data, meta }): TaskPage => {
    const tasks = data.list ?? []
    const isMore = tasks.length > 0 && tasks.length < (meta?.total ?? 0)
    return { tasks, cursor: (isMore && meta?.cursor) || null }
  }),
)

const root = (appId: string) => `/api/speech-to-text/v1/projects/${appId}`
const agentPath = (appId: string, { taskId }: TaskHandle) =>
  `${root(appId)}/agents/${encodeURIComponent(taskId)}`

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/join */
export const start = (appId: string, request: StartRequest): SttCall<SttTask> => ({
  operation: 'start',
  method: 'POST',
  path: `${root(appId)}/join`,
  body: { name: request.instanceId, ...toStartBody(request) },
  schema: taskSchema('agent_id'),
  secrets: secretsOf(request),
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/query */
export const query = (appId: string, handle: TaskHandle): SttCall<SttTask> => ({
  operation: 'query',
  method: 'GET',
  path: agentPath(appId, handle),
  schema: taskSchema('agent_id', handle.taskId),
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/list */
export const list = (appId: string, filter: ListFilter): SttCall<TaskPage> => ({
  operation: 'list',
  method: 'GET',
  path: `${root(appId)}/agents`,
  query: {
    channel: filter.channel,
    state: STATE_CODES[filter.state],
    from_time: String(Math.floor(filter.since / 1000)),
    ...(filter.cursor && { cursor: filter.cursor }),
  },
  schema: page,
})

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/update */
export function update(
  appId: string,
  handle: TaskHandle,
  change: TaskChange,
  sequenceId: number,
): SttCall<unknown> {
  const { mask, body } = toUpdate(change)
  return {
    operation: 'update',
    method: 'POST',
    path: `${agentPath(appId, handle)}/update`,
    query: { sequenceId: String(sequenceId), updateMask: mask },
    body,
    schema: z.unknown(),
  }
}

/** @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/leave */
export const stop = (appId: string, handle: TaskHandle): SttCall<unknown> => ({
  operation: 'stop',
  method: 'POST',
  path: `${agentPath(appId, handle)}/leave`,
  schema: z.unknown(),
})
