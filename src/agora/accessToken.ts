/** What anybody can read from an AccessToken2 without the app certificate. */
export interface AccessTokenContent {
  /** 32 hex characters. */
  appId: string
  /** Epoch ms. */
  issuedAt: number
  /** Epoch ms: `issueTs + expire`. The service counts 0 and more than 24 h as 24 h. */
  expiresAt: number
  /** Signed with the app certificate, thus checkable by the service alone. */
  signature: Uint8Array
  /** The bytes that {@link signature} signs. */
  signedBytes: Uint8Array
  /** Unix seconds. */
  issueTs: number
  salt: number
  services: readonly AccessTokenService[]
}

/** One service of a token, as far as its layout is known. */
export interface AccessTokenService {
  /** 1 RTC, 2 RTM, … */
  type: number
  /** Privilege number to seconds after issue (0: no limit of its own). */
  privileges: ReadonlyMap<number, number>
  /** RTC only. */
  channel?: string
  /** RTC and RTM; `''` stands for every uid. */
  uid?: string
}

/** Undoes zlib's deflate. */
export type Inflate = (bytes: Uint8Array) => Promise<Uint8Array>

export const RTC_SERVICE = 1
const RTM_SERVICE = 2
const STREAMING_SERVICE = 3
const CHAT_SERVICE = 5
const FCDN_SERVICE = 6
/** FPA, ConvoAI and STT have privileges and nothing else. */
const SERVICES_WITHOUT_TAIL: ReadonlySet<number> = new Set([4, 9, 10])

const MAX_LIFETIME_SECONDS = 86_400

/**
 * Reads an AccessToken2 (`007…`). Resolves null for anything it cannot read: whether a token is good is the service's
 * to say. Services carry no length, so reading stops at the first unknown type and keeps what came before.
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
    return parseContent(await inflate(packed))
  } catch {
    return null
  }
}

function parseContent(content: Uint8Array): AccessTokenContent {
  const reader = new ByteReader(content)
  const signature = reader.bytes()
  const signedBytes = content.subarray(reader.position)
  const appId = reader.text()
  const issueTs = reader.uint32()
  const expireSeconds = reader.uint32()
  const salt = reader.uint32()
  const lifetimeSeconds =
    expireSeconds === 0 ? MAX_LIFETIME_SECONDS : Math.min(expireSeconds, MAX_LIFETIME_SECONDS)
  return {
    appId,
    issuedAt: issueTs * 1000,
    expiresAt: (issueTs + lifetimeSeconds) * 1000,
    signature,
    signedBytes,
    issueTs,
    salt,
    services: parseServices(reader),
  }
}

function parseServices(reader: ByteReader): AccessTokenService[] {
  const services: AccessTokenService[] = []
  const count = reader.uint16()
  try {
    while (services.length < count) {
      const type = reader.uint16()
      const privileges = new Map<number, number>()
      for (let left = reader.uint16(); left > 0; left--) {
        privileges.set(reader.uint16(), reader.uint32())
      }
      const service: AccessTokenService = { type, privileges }
      if (type === RTC_SERVICE) {
        service.channel = reader.text()
        service.uid = reader.text()
      } else if (type === RTM_SERVICE || type === CHAT_SERVICE) {
        service.uid = reader.text()
      } else if (type === STREAMING_SERVICE || type === FCDN_SERVICE) {
        reader.text()
        reader.text()
      } else if (!SERVICES_WITHOUT_TAIL.has(type)) {
        break
      }
      services.push(service)
    }
  } catch {
    // A tail that cannot be read takes nothing from the services before it.
  }
  return services
}

class ByteReader {
  position = 0
  readonly #view: DataView
  readonly #content: Uint8Array

  constructor(content: Uint8Array) {
    this.#content = content
    this.#view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  }

  uint16(): number {
    this.position += 2
    return this.#view.getUint16(this.position - 2, true)
  }

  uint32(): number {
    this.position += 4
    return this.#view.getUint32(this.position - 4, true)
  }

  bytes(): Uint8Array {
    const length = this.uint16()
    if (this.position + length > this.#content.length) throw new RangeError('Ends early.')
    this.position += length
    return this.#content.subarray(this.position - length, this.position)
  }

  text(): string {
    return new TextDecoder().decode(this.bytes())
  }
}

/** {@link Inflate} by the platform's own `DecompressionStream`. */
export const inflateStream: Inflate = async (bytes) => {
  const { readable, writable } = new DecompressionStream('deflate')
  const writer = writable.getWriter()
  const written = writer.write(bytes as Uint8Array<ArrayBuffer>).then(() => writer.close())
  const [inflated] = await Promise.all([new Response(readable).arrayBuffer(), written])
  return new Uint8Array(inflated)
}
