import type { UseRealtimeSttResult } from 'react-realtime-stt'
import type { DemoConfig } from '../../protocol.ts'
import type { Fact } from './Facts.tsx'

const SHOWN_CHARACTERS = 6

/** What the hook returns, for reading. */
export function sessionFacts(
  stt: UseRealtimeSttResult,
  { api, hasSignaling }: Pick<DemoConfig, 'api' | 'hasSignaling'>,
): Fact[] {
  const { status, session } = stt
  return [
    { term: 'Status', text: status, isCode: true },
    instanceToken(stt, api),
    session?.taskId
      ? { term: 'Task', text: session.taskId, isCode: true }
      : { term: 'Task', text: 'None' },
    { term: 'Origin', text: toOrigin(session?.origin) },
    {
      term: 'Claims',
      text: hasSignaling ? 'In Signaling, for all devices' : 'Kept in this browser',
    },
  ]
}

function instanceToken(
  { instanceToken, session }: UseRealtimeSttResult,
  api: DemoConfig['api'],
): Fact {
  const term = 'Instance token'
  if (instanceToken !== null) {
    const text = `${instanceToken.slice(0, SHOWN_CHARACTERS)}…`
    return { term, text, note: 'A secret, so the rest is not shown.', isCode: true }
  }
  if (api === 'v7') return { term, text: 'None: v7 has no such token' }
  return { term, text: session ? 'Held by the page that acquired it' : 'None' }
}

function toOrigin(origin: 'started' | 'joined' | undefined): string {
  if (origin === undefined) return 'None'
  return origin === 'started' ? 'Started by this device' : 'Joined'
}
