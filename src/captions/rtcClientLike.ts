/** A user of the channel, as far as captions need one. */
export interface RtcUserLike {
  /** The number, or the name, that the user joined with. */
  uid: string | number
}

/**
 * What is needed of an RTC client: `agora-rtc-sdk-ng`'s, `agora-rtc-react`'s, or a test double. Nothing is called but `on`
 * and `off`.
 *
 * @see {@link https://docs.agora.io/en/video-calling/reference/api | the vendor's client}
 */
export interface RtcClientLike {
  /** Listens to what arrives on data streams: the captions of the bot, and other apps' data. */
  on(event: 'stream-message', listener: (uid: string | number, payload: Uint8Array) => void): void
  /** Listens to users who leave, the bot among them. */
  on(event: 'user-left', listener: (user: RtcUserLike) => void): void
  /** Ends what `on` began. */
  off(event: 'stream-message', listener: (uid: string | number, payload: Uint8Array) => void): void
  /** Ends what `on` began. */
  off(event: 'user-left', listener: (user: RtcUserLike) => void): void
}
