import { setTimeout as delay } from 'node:timers/promises'
import type { BenchReport } from '../benchReport.ts'
import { createConversation } from '../conversation.ts'
import { median } from '../median.ts'
import type { CaptionSystem, OpenCaptions } from './captionSystem.ts'
import { type CaptionUpdate, toUpdate } from './captionUpdate.ts'
import { type DailyReact, dailySystem } from './dailySystem.ts'
import { type LiveKitCore, livekitSystem } from './livekitSystem.ts'
import { ourSystem } from './ourSystem.ts'
import type { PeerReact } from './peerReact.ts'
import { type SonioxClient, type SonioxReact, sonioxSystem } from './sonioxSystem.ts'

/** What the peers' packages export. */
export interface PeerModules {
  react: PeerReact
  livekit: LiveKitCore
  daily: DailyReact
  sonioxReact: SonioxReact
  sonioxClient: SonioxClient
}

/** How many lines there are before, and how often that is measured, each time anew. */
const HISTORIES = [
  { lines: 100, rounds: 50 },
  { lines: 1_000, rounds: 15 },
  { lines: 10_000, rounds: 5 },
]
const NEW_SENTENCES = 10
const RENDER_MS = 5
const MAX_RENDER_MS = 10_000

interface Figures {
  system: CaptionSystem
  /** Of a message, by history. */
  microseconds: number[]
  /** At the end of the longest history. */
  entries: number
}

/** What a message costs the stores of others, and ours: the same messages, no rendering. */
export async function runPeersBench(modules: PeerModules): Promise<BenchReport> {
  const { react, livekit, daily, sonioxReact, sonioxClient } = modules
  const systems = [
    ourSystem('each message'),
    ourSystem('once'),
    livekitSystem(livekit),
    dailySystem(daily, react),
    sonioxSystem(sonioxReact, sonioxClient, react),
  ]
  const figures = systems.map((system): Figures => ({ system, microseconds: [], entries: 0 }))
  let messages = 0
  for (const { lines, rounds } of HISTORIES) {
    const { before, after } = toParts(lines)
    messages = after.length
    const samples = systems.map((): number[] => [])
    for (let round = 0; round < rounds; round += 1) {
      for (const [index, one] of figures.entries()) {
        const { microseconds, entries } = await measure(one.system, before, after)
        samples[index]?.push(microseconds)
        one.entries = entries
      }
    }
    for (const [index, one] of figures.entries())
      one.microseconds.push(median(samples[index] ?? []))
  }
  return { isGood: true, text: toText(figures, messages) }
}

/** The history as final texts alone, then what is measured: interims and finals, most of them interims. */
function toParts(lines: number): { before: CaptionUpdate[]; after: CaptionUpdate[] } {
  const played = createConversation(lines + NEW_SENTENCES, 0)
  const updates = played.map(({ message }) => toUpdate(message))
  const ids = [...new Set(updates.map(({ id }) => id))]
  const known = new Set(ids.slice(0, lines))
  return {
    before: updates.filter(({ id, isFinal }) => isFinal && known.has(id)),
    after: updates.filter(({ id }) => !known.has(id)),
  }
}

async function measure(
  system: CaptionSystem,
  before: readonly CaptionUpdate[],
  after: readonly CaptionUpdate[],
): Promise<{ microseconds: number; entries: number }> {
  const captions = await system.open()
  await captions.play(before)
  await waitForEntries(system, captions, before.length)
  const begunAt = performance.now()
  await captions.play(after)
  const ms = performance.now() - begunAt
  const entries = await waitForEntries(system, captions, before.length + NEW_SENTENCES)
  captions.close()
  return { microseconds: (ms * 1_000) / after.length, entries }
}

/** React renders when it likes. */
async function waitForEntries(
  { name }: CaptionSystem,
  captions: OpenCaptions,
  atLeast: number,
): Promise<number> {
  const until = performance.now() + MAX_RENDER_MS
  while (captions.count() < atLeast && performance.now() < until) await delay(RENDER_MS)
  const entries = captions.count()
  if (entries < atLeast) throw new Error(`${name} has ${entries} of ${atLeast} lines.`)
  return entries
}

function toText(figures: readonly Figures[], messages: number): string {
  const own = figures[0]?.microseconds ?? []
  const heads = HISTORIES.map(({ lines }) => `${lines} lines`.padStart(17)).join('')
  return [
    'A message into the store, in microseconds, by lines already there; in brackets: how many times the first row',
    `(${messages} messages of ${NEW_SENTENCES} sentences; medians; rendering not included)`,
    `${''.padEnd(38)}${heads}`,
    ...figures.map(({ system, microseconds }) => {
      const cells = microseconds.map((value, index) => {
        const ratio = value / (own[index] ?? value)
        return `${value.toFixed(1)} (${ratio.toFixed(1)})`.padStart(17)
      })
      return `${system.name.padEnd(38)}${cells.join('')}`
    }),
    ...figures.map(
      ({ system, entries }) =>
        `${system.name}: ${system.note}. At the end it has ${entries} entries.`,
    ),
  ].join('\n')
}
