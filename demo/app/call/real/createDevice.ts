import { type DeviceName, deviceProblem, endedProblem, publishProblem } from './deviceProblem.ts'
import type { LocalTrack, RealClient } from './realSdk.ts'

interface DeviceOptions<Track> {
  name: DeviceName
  open: () => Promise<Track>
  client: Pick<RealClient<Track>, 'publish' | 'unpublish'>
  isInCall: () => boolean
  onChange: () => void
  /** null: it works. */
  tell: (problem: string | null) => void
}

/** The own microphone, or the own camera. */
export interface Device<Track> {
  /** What the user wants, and what becomes of it: a failure turns it off. */
  readonly isOn: boolean
  readonly track: Track | null
  turn(isOn: boolean): void
  /** Publishes what is on. */
  onJoined(): void
  /** Nothing is published any more. */
  onLeft(): void
}

/**
 * Off means that the device is given back, so that the browser's recording light goes out: a muted track would keep it on.
 * The price is that the first half second after unmuting is not heard.
 */
export function createDevice<Track extends LocalTrack>(
  options: DeviceOptions<Track>,
): Device<Track> {
  const { name, open, client, isInCall, onChange, tell } = options
  let isOn = false
  let track: Track | null = null
  let published: Track | null = null
  let lastStep: Promise<void> = Promise.resolve()

  function then(step: () => Promise<void>): void {
    lastStep = lastStep.then(step)
  }

  function close(): void {
    isOn = false
    const closing = track
    track = null
    // At once, whatever the network does.
    closing?.close()
    if (closing && closing === published) then(() => withdraw(closing))
  }

  async function withdraw(closed: Track): Promise<void> {
    if (published === closed) published = null
    // A closed track sends nothing, so a failure leaves nothing to say.
    if (isInCall()) await client.unpublish(closed).catch(() => {})
  }

  function fail(problem: string): void {
    close()
    tell(problem)
    onChange()
  }

  async function follow(): Promise<void> {
    if (isOn && !track) await start()
    if (track) await publish(track)
  }

  async function start(): Promise<void> {
    let opened: Track
    try {
      opened = await open()
    } catch (error) {
      if (isOn) fail(deviceProblem(name, error))
      return
    }
    if (!isOn) return opened.close()
    track = opened
    opened.on('track-ended', () => {
      if (track === opened) fail(endedProblem(name))
    })
    if (!isInCall()) tell(null)
    onChange()
  }

  async function publish(ready: Track): Promise<void> {
    if (ready === published || !isInCall()) return
    published = ready
    try {
      await client.publish(ready)
    } catch (error) {
      if (published === ready) published = null
      // Where the call is left meanwhile, the next join publishes.
      if (track === ready && isInCall()) fail(publishProblem(name, error))
      return
    }
    if (track === ready) tell(null)
  }

  return {
    get isOn() {
      return isOn
    },
    get track() {
      return track
    },
    turn(wanted) {
      if (wanted === isOn) return
      if (wanted) {
        isOn = true
        then(follow)
      } else close()
      onChange()
    },
    onJoined: () => then(follow),
    onLeft() {
      published = null
    },
  }
}
