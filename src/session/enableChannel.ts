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
import { lifecycles } from './lifecycle.js'
import { Operation, submit } from './operation.js'
import { publish, type SlotChange } from './registry.js'
import { type ClientContext, Run } from './run.js'
import type { SttSession } from './session.js'
import { confirmSession } from './taskCalls.js'
import type { TokenNeed } from './tokens.js'

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
  const { channel } = need
  const known = slot.current ? null : recall(context, state)
  const create = () => new Operation('enable', (self) => work(context, state, need, settings, self))
  const before = [slot.current, slot.next]
  const operation = known ? null : submit(slot, create, 'enable')
  if (known || before.includes(operation)) {
    const decision = known ? 'remembered' : 'shared'
    context.emit({ type: 'decision', channel, operation: 'enable', decision })
  }
  return known ?? (operation?.promise as Promise<SttSession>)
}

function recall(context: ClientContext, state: ChannelState): Promise<SttSession> | null {
  const { slot, snapshot, confirmedAt } = state
  const { session } = snapshot
  const now = context.environment.monotonicNow()
  if (session) {
    if (session.taskId !== null && now - confirmedAt >= CONFIRMED_MS) return null
    slot.lastIntent = 'enable'
    return Promise.resolve(session)
  }
  const { settled } = slot
  if (!settled || settled.isUnknown || now >= settled.until) return null
  publish(slot, settled.change)
  const { error } = settled.change
  return error ? Promise.reject(error) : Promise.resolve(settled.change.session as SttSession)
}

async function work(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  settings: TaskSettings | null,
  operation: Operation,
): Promise<SlotChange> {
  const { slot } = state
  const run = new Run(context, state, need, settings, {
    name: 'enable',
    rank: 'operation',
    onSend: () => operation.send(),
  })
  run.tell('began')
  try {
    const waitMs = (slot.settled?.until ?? 0) - context.environment.monotonicNow()
    if (waitMs > 0) await run.sleep(waitMs)
    const session = (await confirmKnown(run)) ?? (await lifecycles[context.api].start(run))
    const change = { session, error: null, isConfirmed: true }
    remember(context, state, change, false)
    return change
  } catch (cause) {
    const error = cause as SttError
    // The provider and the options are asked anew each time.
    const isAnswer = ![SupersededError, TokenProviderError, ConfigError].some(({ is }) => is(error))
    if (operation.hasSent && isAnswer) {
      const isUnknown =
        NetworkError.is(error) || ResponseError.is(error) || error.code === 'server_error'
      remember(context, state, { error }, isUnknown)
    }
    run.tell('failed', null, error.code)
    throw error
  }
}

async function confirmKnown(run: Run): Promise<SttSession | null> {
  const { session } = run.state.snapshot
  const confirmed = session && (await confirmSession(run, session))
  if (session && !confirmed) {
    run.tell('ended', session.taskId)
    publish(run.state.slot, { session: null })
  }
  return confirmed
}

/** How an `enable()` ended is good for `minIntervalMs`; what nobody knows is tried again after that, once for all. */
function remember(
  { after, minIntervalMs, environment }: ClientContext,
  { slot }: ChannelState,
  change: SlotChange,
  isUnknown: boolean,
): void {
  const settled = { change, isUnknown, until: environment.monotonicNow() + minIntervalMs }
  slot.settled = settled
  after(minIntervalMs, () => {
    if (slot.settled === settled) slot.settled = null
  })
}
