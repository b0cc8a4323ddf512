import agoraToken from 'agora-token'
import { findUser } from '../../../findUser.ts'

const { RtcRole, RtcTokenBuilder } = agoraToken
/** v7 has the first one, v6 both. */
const BOT_UIDS = ['900000001', '900000002']
const HOUR_SECONDS = 3_600

interface Context {
  params: Promise<{ purpose: string }>
}

export async function POST(request: Request, { params }: Context) {
  const { AGORA_APP_ID, AGORA_APP_CERTIFICATE } = process.env
  if (!AGORA_APP_ID || !AGORA_APP_CERTIFICATE) {
    throw new Error('Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.')
  }
  const isBot = (await params).purpose === 'bot'
  const body = new URLSearchParams(await request.text())
  const channel = body.get('channel') ?? ''
  const uid = body.get('uid') ?? ''
  const user = await findUser(request)
  const isTheirs = isBot ? BOT_UIDS.includes(uid) : uid === user?.uid
  if (!user?.channels.includes(channel) || !isTheirs) {
    return new Response(null, { status: 403 })
  }
  const seconds = isBot ? 6 * HOUR_SECONDS : HOUR_SECONDS
  const token = RtcTokenBuilder.buildTokenWithUid(
    AGORA_APP_ID,
    AGORA_APP_CERTIFICATE,
    channel,
    Number(uid),
    RtcRole.PUBLISHER,
    seconds,
    seconds,
  )
  return new Response(token)
}
