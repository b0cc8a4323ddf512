import * as z from 'zod/mini'
import type { CaptionMessage } from './captionMessage.js'
import { gunzipText } from './gunzipText.js'
import { holdsText } from './holdsText.js'
import { jsonCaption } from './jsonCaption.js'
import { toCaptionBytes } from './toCaptionBytes.js'
import { type JsonMessage, toSentences } from './toSentences.js'

const MAX_JSON_BYTES = 1_048_576

/**
 * Reads a message of the caption bot in gzipped JSON, of any version. It can be about several sentences, or none: then it
 * only repeats what another said. null: these bytes are no caption. Never rejects.
 */
export async function readJsonCaption(bytes: Uint8Array): Promise<CaptionMessage[] | null> {
  try {
    const own = toCaptionBytes(bytes)
    return own && read(JSON.parse(await gunzipText(own, MAX_JSON_BYTES)))
  } catch {
    return null
  }
}

function read(json: unknown): CaptionMessage[] | null {
  const { transcript, translation } = z.parse(jsonCaption, json)
  const bodies: JsonMessage[] = []
  if (transcript) bodies.push({ body: transcript, spoken: transcript, translated: [] })
  if (translation) {
    const { original_transcript: spoken, results } = translation
    bodies.push({ body: translation, spoken, translated: results ?? [] })
  }
  // v7.2.3 sends a message again without its segments: what else it holds is known already.
  const news = bodies.filter(({ body }) => body.results?.length !== 0)
  const messages = news.flatMap(toSentences).filter(holdsText)
  return messages.length > 0 || news.length < bodies.length ? messages : null
}
