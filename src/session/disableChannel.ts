import type { SttError } from '../errors.js'
import type { ChannelState } from './channelState.js'
import type { ClientContext } from './createSttClient.js'
import { lifecycles } from './lifecycle.js'
import { Operation, submit } from './operation.js'
import { publish } from './registry.js'
import { Run } from './run.js'
import type { TokenNeed } from './tokens.js'

/** Stops what this page knows of, once for all who ask. */
export function disableChannel(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
): Promise<void> {
  const { slot } = state
  slot.settled = null
  const create = () =>
    new Operation('disable', (operation) => work(context, state, need, operation))
  return submit(slot, create, 'disable').promise as Promise<unknown> as Promise<void>
}

async function work(
  context: ClientContext,
  state: ChannelState,
  need: TokenNeed,
  operation: Operation,
) {
  const run = new Run({
    ...context,
    state,
    need,
    settings: null,
    rank: 'operation',
    operation: 'disable',
    assertWanted: () => operation.assertWanted(),
    onSent: () => {
      operation.hasSent = true
    },
  })
  run.tell('began')
  try {
    await lifecycles[context.api].stop(run, state.snapshot.session)
  } catch (error) {
    run.tell('failed', null, (error as SttError).code)
    // The stop may have been carried out: whoever enables next looks first.
    publish(state.slot, { isConfirmed: false })
    throw error
  }
  return { session: null, error: null }
}
