import type {
  ConversationScript,
  FakeTask,
  PlayedCaption,
  playConversation,
} from 'react-realtime-stt/testing'
import type { RtcNews } from '../protocol.ts'
import type { Talk } from './createTalk.ts'

/** The caption bots of the simulated service: one for each task that runs, in the channel of the task. */
export interface CaptionBots {
  /** Lets bots join and leave, and sends what is due. */
  follow(tasks: readonly FakeTask[]): void
  /** Every bot leaves. */
  reset(): void
}

interface CaptionBotsOptions {
  play: typeof playConversation
  talk: Talk
  /** Tells everybody in a channel. */
  send: (news: RtcNews) => void
  /** Epoch ms. */
  now: () => number
}

interface CaptionBot {
  channel: string
  uid: string
  /** Of the talk. */
  round: Talk['round']
  seed: number
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

export function createCaptionBots({ play, talk, send, now }: CaptionBotsOptions): CaptionBots {
  /** By task. */
  const bots = new Map<string, CaptionBot>()
  let botCount = 0

  const isThere = (channel: string, uid: string) =>
    [...bots.values()].some((bot) => bot.channel === channel && bot.uid === uid)

  function join(task: FakeTask): void {
    botCount += 1
    bots.set(task.taskId, listen(task, botCount))
  }

  function listen(task: FakeTask, seed: number): CaptionBot {
    const { channel, botUid: uid } = task
    const { round } = talk
    const captions = hear(task, { play, seed, round, from: now() })
    return { channel, uid, round, seed, captions, next: captions.next().value }
  }

  function leave(taskId: string, { channel, uid }: CaptionBot): void {
    bots.delete(taskId)
    if (!isThere(channel, uid)) send({ type: 'user-left', channel, uid })
  }

  function sendDue(bot: CaptionBot): void {
    const { channel, uid } = bot
    for (; bot.next.at <= now(); bot.next = bot.captions.next().value) {
      const { at, caption } = bot.next
      if (at < now() - MAX_LATE_MS || !talk.isHeard(caption.message.uid)) continue
      const payload = Buffer.from(caption.bytes).toString('base64')
      send({ type: 'stream-message', channel, uid, payload })
    }
  }

  return {
    follow(tasks) {
      // Without a good token for its bot, a task is billed and transcribes nothing.
      const heard = new Map(tasks.filter((one) => one.transcribes).map((one) => [one.taskId, one]))
      for (const [taskId, bot] of bots) if (!heard.has(taskId)) leave(taskId, bot)
      for (const [taskId, task] of heard) {
        const bot = bots.get(taskId)
        if (!bot) join(task)
        else if (bot.round !== talk.round) bots.set(taskId, listen(task, bot.seed))
      }
      for (const bot of bots.values()) sendDue(bot)
    },
    reset() {
      for (const [taskId, bot] of bots) leave(taskId, bot)
      botCount = 0
    },
  }
}

interface Hearing {
  play: typeof playConversation
  /** Of each bot another one: two in a channel hear the same in their own way, and not at the same moment. */
  seed: number
  round: Talk['round']
  /** From when on it is heard, epoch ms. */
  from: number
}

/** What a task makes of a conversation that never ends. */
function* hear(task: FakeTask, { play, seed, round, from }: Hearing): Generator<DueCaption, never> {
  const { beganAt, conversation } = round
  const { lengthMs } = conversation
  const { api, botUid } = task
  const wire = api === 'v6' ? 'v6' : 'v7.2.3'
  const script = toScript(task, conversation.script)
  const first = Math.floor((from - beganAt) / lengthMs)
  const delayMs = (seed * BOT_DISTANCE_MS) % MAX_BOT_DELAY_MS
  for (let epochAt = beganAt + delayMs + first * lengthMs; ; epochAt += lengthMs) {
    // Nothing is made of a sentence whose beginning was not heard.
    const heard = script.filter(({ startMs }) => epochAt + startMs >= from)
    for (const caption of play(heard, { seed, wire, epochAt, botUid })) {
      yield { at: epochAt + caption.atMs, caption }
    }
  }
}

/** The conversation in the languages that a task translates into. */
function toScript({ body }: FakeTask, conversation: ConversationScript): ConversationScript {
  const { languages = [] } = Object(body.translateConfig) as { languages?: { target: string[] }[] }
  const targets = new Set(languages.flatMap(({ target }) => target))
  return conversation.map(({ translations = {}, ...sentence }) => ({
    ...sentence,
    translations: Object.fromEntries(
      Object.entries(translations).filter(([language]) => targets.has(language)),
    ),
  }))
}
