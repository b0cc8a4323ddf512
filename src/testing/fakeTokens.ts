import type { Inflate } from '../agora/accessToken.js'
import type { FakeRandom } from './fakeRandom.js'
import { RTC_SERVICE, readSignedToken, type SignedToken } from './fakeTokenReader.js'
import { deflateStored, inflateStored } from './storedZlib.js'

const RTM_SERVICE = 2
const JOIN_CHANNEL = 1
const RTC_PRIVILEGES = [JOIN_CHANNEL, 2, 3, 4]
const RTM_LOGIN = 1
const SIGNATURE_BYTES = 32
const MAX_SALT = 99_999_999
const DEFAULT_LIFETIME_SECONDS = 3600

/** What {@link FakeAgora.mintToken} is asked for. */
export interface FakeTokenRequest {
  /** The channel that the token is for. */
  channel: string
  /** Whom the token is for. @defaultValue `'0'`, which serves every uid */
  uid?: string
  /**
   * Seconds from now. 0 and less make a token that has expired already; the service counts more than 86,400 as 86,400.
   * @defaultValue `3600`
   */
  expiresInSeconds?: number
}

type TokenVerdict = 'valid' | 'invalid' | 'expired'

/** The token side of the service: an AccessToken2 builder and judge for one app. */
export interface FakeTokens {
  mint(request: FakeTokenRequest): Promise<string>
  /** How the REST gateway judges a token. Which services it holds is not documented to matter. */
  judge(token: string): Promise<TokenVerdict>
  /** Could a bot join the channel with this token? The REST API answers 200 either way. */
  admits(token: unknown, channel: string, uid: string): Promise<boolean>
}

interface FakeTokensOptions {
  appId: string
  appCertificate: string
  mode: 'signed' | 'plain'
  now: () => number
  random: FakeRandom
}

export function fakeTokens(options: FakeTokensOptions): FakeTokens {
  const { appId, appCertificate, mode, now, random } = options
  const isPlain = mode === 'plain'
  const inflate: Inflate = isPlain
    ? inflateStored
    : (bytes) => passThrough(new DecompressionStream('deflate'), bytes)

  async function read(token: string) {
    const content = await readSignedToken(token, inflate)
    if (content?.appId !== appId) return null
    return isPlain || (await isSigned(content, appCertificate)) ? content : null
  }

  return {
    async mint(request) {
      const salt = random.upTo(MAX_SALT)
      const times = lifetime(Math.floor(now() / 1000), request.expiresInSeconds)
      const signedBytes = signingInfo(appId, times, salt, request)
      const signature = isPlain
        ? new Uint8Array(SIGNATURE_BYTES)
        : await sign(signedBytes, appCertificate, times.issueTs, salt)
      const content = new ByteWriter().block(signature).raw(signedBytes).bytes()
      return `007${toBase64(isPlain ? deflateStored(content) : await passThrough(new CompressionStream('deflate'), content))}`
    },

    async judge(token) {
      const content = await read(token)
      if (content === null) return 'invalid'
      return content.expiresAt <= now() ? 'expired' : 'valid'
    },

    async admits(token, channel, uid) {
      const content = typeof token === 'string' ? await read(token) : null
      if (content === null || content.expiresAt <= now()) return false
      return content.services.some((service) => {
        if (service.type !== RTC_SERVICE) return false
        const joinSeconds = service.privileges.get(JOIN_CHANNEL)
        if (joinSeconds === undefined) return false
        const mayJoin = joinSeconds === 0 || (content.issueTs + joinSeconds) * 1000 > now()
        const [ofChannel, ofUid] = service.strings
        const forChannel = ofChannel === channel || ofChannel === '*'
        return mayJoin && forChannel && (ofUid === uid || ofUid === '')
      })
    },
  }
}

interface TokenTimes {
  issueTs: number
  expire: number
}

/** An expired token needs an issue in the past: `expire` is relative to it and unsigned. */
function lifetime(nowTs: number, expiresInSeconds = DEFAULT_LIFETIME_SECONDS): TokenTimes {
  const expiresInWhole = Math.floor(expiresInSeconds)
  if (expiresInWhole > 0) return { issueTs: nowTs, expire: expiresInWhole }
  const expiryTs = nowTs + expiresInWhole
  if (expiryTs < 1) throw new RangeError('A token cannot have expired before 1970-01-01 00:00:01.')
  const expire = Math.min(DEFAULT_LIFETIME_SECONDS, expiryTs)
  return { issueTs: expiryTs - expire, expire }
}

function signingInfo(appId: string, times: TokenTimes, salt: number, request: FakeTokenRequest) {
  const uid = request.uid ?? '0'
  return new ByteWriter()
    .text(appId)
    .uint32(times.issueTs)
    .uint32(times.expire)
    .uint32(salt)
    .uint16(2)
    .service(RTC_SERVICE, RTC_PRIVILEGES)
    .text(request.channel)
    .text(uid === '0' ? '' : uid)
    .service(RTM_SERVICE, [RTM_LOGIN])
    .text(uid)
    .bytes()
}

async function isSigned(content: SignedToken, appCertificate: string): Promise<boolean> {
  const expected = await sign(content.signedBytes, appCertificate, content.issueTs, content.salt)
  return (
    content.signature.length === expected.length &&
    expected.every((byte, index) => byte === content.signature[index])
  )
}

async function sign(bytes: Uint8Array, appCertificate: string, issueTs: number, salt: number) {
  const certificate = new TextEncoder().encode(appCertificate)
  const byIssue = await hmac(new ByteWriter().uint32(issueTs).bytes(), certificate)
  const bySalt = await hmac(new ByteWriter().uint32(salt).bytes(), byIssue)
  return await hmac(bySalt, bytes)
}

async function hmac(key: Uint8Array, message: Uint8Array): Promise<Uint8Array> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' }
  const imported = await crypto.subtle.importKey('raw', new Uint8Array(key), algorithm, false, [
    'sign',
  ])
  return new Uint8Array(await crypto.subtle.sign('HMAC', imported, new Uint8Array(message)))
}

/** By a writer and not by `Blob.stream()`, which jsdom's `Blob` lacks. */
async function passThrough(
  stream: CompressionStream | DecompressionStream,
  bytes: Uint8Array,
): Promise<Uint8Array> {
  const writer = stream.writable.getWriter()
  const [output] = await Promise.all([
    new Response(stream.readable).arrayBuffer(),
    writer.write(new Uint8Array(bytes)),
    writer.close(),
  ])
  return new Uint8Array(output)
}

function toBase64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}

/** AccessToken2 is little-endian throughout. */
class ByteWriter {
  readonly #bytes: number[] = []

  uint16(value: number): this {
    this.#bytes.push(value & 0xff, (value >>> 8) & 0xff)
    return this
  }

  uint32(value: number): this {
    return this.uint16(value & 0xffff).uint16(value >>> 16)
  }

  raw(bytes: Uint8Array): this {
    for (const byte of bytes) this.#bytes.push(byte)
    return this
  }

  block(bytes: Uint8Array): this {
    return this.uint16(bytes.length).raw(bytes)
  }

  text(text: string): this {
    return this.block(new TextEncoder().encode(text))
  }

  /** Type and privileges, none of which ends before the token itself. */
  service(type: number, privileges: readonly number[]): this {
    this.uint16(type).uint16(privileges.length)
    for (const privilege of privileges) this.uint16(privilege).uint32(0)
    return this
  }

  bytes(): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(this.#bytes)
  }
}
