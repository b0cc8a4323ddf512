/** What a client needs to know of an AccessToken2. */
export interface AccessTokenContent {
  /** Epoch ms. */
  expiresAt: number
  /** Of the RTC service; `'*'` stands for every channel. null: the token has no RTC service. */
  channel: string | null
  /** Of the RTC service; `''` stands for every uid. */
  uid: string
}

/**
 * Undoes zlib's deflate. Rejects what is no such stream.
 *
 * @param bytes a zlib stream
 */
export type Inflate = (bytes: Uint8Array) => Promise<Uint8Array>

const RTC_SERVICE = 1
const MAX_LIFETIME_SECONDS = 86_400

/**
 * Reads an AccessToken2 (`007…`). Resolves null for anything it cannot read: whether a token is good is the service's
 * to say. Services are ordered by type, so the RTC service, where there is one, comes first; the others do not matter.
 *
 * @see https://docs.agora.io/en/video-calling/token-authentication/deploy-token-server
 */
export async function readAccessToken(
  token: string,
  inflate: Inflate,
): Promise<AccessTokenContent | null> {
  if (!token.startsWith('007')) return null
  try {
    const packed = Uint8Array.from(atob(token.slice(3)), (character) => character.charCodeAt(0))
    const content = await inflate(packed)
    const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
    let position = 0
    const skip = (bytes: number) => {
      position += bytes
      return position - bytes
    }
    const uint16 = () => view.getUint16(skip(2), true)
    const uint32 = () => view.getUint32(skip(4), true)
    const text = () => {
      const start = skip(uint16())
      return new TextDecoder().decode(content.subarray(start, position))
    }
    // The signature, and the app id.
    skip(uint16())
    skip(uint16())
    const issuedAt = uint32()
    const lifetime = Math.min(uint32() || MAX_LIFETIME_SECONDS, MAX_LIFETIME_SECONDS)
    // The salt.
    skip(4)
    const isRtc = uint16() > 0 && uint16() === RTC_SERVICE
    // Each privilege is a number and a time.
    if (isRtc) skip(uint16() * 6)
    return {
      expiresAt: (issuedAt + lifetime) * 1000,
      channel: isRtc ? text() : null,
      uid: isRtc ? text() : '',
    }
  } catch {
    return null
  }
}

/** {@link Inflate} by the platform's own `DecompressionStream`. */
export const inflateStream: Inflate = async (bytes) => {
  const packed = new Response(bytes as Uint8Array<ArrayBuffer>).body as ReadableStream
  const inflated = packed.pipeThrough(new DecompressionStream('deflate'))
  return new Uint8Array(await new Response(inflated).arrayBuffer())
}
