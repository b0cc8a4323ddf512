import type { FakeTask, PlayedCaption, playConversation } from 'react-realtime-stt/testing'
import type { RtcNews } from '../protocol.ts'
import { CONVERSATION_MS, conversation } from './conversation.ts'

/** The caption bots of the simulated service: one for each task that runs, in the channel of the task. */
export interface CaptionBots {
  /** Lets bots join and leave, and sends what is due. */
  follow(tasks: readonly FakeTask[]): void
  /** Every bot leaves, and every conversation begins anew. */
  reset(): void
}

interface CaptionBotsOptions {
  play: typeof playConversation
  /** Tells everybody in a channel. */
  send: (news: RtcNews) => void
  /** Epoch ms. */
  now: () => number
}

interface CaptionBot {
  channel: string
  uid: string
  captions: Generator<DueCaption, never>
  next: DueCaption
}

interface DueCaption {
  /** Epoch ms. */
  at: number
  caption: PlayedCaption
}

/** What is later than that was held up by a computer that slept. */
const MAX_LATE_MS = 5_000
const BOT_DISTANCE_MS = 70
const MAX_BOT_DELAY_MS = 300

export function createCaptionBots({ play, send, now }: CaptionBotsOptions): CaptionBots {
  /** By task. */
  const bots = new Map<string, CaptionBot>()
  /** When people began to talk, by channel. They go on while nobody writes it down. */
  const beganAt = new Map<string, number>()
  let botCount = 0

  const isThere = (channel: string, uid: string) =>
    [...bots.values()].some((bot) => bot.channel === channel && bot.uid === uid)

  function join(task: FakeTask): void {
    const { taskId, channel, botUid: uid } = task
    const began = beganAt.get(channel) ?? now()
    beganAt.set(channel, began)
    botCount += 1
    const captions = hear(task, { play, seed: botCount, beganAt: began, from: now() })
    bots.set(taskId, { channel, uid, captions, next: captions.next().value })
  }

  function leave(taskId: string, { channel, uid }: CaptionBot): void {
    bots.delete(taskId)
    if (!isThere(channel, uid)) send({ type: 'user-left', channel, uid })
  }

  function sendDue(bot: CaptionBot): void {
    const { channel, uid } = bot
    for (; bot.next.at <= now(); bot.next = bot.captions.next().value) {
      const { at, caption } = bot.next
      if (at < now() - MAX_LATE_MS) continue
      const payload = Buffer.from(caption.bytes).toString('base64')
      send({ type: 'stream-message', channel, uid, speaker: caption.message.uid, payload })
    }
  }

  return {
    follow(tasks) {
      // Without a good token for its bot, a task is billed and transcribes nothing.
      const heard = new Map(tasks.filter((one) => one.transcribes).map((one) => [one.taskId, one]))
      for (const [taskId, bot] of bots) if (!heard.has(taskId)) leave(taskId, bot)
      for (const [taskId, task] of heard) if (!bots.has(taskId)) join(task)
      for (const bot of bots.values()) sendDue(bot)
    },
    reset() {
      for (const [taskId, bot] of bots) leave(taskId, bot)
      beganAt.clear()
      botCount = 0
    },
  }
}

interface Hearing {
  play: typeof playConversation
  /** Of each bot another one: two in a channel hear the same in their own way, and not at the same moment. */
  seed: number
  /** Epoch ms. */
  beganAt: number
  /** From when on it is heard, epoch ms. */
  from: number
}

/** What a task makes of a conversation that never ends. */
function* hear(
  task: FakeTask,
  { play, seed, beganAt, from }: Hearing,
): Generator<DueCaption, never> {
  const { api, botUid } = task
  const wire = api === 'v6' ? 'v6' : 'v7.2.3'
  const script = toScript(task)
  const first = Math.floor((from - beganAt) / CONVERSATION_MS)
  const delayMs = (seed * BOT_DISTANCE_MS) % MAX_BOT_DELAY_MS
  for (let epochAt = beganAt + delayMs + first * CONVERSATION_MS; ; epochAt += CONVERSATION_MS) {
    // Nothing is made of a sentence whose beginning was not heard.
    const heard = script.filter(({ startMs }) => epochAt + startMs >= from)
    for (const caption of play(heard, { seed, wire, epochAt, botUid })) {
      yield { at: epochAt + caption.atMs, caption }
    }
  }
}

/** The conversation in the languages that a task translates into. */
function toScript({ body }: FakeTask) {
  const { languages = [] } = Object(body.translateConfig) as { languages?: { target: string[] }[] }
  const targets = new Set(languages.flatMap(({ target }) => target))
  return conversation.map(({ translations = {}, ...sentence }) => ({
    ...sentence,
    translations: Object.fromEntries(
      Object.entries(translations).filter(([language]) => targets.has(language)),
    ),
  }))
}
