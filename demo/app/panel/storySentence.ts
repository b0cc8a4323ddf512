import type { StoryEntry } from '../../protocol.ts'

const SHOWN_CHARACTERS = 6

/** What a client decided and why, for somebody who has never heard of claims; null: of no interest. */
export function storySentence(entry: StoryEntry): string | null {
  const { who, decision, operation, claim, code } = entry
  const task = entry.taskId ? `task ${entry.taskId.slice(0, SHOWN_CHARACTERS)}` : 'the task'
  switch (decision) {
    case 'began':
      if (operation === 'refresh') return null
      return `${who} wants captions ${operation === 'enable' ? 'on' : 'off'}.`
    case 'shared':
      return `${who}: another click shares what is under way.`
    case 'claimed':
      return `${who} claimed the ${toNoun(claim)}${toMeaning(entry)}`
    case 'waiting':
      return `${who} waits: somebody else has claimed the ${toNoun(claim)}. It sends nothing.`
    case 'took_over':
      return `${who} takes over the ${toNoun(claim)}: whoever claimed it is gone or took too long.`
    case 'renewed':
      return `${who} renewed its token: the old one had expired, so it asked for a fresh one and tries again.`
    case 'acquired':
      return `${who} acquired an instance token.`
    case 'started':
      return `${who} started ${task}.`
    case 'joined':
      return entry.hasSent
        ? `${who} joined ${task}: the service refused a second one of that name.`
        : `${who} joined ${task}: the claim names it, so it sent no start.`
    case 'gave_way':
      return `${who} stopped its own ${task}: the claim names another, and only one may run.`
    case 'duplicate_stopped':
      return `${who} stopped ${task}: it was a second one of this channel.`
    case 'stopped':
      return `${who} stopped ${task}.`
    case 'renamed':
      return `${who} starts under the next name: the old one is spent.`
    case 'unanswered':
      return `${who} got no answer to its start. It finds out what became of it first.`
    case 'stranger':
      return `${who} left ${task} alone: it is not of this package’s naming.`
    case 'claims_unavailable':
      return `${who} gets no answer about claims, so it asks the service before it starts.`
    case 'ended':
      return `${who} found that ${task} has ended.`
    case 'failed':
      return `${who} failed${code ? `: ${code.replaceAll('_', ' ')}` : ''}.`
    default:
      return null
  }
}

const toNoun = (claim: StoryEntry['claim']) =>
  claim === 'stopping' ? 'stop' : claim === 'checking' ? 'check' : 'start'

function toMeaning({ reach, claim }: StoryEntry): string {
  const everybody = reach === 'devices' ? 'all devices' : 'all tabs of its browser'
  return ` for ${everybody}: it alone ${toRight(claim)}.`
}

function toRight(claim: StoryEntry['claim']): string {
  if (claim === 'stopping') return 'may stop the task'
  return claim === 'checking' ? 'asks whether the task still runs' : 'may start a task'
}
