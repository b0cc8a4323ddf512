import type { TokenKind } from '../protocol.ts'

/** What the switches of this tab say. */
export interface CallSettings {
  tokenKind: TokenKind
  /** Captions are enabled without the package. */
  isPlain: boolean
  /** v6: stop after the instance token. */
  isAcquireOnly: boolean
  channel: string
}

const AT_START: CallSettings = {
  tokenKind: 'good',
  isPlain: false,
  isAcquireOnly: false,
  channel: 'standup',
}

/** They are in the page's address, so that another tab opens with the same ones. */
export function readSettings({ search }: Location, isReal: boolean): CallSettings {
  const query = new URLSearchParams(search)
  const kind = query.get('tokens')
  return {
    tokenKind: kind === 'expired' || kind === 'invalid' ? kind : AT_START.tokenKind,
    isPlain: query.get('way') === 'plain' && !isReal,
    isAcquireOnly: query.get('task') === 'none',
    channel: query.get('channel') || AT_START.channel,
  }
}

export function toAddress(settings: CallSettings): string {
  const { tokenKind, isPlain, isAcquireOnly, channel } = settings
  const query = new URLSearchParams()
  if (channel !== AT_START.channel) query.set('channel', channel)
  if (tokenKind !== AT_START.tokenKind) query.set('tokens', tokenKind)
  if (isPlain) query.set('way', 'plain')
  if (isAcquireOnly) query.set('task', 'none')
  return query.size > 0 ? `/?${query}` : '/'
}
