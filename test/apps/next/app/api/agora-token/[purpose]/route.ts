import agoraToken from 'agora-token'
import { findUser } from '../../../findUser.ts'

const { RtcRole, RtcTokenBuilder } = agoraToken
const BOT_UID = '900000001'
const HOUR_SECONDS = 3_600

interface Context {
  params: Promise<{ purpose: string }>
}

export async function POST(request: Request, { params }: Context) {
  const { AGORA_APP_ID = '', AGORA_APP_CERTIFICATE = '' } = process.env
  const isBot = (await params).purpose === 'bot'
  const body = new URLSearchParams(await request.text())
  const channel = body.get('channel') ?? ''
  const uid = body.get('uid') ?? ''
  const user = await findUser(request)
  if (!user?.channels.includes(channel) || uid !== (isBot ? BOT_UID : user.uid)) {
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
