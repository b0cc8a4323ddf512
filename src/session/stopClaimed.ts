import type { SttError } from '../errors.js'
import { lifecycles } from './lifecycle.js'
import { CLAIM_LOST, type Operation } from './operation.js'
import type { ClaimChange, SeenClaim } from './register.js'

/**
 * Takes the channel for stopping, stops what runs, and says that it has ended. false: somebody else was first.
 * A stop without an answer leaves the claim: whoever comes next finishes it.
 */
export async function stopClaimed(operation: Operation, over: SeenClaim | null): Promise<boolean> {
  const { register, context, session, instanceId } = operation
  const claimed = over?.value.state === 'ended' ? null : over?.value
  const value: ClaimChange = {
    instanceId,
    ...claimed,
    taskId: claimed?.taskId ?? session?.taskId ?? undefined,
    state: 'stopping',
  }
  operation.claim = await register.write(over, value)
  if (!operation.claim) return false
  operation.tell('claimed', { claim: 'stopping' })
  try {
    operation.assertWanted()
    const wasStarting = over?.value.state === 'starting'
    await lifecycles[context.api].stop(operation, operation.claim.value, wasStarting)
    // What is stopped is stopped, whether or not the store can be told: whoever finishes the claim finds nothing.
    await register
      .write(operation.claim, { ...value, state: 'ended', by: 'disable' })
      .catch(() => {})
    return true
  } catch (error) {
    if (error === CLAIM_LOST) return false
    const { code } = error as SttError
    const isWithdrawn = operation.isClosed && !operation.hasSent && claimed?.state === 'running'
    const isLeft = isWithdrawn || LEFT_RUNNING.includes(code)
    if (isLeft) await register.write(operation.claim, { ...value, state: 'running' })
    // Nobody here knows it as the channel's: who comes next asks.
    if (code === 'not_found') await register.keep(null)
    throw error
  } finally {
    operation.claim = null
  }
}

/** Of what cannot be stopped from here, the claim stays as it was. */
const LEFT_RUNNING = ['not_found', 'token_unavailable']
