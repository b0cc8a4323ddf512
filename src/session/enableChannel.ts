import type { TaskSettings } from '../agora/task.js'
import {
  ConfigError,
  NetworkError,
  ResponseError,
  type SttError,
  SupersededError,
  TokenProviderError,
} from '../errors.js'
import type { ChannelState } from './channelState.js'
import type { ClientContext } from './createSttClient.js'
import { lifecycles } from './lifecycle.js'
import { Operation, submit } from './operation.js'
import { publish, type SettledEnable } from './registry.js'
import { Run } from './run.js'
import type { SttSession } from './session.js'
import { confirmSession } from './taskCalls.js'
import type { TokenNeed } from './tokens.js'
import { UPDATE_INTERVAL_MS } from './updateChannel.js'
import { watchUnanswered } from './watchUnanswered.js'

/** A session that the service spoke of within this time is taken as live. */
const CONFIRMED_MS = 60_000

/** The one operation that any number of simultaneous `enable()` share, or what is known already. */
export function enableChannel(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
): Promise<SttSession> {
  const { slot } = state
  const tell = (decision: 'remembered' | 'shared') =>
    context.line.emit({ type: 'decision', channel: need.channel, operation: 'enable', decision })
  const known = slot.current ? null : recall(context, state)
  if (known) {
    tell('remembered')
    return known
  }
  let isNew = false
  const create = () => {
    isNew = true
    return new Operation('enable', (operation) => work(context, state, need, settings, operation))
  }
  const operation = submit(slot, create, 'enable')
  if (!isNew) tell('shared')
  return operation.promise as Promise<SttSession>
}

function recall(context: ClientContext, state: ChannelState): Promise<SttSession> | null {
  const { slot, snapshot } = state
  const { minIntervalMs, environment } = context.line
  const now = environment.monotonicNow()
  if (snapshot.session) {
    const isFresh = snapshot.session.taskId === null || now - state.confirmedAt < CONFIRMED_MS
    if (!isFresh) return null
    slot.lastIntent = 'enable'
    return Promise.resolve(snapshot.session)
  }
  const { settled } = slot
  if (!settled || settled.isUnknown || now - settled.monotonicAt >= minIntervalMs) return null
  if (settled.error) return Promise.reject(settled.error)
  publish(slot, { session: settled.session, error: null, isConfirmed: true })
  return Promise.resolve(settled.session as SttSession)
}

async function work(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
  operation: Operation,
) {
  const { slot } = state
  const { line } = context
  const run = new Run({
    ...context,
    state,
    need,
    settings,
    rank: 'operation',
    operation: 'enable',
    assertWanted: () => operation.assertWanted(),
    onSent: () => {
      operation.hasSent = true
    },
    onUnanswered: (sentAt) => watchUnanswered(context, state, need, settings, sentAt),
  })
  run.tell('began')
  try {
    await waitAfterUnknown(run, slot.settled, line.minIntervalMs, line.environment.monotonicNow())
    const session = (await confirmKnown(run, state)) ?? (await lifecycles[context.api].start(run))
    remember(context, state, { session, error: null, isUnknown: false })
    slot.updatableAt = line.environment.monotonicNow() + UPDATE_INTERVAL_MS
    return { session, error: null, isConfirmed: true }
  } catch (cause) {
    const error = cause as SttError
    if (operation.hasSent && isAnswer(error)) {
      remember(context, state, { session: null, error, isUnknown: isUnknown(error) })
    }
    if (!SupersededError.is(error)) run.tell('failed', null, error.code)
    throw error
  }
}

/** An outcome that nobody knows is followed by one shared attempt, not at once. */
async function waitAfterUnknown(
  run: Run,
  settled: SettledEnable | null,
  minIntervalMs: number,
  now: number,
): Promise<void> {
  if (!settled?.isUnknown) return
  const waitMs = settled.monotonicAt + minIntervalMs - now
  if (waitMs > 0) await run.sleep(waitMs)
}

async function confirmKnown(run: Run, state: ChannelState): Promise<SttSession | null> {
  const { session } = state.snapshot
  if (!session) return null
  const confirmed = await confirmSession(run, session)
  if (confirmed) return confirmed
  run.tell('ended', session.taskId)
  publish(state.slot, { session: null })
  return null
}

function remember(
  { timers, line }: ClientContext,
  { slot }: ChannelState,
  outcome: Omit<SettledEnable, 'monotonicAt'>,
): void {
  const settled = { ...outcome, monotonicAt: line.environment.monotonicNow() }
  slot.settled = settled
  timers.set(line.minIntervalMs, () => {
    if (slot.settled === settled) slot.settled = null
  })
}

/** Whether the service, or its silence, is what failed: the provider and the options are asked anew each time. */
function isAnswer(error: SttError): boolean {
  return !SupersededError.is(error) && !TokenProviderError.is(error) && !ConfigError.is(error)
}

function isUnknown(error: SttError): boolean {
  return NetworkError.is(error) || ResponseError.is(error) || error.code === 'server_error'
}
