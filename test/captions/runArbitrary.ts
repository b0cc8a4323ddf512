import fc from 'fast-check'
import type { CaptionWire, PlayConversationOptions } from 'react-realtime-stt/testing'
import { type Said, scriptArbitrary } from './scriptArbitrary.js'
import { isOrderNeeded, reorderArbitrary } from './wireArbitrary.js'

/** A conversation, what sends it, and what becomes of the messages on the way. */
export interface Run {
  wire: CaptionWire
  said: Said[]
  disorder: PlayConversationOptions
}

/**
 * @param isFinished every sentence becomes final
 * @param losses of which one is how probable it is that a message is lost
 */
export const runArbitrary = (
  wire: CaptionWire,
  isFinished: boolean,
  losses: readonly number[],
): fc.Arbitrary<Run> =>
  fc.record({
    wire: fc.constant(wire),
    said: scriptArbitrary({ isTellable: isOrderNeeded(wire), isFinished }),
    disorder: fc.record({
      seed: fc.integer(),
      reorder: reorderArbitrary(wire),
      duplicate: fc.constantFrom(0, 0.3),
      loss: fc.constantFrom(...losses),
    }),
  })
