/** Two of them take as long to read as a word: none of these scripts puts spaces between words. */
const UNSPACED =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Thai}\p{scx=Lao}\p{scx=Khmr}\p{scx=Mymr}]/gu
const MIN_READING_MS = 2_000
const MAX_READING_MS = 8_000

/** How long somebody needs for a text, who also looks at the call. */
export function readingMs(text: string, wordsPerMinute: number): number {
  const characters = text.match(UNSPACED)?.length ?? 0
  const words = text.replace(UNSPACED, ' ').split(/\s+/).filter(Boolean).length
  const ms = ((words + characters / 2) * 60_000) / wordsPerMinute
  return Math.min(Math.max(ms, MIN_READING_MS), MAX_READING_MS)
}
