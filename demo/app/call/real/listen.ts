import type { RealClient, RealEvents } from './realSdk.ts'

/** Follows a client's events; gives what ends that, and takes nobody else's listener away. */
export function listen(
  client: Pick<RealClient<never>, 'on' | 'off'>,
  listeners: Partial<RealEvents>,
): () => void {
  const events = Object.keys(listeners) as (keyof RealEvents)[]
  const each = (
    act: <Event extends keyof RealEvents>(event: Event, listener: RealEvents[Event]) => void,
  ) => {
    for (const event of events) {
      const listener = listeners[event]
      if (listener) act(event, listener)
    }
  }
  each((event, listener) => client.on(event, listener))
  return () => each((event, listener) => client.off(event, listener))
}
