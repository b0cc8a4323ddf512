import { banProblem, connectionProblem, reconnectingProblem } from './connectionProblem.ts'
import { isTokenExpired } from './isTokenExpired.ts'
import { joinProblem, slowJoinProblem } from './joinProblem.ts'
import type { RealClient } from './realSdk.ts'

const SLOW_MS = 8_000
const NO_TOKEN =
  'The token endpoint gave no token, so this page is not in the call. Check that the demo’s server is running, and reload this page.'
const NO_RENEWAL =
  'The token of this page runs out within half a minute, and no fresh one was accepted. Check that the demo’s server is running. This page then joins again by itself.'

type TokenReason = 'initial' | 'expiring' | 'expired'

interface PresenceOptions {
  client: Pick<RealClient<never>, 'leave' | 'renewToken'>
  join: (token: string) => Promise<unknown>
  getToken: (reason: TokenReason) => Promise<string>
  isOnline: () => boolean
  onJoined: () => void
  /** `isOver`: this page does not come back by itself. */
  onLeft: (isOver: boolean) => void
  tell: (topic: 'join' | 'connection' | 'token', problem: string | null) => void
}

/** Whether this page is in the call. */
export interface Presence {
  isInCall(): boolean
  /** Does nothing while in the call, or on the way. */
  join(): void
  onConnection(now: string, before: string, reason?: string): void
  onTokenExpiring(): void
  onTokenExpired(): void
  /** For good. */
  leave(): void
}

export function createPresence(options: PresenceOptions): Presence {
  const { client, getToken, isOnline, onJoined, onLeft, tell } = options
  let state: 'out' | 'joining' | 'in' | 'over' = 'out'
  let lastReason: string | undefined
  let slowTimer: ReturnType<typeof setTimeout> | undefined

  const isOver = () => state === 'over'

  async function join(tokenReason: TokenReason): Promise<void> {
    if (state !== 'out') return
    state = 'joining'
    slowTimer = setTimeout(() => tell('join', slowJoinProblem(isOnline())), SLOW_MS)
    const problem = await attempt(tokenReason)
    clearTimeout(slowTimer)
    // Who leaves while joining may have been let in afterwards.
    if (isOver()) return leave()
    tell('join', problem)
    tell('connection', null)
    if (problem !== null) {
      state = 'out'
      onLeft(true)
      return
    }
    state = 'in'
    tell('token', null)
    onJoined()
  }

  /** What is wrong; null: nothing, or the call is over. */
  async function attempt(tokenReason: TokenReason): Promise<string | null> {
    const token = await getToken(tokenReason).catch(() => null)
    if (isOver()) return null
    if (token === null) return NO_TOKEN
    lastReason = undefined
    try {
      await options.join(token)
      return null
    } catch (error) {
      if (isOver()) return null
      if (tokenReason === 'initial' && isTokenExpired(error)) return attempt('expired')
      return banProblem(lastReason) ?? joinProblem(error, isOnline())
    }
  }

  function rejoin(): void {
    if (state !== 'in') return
    state = 'out'
    onLeft(false)
    tell('connection', connectionProblem('TOKEN_EXPIRE'))
    void join('expired')
  }

  async function renew(): Promise<void> {
    try {
      await client.renewToken(await getToken('expiring'))
      tell('token', null)
    } catch {
      if (state === 'in') tell('token', NO_RENEWAL)
    }
  }

  async function leave(): Promise<void> {
    // Whatever goes wrong, this page is no longer interested.
    await client.leave().catch(() => {})
  }

  return {
    isInCall: () => state === 'in',
    join: () => void join('initial'),
    onConnection(now, _before, reason) {
      if (now === 'CONNECTED') tell('connection', null)
      if (now === 'RECONNECTING' && state === 'in') tell('connection', reconnectingProblem)
      if (now !== 'DISCONNECTED') return
      lastReason = reason
      // Else whoever joins or leaves knows what became of it.
      if (state !== 'in') return
      if (reason === 'TOKEN_EXPIRE') return rejoin()
      state = 'out'
      onLeft(true)
      tell('connection', connectionProblem(reason))
    },
    onTokenExpiring: () => void renew(),
    onTokenExpired: rejoin,
    leave() {
      state = 'over'
      clearTimeout(slowTimer)
      void leave()
    },
  }
}
