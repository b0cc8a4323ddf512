import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  type CaptionLine,
  createTranscript,
  type RtcClientLike,
  type Transcript,
} from 'react-realtime-stt/core'
import { createFakeRtcClient, encodeCaption, playConversation } from 'react-realtime-stt/testing'
import { expect, test, vi } from 'vitest'
import { loadRun } from './loadRun.ts'
import { BOT_UID, speakBriefly } from './speakBriefly.ts'

const linesOf = (transcript: Transcript): CaptionLine[] =>
  transcript.getIds().flatMap((id) => transcript.getLine(id) ?? [])

test('default: subtitles of a recording begin with it', async () => {
  const { toSubtitles } = await loadRun<{
    toSubtitles(lines: readonly CaptionLine[], recordingBeganAt: number): string
  }>('subtitles')
  const lines = linesOf(speakBriefly(createTranscript()))
  const srt = toSubtitles(lines, (lines[0]?.startedAt ?? 0) - 60_000)
  expect(srt).toMatch(/^1\n00:01:00,000 --> .*\n7: Good morning\.\n.*Guten Morgen\./)
})

test('default: what was pruned is in the file, too', async () => {
  const { exportAll, transcript } = await loadRun<{ exportAll(): string; transcript: Transcript }>(
    'export-all',
  )
  const said = Array.from({ length: 1_002 }, (_, index) => ({
    uid: '7',
    text: `Sentence ${index}.`,
    startMs: index * 1_000,
    durationMs: 900,
  }))
  for (const { message, from } of playConversation(said)) transcript.ingest(message, from)
  transcript.endSession(String(BOT_UID))
  expect(transcript.getIds()).toHaveLength(1_000)
  expect(exportAll().match(/Sentence \d+\./g)).toHaveLength(1_002)
})

test('default: an export that was given up is null', async () => {
  const { exportUntil } = await loadRun<{
    exportUntil(transcript: Transcript, signal: AbortSignal): Promise<Blob | null>
  }>('export-until')
  const transcript = speakBriefly(createTranscript())
  const file = await exportUntil(transcript, new AbortController().signal)
  expect(JSON.parse((await file?.text()) ?? '')).toHaveLength(2)
  expect(await exportUntil(transcript, AbortSignal.abort())).toBeNull()
})

test('default: a server saves chunks', async () => {
  const { save } = await loadRun<{
    save(lines: Iterable<CaptionLine>, path: string): Promise<void>
  }>('save')
  const folder = mkdtempSync(join(tmpdir(), 'realtime-stt-'))
  const path = join(folder, 'standup.json')
  await save(linesOf(speakBriefly(createTranscript())), path)
  expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject([{ uid: '7' }, { uid: '8' }])
  rmSync(folder, { recursive: true })
})

test('default: without React, a transcript is followed until it is let go', async () => {
  const { follow } = await loadRun<{
    follow(rtcClient: RtcClientLike, show: (text: string) => void): () => void
  }>('follow')
  const rtcClient = createFakeRtcClient()
  const shown: string[] = []
  const end = follow(rtcClient, (text) => shown.push(text))
  const bytes = encodeCaption({ uid: '7', textTs: 1, sentenceId: '1', words: [{ text: 'Hello' }] })
  rtcClient.sendStreamMessage(BOT_UID, bytes)
  await vi.waitFor(() => expect(shown).toEqual(['Hello']))
  end()
  expect(rtcClient.listenerCount('stream-message')).toBe(0)
})

test('default: the style sheet can be imported', async () => {
  await expect(loadRun('style-sheet')).resolves.toBeDefined()
})
