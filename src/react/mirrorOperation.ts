import { MutationObserver, QueryClient } from '@tanstack/react-query'
import { SupersededError } from '../errors.js'
import type { SttClient } from '../session/createSttClient.js'
import { toInstanceId } from '../session/instanceId.js'
import type { SttSession } from '../session/session.js'
import { sttKeys } from './sttKeys.js'

/** What a mutation of this package carries: nothing secret. */
export interface SttMutationData {
  /** The generation of the REST API. */
  api: SttSession['api']
  /** v6 `instanceId`, v7 agent name. */
  instanceId: string
  /** v6 `taskId`, v7 `agent_id`; null: nothing was started, or only an instance acquired. */
  taskId: string | null
  /** Epoch ms; null where there is no session. */
  createdAt: number | null
  /** Whether this page started the task or found it running; `'superseded'`: a later intent won. */
  origin: SttSession['origin'] | 'superseded'
}

const mirrored = new WeakMap<Promise<unknown>, WeakSet<QueryClient>>()

/** Shows an operation under way as one mutation of the query client, however many components asked for it. */
export function mirrorOperation<Result>(
  queryClient: QueryClient,
  client: SttClient,
  channel: string,
  kind: 'enable' | 'disable',
  operation: Promise<Result>,
): Promise<Result> {
  const { appId, api } = client
  const { status, session: before } = client.getSnapshot(channel)
  const shown = mirrored.get(operation) ?? new WeakSet()
  const isUnderWay = status === (kind === 'enable' ? 'enabling' : 'disabling')
  if (!isUnderWay || shown.has(queryClient)) return operation
  mirrored.set(operation, shown.add(queryClient))
  const toData = (session: SttSession | null, isSuperseded: boolean): SttMutationData => ({
    api,
    instanceId: session?.instanceId ?? toInstanceId(appId, channel),
    taskId: session?.taskId ?? null,
    createdAt: session?.createdAt ?? null,
    origin: isSuperseded || !session ? 'superseded' : session.origin,
  })
  const report = async () => {
    try {
      await operation
    } catch (error) {
      if (SupersededError.is(error)) return toData(before, true)
      throw error
    }
    const after = client.getSnapshot(channel).session
    return toData(after ?? before, kind === 'disable' && after !== null)
  }
  // Options that a client without defaults has completed are taken as they are: none of the app's defaults, nor of its
  // `setMutationDefaults`, reaches the operation.
  const options = new QueryClient().defaultMutationOptions({
    networkMode: 'always',
    mutationKey: sttKeys[kind](appId, channel),
    mutationFn: report,
  })
  const observer = new MutationObserver(queryClient, options)
  // An entry that nobody observes until it settles is never collected.
  const unsubscribe = observer.subscribe(() => {})
  observer.mutate().then(unsubscribe, unsubscribe)
  return operation
}
