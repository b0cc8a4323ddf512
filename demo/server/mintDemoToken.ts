import { randomBytes } from 'node:crypto'
import agoraToken from 'agora-token'
import { AccessToken2, ServiceRtc } from 'agora-token/src/AccessToken2.js'
import type { TokenKind, TokenOrder } from '../protocol.ts'

export interface DemoApp {
  appId: string
  appCertificate: string
}

/** A bot's token must outlast its task, a user's is renewed. */
const LIFETIME_SECONDS = { rest: 3_600, bot: 6 * 3_600 }
const OTHER_CERTIFICATE = randomBytes(16).toString('hex')

/** What an app's own token endpoint does, with two ways to get it wrong. */
export function mintDemoToken(
  { appId, appCertificate }: DemoApp,
  { channel, purpose, reason, uid: wantedUid }: TokenOrder,
  kind: TokenKind,
): string {
  const uid = wantedUid === '0' ? 0 : wantedUid
  const isOnce = kind === 'expired-once' && purpose === 'rest' && reason === 'initial'
  const isExpired = kind === 'expired' || isOnce
  if (isExpired) return mintExpired({ appId, appCertificate }, channel, uid)
  const seconds = LIFETIME_SECONDS[purpose]
  return agoraToken.RtcTokenBuilder.buildTokenWithUserAccount(
    appId,
    kind === 'invalid' ? OTHER_CERTIFICATE : appCertificate,
    channel,
    // The builder turns 0, and no other spelling of it, into "every uid".
    uid as string,
    agoraToken.RtcRole.PUBLISHER,
    seconds,
    seconds,
  )
}

/** The builders issue now, so a token that has expired is put together by hand. */
function mintExpired({ appId, appCertificate }: DemoApp, channel: string, uid: string | number) {
  const lifetimeSeconds = LIFETIME_SECONDS.rest
  const issueTs = Math.floor(Date.now() / 1000) - 2 * lifetimeSeconds
  const token = new AccessToken2(appId, appCertificate, issueTs, lifetimeSeconds)
  const service = new ServiceRtc(channel, uid)
  service.add_privilege(ServiceRtc.kPrivilegeJoinChannel, lifetimeSeconds)
  token.add_service(service)
  return token.build()
}
