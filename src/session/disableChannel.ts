import type { SttError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import { lifecycles } from './lifecycle.js'
import { Operation, submit } from './operation.js'
import { publish, type SlotChange } from './registry.js'
import { type ClientContext, Run } from './run.js'
import type { TokenNeed } from './tokens.js'

/** Stops what this page knows of, once for all who ask. */
export function disableChannel(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
): Promise<void> {
  const { slot } = state
  slot.settled = null
  const create = () => new Operation('disable', (self) => work(context, state, need, self))
  return submit(slot, create, 'disable').promise as Promise<unknown> as Promise<void>
}

async function work(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  operation: Operation,
): Promise<SlotChange> {
  const run = new Run(context, state, need, null, {
    name: 'disable',
    rank: 'operation',
    onSend: () => operation.send(),
  })
  run.tell('began')
  try {
    await lifecycles[context.api].stop(run, state.snapshot.session)
    return { session: null, error: null }
  } catch (error) {
    run.tell('failed', null, (error as SttError).code)
    // The stop may have been carried out: whoever enables next looks first.
    publish(state.slot, { isConfirmed: false })
    throw error
  }
}
