import type { TaskSettings } from '../agora/task.js'
import { SessionEndedError, SupersededError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import type { ClientContext } from './createSttClient.js'
import { lifecycles } from './lifecycle.js'
import { publish, type SlotChange } from './registry.js'
import { Run } from './run.js'
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
  const look = { abort, promise: lookOrFollow(context, state, need, settings, abort.signal) }
  slot.look = look
  const forget = () => {
    if (slot.look === look) slot.look = null
  }
  look.promise.then(forget, forget)
  return look.promise
}

async function lookOrFollow(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
  signal: AbortSignal,
): Promise<SttSession | null> {
  await state.slot.current?.promise.catch(() => {})
  try {
    const change = await look(context, state, need, settings, signal)
    if (!signal.aborted) publish(state.slot, change)
  } catch (error) {
    if (!signal.aborted) throw error
  }
  await state.slot.current?.promise.catch(() => {})
  return state.snapshot.session
}

async function look(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
  signal: AbortSignal,
): Promise<SlotChange> {
  const run = new Run({
    ...context,
    state,
    need,
    settings,
    signal,
    rank: 'look',
    operation: 'refresh',
    assertWanted() {
      if (signal.aborted) throw new SupersededError('An operation began; its outcome is newer.')
    },
  })
  const { session } = state.snapshot
  const confirmed = session && (await confirmSession(run, session))
  if (confirmed) return { session: confirmed, isConfirmed: true }
  if (session) run.tell('ended', session.taskId)
  const found = await lifecycles[context.api].look(run)
  if (found) return { session: found, error: null, isConfirmed: true }
  return session ? { session: null, error: ended() } : { session: null }
}

function ended(): SessionEndedError {
  return new SessionEndedError(
    'Real-Time STT has ended in this channel: it was stopped elsewhere, idle for too long, or it failed. Call enable() to start it again.',
  )
}
