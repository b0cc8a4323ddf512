/** What the demo asks of `agora-rtc-sdk-ng`: so little that a test can stand in for it. */
export interface RealSdk<Microphone extends LocalTrack, Camera extends LocalTrack & Picture> {
  createClient(): RealClient<Microphone | Camera>
  openMicrophone(): Promise<Microphone>
  openCamera(): Promise<Camera>
  /** Tells when the browser holds sound back, and when it does no longer; gives what ends that. */
  watchAutoplay(listener: (isHeldBack: boolean) => void): () => void
  isOnline(): boolean
}

export interface RealClient<Local> {
  join(appId: string, channel: string, token: string, uid: number): Promise<unknown>
  leave(): Promise<void>
  renewToken(token: string): Promise<void>
  publish(track: Local): Promise<unknown>
  unpublish(track: Local): Promise<void>
  subscribe(user: RemoteUser, kind: 'audio'): Promise<Sound>
  subscribe(user: RemoteUser, kind: 'video'): Promise<Picture>
  /** Again after every join. */
  enableAudioVolumeIndicator(): void
  on<Event extends keyof RealEvents>(event: Event, listener: RealEvents[Event]): void
  off<Event extends keyof RealEvents>(event: Event, listener: RealEvents[Event]): void
}

export interface RealEvents {
  'user-joined': (user: RemoteUser) => void
  'user-left': (user: RemoteUser) => void
  'user-published': (user: RemoteUser, kind: StreamKind) => void
  'user-unpublished': (user: RemoteUser, kind: StreamKind) => void
  'user-info-updated': () => void
  'volume-indicator': (volumes: readonly Volume[]) => void
  'connection-state-change': (now: string, before: string, reason?: string) => void
  'token-privilege-will-expire': () => void
  'token-privilege-did-expire': () => void
  'stream-message': (uid: string | number, payload: Uint8Array) => void
}

export type StreamKind = 'audio' | 'video' | 'datachannel'

/** Somebody else in the channel. The SDK keeps it up to date. */
export interface RemoteUser {
  readonly uid: string | number
  readonly hasAudio: boolean
  readonly hasVideo: boolean
}

export interface Volume {
  uid: string | number
  /** 0 to 100. */
  level: number
}

interface Sound {
  play(): void
}

export interface Picture {
  play(element: HTMLElement): void
  stop(): void
}

export interface LocalTrack {
  /** Gives the device back. */
  close(): void
  on(event: 'track-ended', listener: () => void): void
}
