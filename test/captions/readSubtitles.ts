import { parse } from '@plussub/srt-vtt-parser'
import * as captions from 'media-captions'

// Declarations of both packages name their files without an ending, which Node's rules do not resolve.
interface MediaCue {
  startTime: number
  endTime: number
  text: string
}

type MediaNode =
  | { type: 'text'; data: string }
  | { type: 'v'; voice?: string; children: readonly MediaNode[] }
  | { type: 'c'; children: readonly MediaNode[] }

const { parseText, tokenizeVTTCue } = captions as unknown as {
  parseText(
    text: string,
    options: { type: string; strict: boolean },
  ): Promise<{ cues: readonly MediaCue[]; errors: readonly Error[] }>
  tokenizeVTTCue(cue: MediaCue): readonly MediaNode[]
}

interface PlussubEntry {
  from: number
  to: number
  text: string
}

/** A cue as another program reads it. */
export interface ReadCue {
  startMs: number
  endMs: number
  /** Empty where the cue names nobody; in SubRip always. */
  speaker: string
  text: string
}

export type SubtitleReader = (file: string, type: 'vtt' | 'srt') => Promise<ReadCue[]>

/** `media-captions`, which knows the tags of WebVTT. Complains of what it cannot read. */
const byMediaCaptions: SubtitleReader = async (file, type) => {
  const { cues, errors } = await parseText(file, { type, strict: type === 'vtt' })
  if (errors.length > 0) throw errors[0]
  return cues.map((cue) => ({
    startMs: Math.round(cue.startTime * 1_000),
    endMs: Math.round(cue.endTime * 1_000),
    ...(type === 'vtt' ? toSaid(cue) : { speaker: '', text: cue.text }),
  }))
}

function toSaid(cue: MediaCue) {
  const nodes = tokenizeVTTCue(cue)
  const [voice] = nodes.flatMap((node) => (node.type === 'v' ? [node.voice] : []))
  return { speaker: voice ?? '', text: nodes.map(toPlain).join('') }
}

function toPlain(node: MediaNode): string {
  return node.type === 'text' ? node.data : node.children.map(toPlain).join('')
}

/** `@plussub/srt-vtt-parser`, which leaves the text of cues alone. */
export const byPlussub: SubtitleReader = async (file, type) => {
  const { entries }: { entries: readonly PlussubEntry[] } = parse(file)
  return entries.map(({ from, to, text }) => {
    const times = { startMs: from, endMs: to }
    if (type === 'srt') return { ...times, speaker: '', text }
    const [, voice = '', said = text] = /^<v ([^>]*)>(.*)$/s.exec(text) ?? []
    return { ...times, speaker: toUnescaped(voice), text: toUnescaped(said) }
  })
}

const CHARACTERS: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' }

function toUnescaped(text: string): string {
  if (/[<>]/.test(text)) throw new Error(`a tag that nobody wrote: ${text}`)
  return text.replace(/&\w*;?/g, (entity) => {
    const character = CHARACTERS[entity]
    if (!character) throw new Error(`an entity that nobody wrote: ${entity}`)
    return character
  })
}

export const READERS: readonly (readonly [name: string, read: SubtitleReader])[] = [
  ['media-captions', byMediaCaptions],
  ['@plussub/srt-vtt-parser', byPlussub],
]
