import type { SignalingClientLike } from './signalingClientLike.js'

/** One Signaling channel of one client, whichever stores ask for it. */
interface Subscription {
  wanted: number
  isOpen: boolean
  settling: Promise<void> | null
}

const WITH_METADATA = { withMessage: false, withPresence: false, withMetadata: true }

const byClient = new WeakMap<SignalingClientLike, Map<string, Subscription>>()

/** A share in the client's one subscription to a channel. */
export interface SignalingShare {
  /** Resolves once the channel is subscribed; rejects with the vendor's error. */
  settle(): Promise<void>
  /** Subscribes again: what the client knows of it may be gone. Where it is not, the vendor's client sends nothing. */
  renew(): Promise<void>
  close(): void
}

export function openSignalingShare(rtm: SignalingClientLike, channel: string): SignalingShare {
  const all = byClient.get(rtm) ?? new Map<string, Subscription>()
  byClient.set(rtm, all)
  const known = all.get(channel) ?? { wanted: 0, isOpen: false, settling: null }
  all.set(channel, known)
  known.wanted += 1

  // One after the other: a component that mounts twice asks for on, off and on in one breath.
  const run = async () => {
    await null
    try {
      while (known.isOpen !== known.wanted > 0) {
        known.isOpen = !known.isOpen
        await (known.isOpen ? rtm.subscribe(channel, WITH_METADATA) : rtm.unsubscribe(channel))
      }
      if (known.wanted === 0) all.delete(channel)
    } catch (error) {
      known.isOpen = false
      throw error
    } finally {
      known.settling = null
    }
  }
  const settle = () => {
    known.settling ??= run()
    return known.settling
  }
  return {
    settle,
    renew() {
      known.isOpen = false
      return settle()
    },
    close() {
      known.wanted -= 1
      settle().catch(() => {})
    },
  }
}
