import { gzipSync } from 'node:zlib'
import type { CaptionMessage } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { decodeCaption } from '../../src/captions/decodeCaption.ts'
import { holdsText } from '../../src/captions/holdsText.ts'
import { readJsonCaption } from '../../src/captions/readJsonCaption.ts'
import { SeededRandom } from '../simulation/seededRandom.ts'
import { damagedBytes } from './damagedBytes.ts'
import { decodeVendorText } from './vendorSchema.ts'

const COUNT = Number(process.env.STT_FUZZ ?? 100_000)
const SEED = process.env.STT_SEED ?? 'captions'

test('behaviour: what is a caption, a strict protobufjs reads as the same', () => {
  const random = new SeededRandom(SEED)
  const wrong: string[] = []
  let captions = 0
  let refused = 0
  const before = process.memoryUsage().arrayBuffers
  for (let index = 0; index < COUNT; index++) {
    const bytes = damagedBytes(random)
    const message = decodeCaption(bytes)
    const theirs = readByProtobufjs(bytes)
    if (message === null) {
      if (theirs) refused += 1
      continue
    }
    captions += 1
    if (said(message) !== said(theirs)) wrong.push(toHex(bytes))
  }
  expect(wrong).toEqual([])
  expect(captions).toBeGreaterThan(COUNT / 10)
  expect(captions).toBeLessThan(COUNT / 2)
  // protobufjs skips numbers of any length.
  expect(refused).toBeLessThan(COUNT / 1_000)
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
})

test('behaviour: damaged gzip, and JSON of anything else, is null and never rejects', async () => {
  const random = new SeededRandom(SEED)
  const wrong: string[] = []
  for (let index = 0; index < COUNT / 100; index++) {
    const bytes = damagedBytes(random)
    const text = `${String.fromCharCode(...bytes)}.`
    const caption = pack({ transcript: { uid: 7, text } })
    const read = JSON.stringify(await readJsonCaption(caption))
    if (read === 'null') wrong.push(toHex(caption))
    // The header's first bytes, the deflate stream and the checksum: nothing guards the rest.
    const at = random.pick([random.between(0, 2), random.between(10, caption.length - 5)])
    const flipped = caption.slice()
    flipped[at] = (caption[at] ?? 0) ^ (1 << random.between(0, 7))
    // A stream's last byte has bits that mean nothing.
    const flippedRead = JSON.stringify(await readJsonCaption(flipped))
    if (flippedRead !== 'null' && flippedRead !== read) wrong.push(toHex(flipped))
    const others = [text, bytes, { transcript: text }, { transcript: { text, results: [bytes] } }]
    const garbage = Uint8Array.from([0x1f, 0x8b, ...bytes])
    for (const one of [caption.slice(0, at), garbage, pack(random.pick(others))]) {
      if ((await readJsonCaption(one)) !== null) wrong.push(toHex(one))
    }
  }
  expect(wrong).toEqual([])
})

const pack = (value: unknown) => Uint8Array.from(gzipSync(JSON.stringify(value)))
const toHex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

type Said = Pick<CaptionMessage, 'words' | 'trans'>

const said = (message: Said | null) => JSON.stringify(message && [message.words, message.trans])

function readByProtobufjs(bytes: Uint8Array): Said | null {
  try {
    const { words, trans, original_transcript: original } = decodeVendorText(bytes)
    const message = {
      uid: '',
      words: words.map(toWord),
      trans: trans.map(({ is_final: isFinal, lang, texts }) => ({ isFinal, lang, texts })),
      originalTranscript: original ? { words: original.words.map(toWord) } : undefined,
    }
    return holdsText(message) ? message : null
  } catch {
    return null
  }
}

function toWord(word: ReturnType<typeof decodeVendorText>['words'][number]) {
  const { text, start_ms: startMs, duration_ms: durationMs, is_final: isFinal } = word
  return { text, startMs, durationMs, isFinal }
}
