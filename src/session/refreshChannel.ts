import type { TaskSettings } from '../agora/task.js'
import { SessionEndedError, SupersededError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import { lifecycles } from './lifecycle.js'
import { publish, type SlotChange } from './registry.js'
import { type ClientContext, Run } from './run.js'
import type { SttSession } from './session.js'
import { confirmSession } from './taskCalls.js'
import type { TokenNeed } from './tokens.js'

/** One look at the service for everyone who asks. An operation that begins meanwhile knows better: its outcome is the answer. */
export function refreshChannel(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
): Promise<SttSession | null> {
  const { slot } = state
  if (slot.look) return slot.look.promise
  const abort = new AbortController()
  const { signal } = abort
  const run = new Run(context, state, need, settings, {
    name: 'refresh',
    rank: 'look',
    signal,
    onSend() {
      if (signal.aborted) throw new SupersededError('An operation began; its outcome is newer.')
    },
  })
  const promise = lookOrFollow(run, signal).finally(() => {
    slot.look = null
  })
  slot.look = { promise, abort: () => abort.abort() }
  return promise
}

async function lookOrFollow(run: Run, signal: AbortSignal): Promise<SttSession | null> {
  const { state } = run
  const { slot } = state
  await slot.current?.promise.catch(() => {})
  try {
    const change = await look(run)
    if (!signal.aborted) publish(slot, change)
  } catch (error) {
    if (!signal.aborted) throw error
  }
  await slot.current?.promise.catch(() => {})
  return state.snapshot.session
}

async function look(run: Run): Promise<SlotChange> {
  const { session } = run.state.snapshot
  const confirmed = session && (await confirmSession(run, session))
  if (confirmed) return { session: confirmed, isConfirmed: true }
  if (session) run.tell('ended', session.taskId)
  const found = await lifecycles[run.context.api].look(run)
  if (found) return { session: found, error: null, isConfirmed: true }
  if (!session) return {}
  const error = new SessionEndedError(
    'Real-Time STT has ended in this channel: it was stopped elsewhere, idle for too long, or it failed. Call enable() to start it again.',
  )
  return { session: null, error }
}
