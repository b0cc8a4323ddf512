/** The revisions of the caption bot that differ in what they send; {@link CaptionWire.version} says how. */
export type CaptionWireVersion = 'v5' | 'v6' | 'v7.0' | 'v7.2' | 'v7.2.3'

/** How a simulated caption bot sends. */
export interface CaptionWire {
  /**
   * What it is able to send:
   * - `'v5'`: nothing but `seqnum` tells what is newer. One final text a sentence, as in v6 and v7.0.
   * - `'v6'`: `text_ts`, the same for a text and its translations; languages.
   * - `'v7.0'`: no `seqnum`.
   * - `'v7.2'`: sentences have ids, and may become final in pieces; neither in JSON.
   * - `'v7.2.3'`: a message may hold several pieces: final ones, and what follows them.
   */
  version: CaptionWireVersion
  /** JSON exists from v7.0 on. @defaultValue `'protobuf'` */
  format: 'protobuf' | 'json'
  /** Whether pieces that are final come again with those that follow, or the others alone. @defaultValue `'again'` */
  prefix: 'again' | 'tail'
  /** Whether a piece tells when it begins. Before v7.2.3 JSON always does. @defaultValue `true` */
  hasStarts: boolean
  /** Whether the whole sentence comes once more when it is final. @defaultValue `false` */
  hasWholeAtEnd: boolean
  /** Whether translations bring along what was said; from v7.0 on. @defaultValue `true` */
  hasOriginal: boolean
}

/** A revision, by itself or with the habits of its recogniser. */
export type CaptionWireOption =
  | CaptionWireVersion
  | (Pick<CaptionWire, 'version'> & Partial<CaptionWire>)

const VERSIONS: readonly CaptionWireVersion[] = ['v5', 'v6', 'v7.0', 'v7.2', 'v7.2.3']

/** Whether a wire is of this version, or of a later one. */
export const isSince = (wire: CaptionWire, version: CaptionWireVersion) =>
  VERSIONS.indexOf(wire.version) >= VERSIONS.indexOf(version)

/** Whether sentences have ids. */
export const hasSentenceIds = (wire: CaptionWire) =>
  isSince(wire, wire.format === 'json' ? 'v7.2.3' : 'v7.2')

export function toCaptionWire(option: CaptionWireOption): CaptionWire {
  const wire: CaptionWire = {
    format: 'protobuf',
    prefix: 'again',
    hasStarts: true,
    hasWholeAtEnd: false,
    hasOriginal: true,
    ...(typeof option === 'string' ? { version: option } : option),
  }
  if (!VERSIONS.includes(wire.version)) throw new RangeError(`No caption bot has ${wire.version}.`)
  if (wire.format === 'json' && !isSince(wire, 'v7.0')) {
    throw new RangeError(`The caption bot of ${wire.version} knows no JSON.`)
  }
  return wire
}
