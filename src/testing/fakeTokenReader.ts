import type { Inflate } from '../agora/accessToken.js'

/** What an AccessToken2 says, and what signs it. */
export interface SignedToken {
  /** 32 hex characters. */
  appId: string
  /** Epoch ms: `issueTs + expire`. The service counts 0 and more than 24 h as 24 h. */
  expiresAt: number
  /** Signed with the app certificate, thus checkable by the service alone. */
  signature: Uint8Array
  /** The bytes that {@link signature} signs. */
  signedBytes: Uint8Array
  /** Unix seconds. */
  issueTs: number
  salt: number
  services: readonly SignedService[]
}

/** One service of a token, as far as its layout is known. */
interface SignedService {
  /** 1 RTC, 2 RTM, … */
  type: number
  /** Privilege number to seconds after issue (0: no limit of its own). */
  privileges: ReadonlyMap<number, number>
  /** RTC: channel and uid; RTM: user id. An empty uid stands for every uid. */
  strings: readonly string[]
}

export const RTC_SERVICE = 1

/** By service type: RTC, RTM, streaming, FPA, chat, FCDN, ConvoAI, STT. A service carries no length. */
const STRINGS_AFTER_PRIVILEGES: Readonly<Record<number, number>> = {
  [RTC_SERVICE]: 2,
  2: 1,
  3: 2,
  4: 0,
  5: 1,
  6: 2,
  9: 0,
  10: 0,
}

const MAX_LIFETIME_SECONDS = 86_400

/** Reads a token; null for anything it cannot read. It stops at the first service of unknown layout. */
export async function readSignedToken(
  token: string,
  inflate: Inflate,
): Promise<SignedToken | null> {
  if (!token.startsWith('007')) return null
  try {
    const packed = Uint8Array.from(atob(token.slice(3)), (character) => character.charCodeAt(0))
    return parse(await inflate(packed))
  } catch {
    return null
  }
}

function parse(content: Uint8Array): SignedToken {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength)
  let position = 0
  const move = (bytes: number) => {
    position += bytes
    return position - bytes
  }
  const uint16 = () => view.getUint16(move(2), true)
  const uint32 = () => view.getUint32(move(4), true)
  const block = () => {
    const length = uint16()
    return new Uint8Array(content.buffer, content.byteOffset + move(length), length)
  }
  const text = () => new TextDecoder().decode(block())

  const signature = block()
  const signedBytes = content.subarray(position)
  const appId = text()
  const issueTs = uint32()
  const expireSeconds = uint32()
  const salt = uint32()
  const expiresTs = issueTs + Math.min(expireSeconds || MAX_LIFETIME_SECONDS, MAX_LIFETIME_SECONDS)
  const services: SignedService[] = []
  try {
    for (let left = uint16(); left > 0; left--) {
      const type = uint16()
      const privileges = new Map<number, number>()
      for (let privilege = uint16(); privilege > 0; privilege--) privileges.set(uint16(), uint32())
      const strings = STRINGS_AFTER_PRIVILEGES[type]
      if (strings === undefined) break
      services.push({ type, privileges, strings: Array.from({ length: strings }, text) })
    }
  } catch {
    // A tail that cannot be read takes nothing from the services before it.
  }
  return { appId, expiresAt: expiresTs * 1000, signature, signedBytes, issueTs, salt, services }
}
