/** A user of the channel, as far as captions need one. */
export interface RtcUserLike {
  uid: string | number
}

/**
 * What is needed of an RTC client: `agora-rtc-sdk-ng`'s, `agora-rtc-react`'s, or a test double.
 *
 * @see {@link https://docs.agora.io/en/video-calling/reference/api | the vendor's client}
 */
export interface RtcClientLike {
  on(event: 'stream-message', listener: (uid: string | number, payload: Uint8Array) => void): void
  on(event: 'user-left', listener: (user: RtcUserLike) => void): void
  off(event: 'stream-message', listener: (uid: string | number, payload: Uint8Array) => void): void
  off(event: 'user-left', listener: (user: RtcUserLike) => void): void
}
