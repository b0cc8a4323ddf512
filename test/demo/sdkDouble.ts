import type {
  LocalTrack,
  Picture,
  RealClient,
  RealEvents,
  RealSdk,
  RemoteUser,
} from '../../demo/app/call/real/realSdk.ts'

/** A track, own or remote, that tells what was done to it. */
export class TrackDouble implements LocalTrack, Picture {
  isClosed = false
  isPlaying = false
  #onEnded = () => {}

  play(): void {
    this.isPlaying = true
  }

  stop(): void {
    this.isPlaying = false
  }

  close(): void {
    this.isClosed = true
  }

  on(_event: 'track-ended', listener: () => void): void {
    this.#onEnded = listener
  }

  /** The device is unplugged. */
  end(): void {
    this.#onEnded()
  }
}

type Listener = (...told: unknown[]) => void

/** The SDK's client as a test wants it: each call is written down, and does what the test puts in its place. */
class ClientDouble implements RealClient<TrackDouble> {
  readonly calls: string[] = []
  readonly listeners = new Map<string, Set<Listener>>()
  uid = 0
  onJoin: (token: string) => Promise<void> = async () => {}
  onPublish: (track: TrackDouble) => Promise<void> = async () => {}
  onRenew: () => Promise<void> = async () => {}
  onSubscribe: () => Promise<TrackDouble> = async () => new TrackDouble()
  onLeave: () => Promise<void> = async () => {}

  join(_appId: string, channel: string, token: string, uid: number): Promise<void> {
    this.uid = uid
    this.calls.push(`join ${channel} ${token}`)
    return this.onJoin(token)
  }

  leave(): Promise<void> {
    this.calls.push('leave')
    return this.onLeave()
  }

  renewToken(token: string): Promise<void> {
    this.calls.push(`renew ${token}`)
    return this.onRenew()
  }

  publish(track: TrackDouble): Promise<void> {
    this.calls.push('publish')
    return this.onPublish(track)
  }

  async unpublish(): Promise<void> {
    this.calls.push('unpublish')
  }

  subscribe({ uid }: RemoteUser, kind: 'audio' | 'video'): Promise<TrackDouble> {
    this.calls.push(`subscribe ${uid} ${kind}`)
    return this.onSubscribe()
  }

  enableAudioVolumeIndicator(): void {
    this.calls.push('volume')
  }

  on<Event extends keyof RealEvents>(event: Event, listener: RealEvents[Event]): void {
    const listeners = this.listeners.get(event) ?? new Set()
    this.listeners.set(event, listeners.add(listener as Listener))
  }

  off<Event extends keyof RealEvents>(event: Event, listener: RealEvents[Event]): void {
    this.listeners.get(event)?.delete(listener as Listener)
  }

  emit<Event extends keyof RealEvents>(event: Event, ...told: Parameters<RealEvents[Event]>): void {
    for (const listener of this.listeners.get(event) ?? []) listener(...told)
  }

  countListeners(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0)
  }
}

/** The SDK: the devices a test gives it, and one client. */
export class SdkDouble implements RealSdk<TrackDouble, TrackDouble> {
  readonly client = new ClientDouble()
  readonly microphones: TrackDouble[] = []
  readonly cameras: TrackDouble[] = []
  isNetworkThere = true
  isAutoplayWatched = false
  onOpen: () => Promise<void> = async () => {}
  tellAutoplay: (isHeldBack: boolean) => void = () => {}

  createClient = () => this.client
  openMicrophone = () => this.#open(this.microphones)
  openCamera = () => this.#open(this.cameras)
  isOnline = () => this.isNetworkThere

  watchAutoplay = (listener: (isHeldBack: boolean) => void) => {
    this.isAutoplayWatched = true
    this.tellAutoplay = listener
    return () => {
      this.isAutoplayWatched = false
    }
  }

  async #open(opened: TrackDouble[]): Promise<TrackDouble> {
    await this.onOpen()
    const track = new TrackDouble()
    opened.push(track)
    return track
  }
}
