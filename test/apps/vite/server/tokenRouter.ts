import agoraToken from 'agora-token'
import express, { type Request } from 'express'

const { RtcRole, RtcTokenBuilder } = agoraToken
/** v7 has the first one, v6 both. */
const BOT_UIDS = ['900000001', '900000002']
const HOUR_SECONDS = 3_600

/** Who is signed in: the user's uid, and the channels that they may be in. */
interface User {
  uid: string
  channels: readonly string[]
}

/**
 * `POST /rest` and `POST /bot` with `channel` and `uid`.
 *
 * @param findUser your sign-in; null: nobody is signed in
 */
export function createTokenRouter(findUser: (request: Request) => Promise<User | null>) {
  const { AGORA_APP_ID, AGORA_APP_CERTIFICATE } = process.env
  if (!AGORA_APP_ID || !AGORA_APP_CERTIFICATE) {
    throw new Error('Set AGORA_APP_ID and AGORA_APP_CERTIFICATE.')
  }
  const router = express.Router()
  router.post('/:purpose', express.urlencoded(), async (request, response) => {
    const isBot = request.params.purpose === 'bot'
    const { channel = '', uid = '' }: Record<string, string> = request.body ?? {}
    const user = await findUser(request)
    const isTheirs = isBot ? BOT_UIDS.includes(uid) : uid === user?.uid
    if (!user?.channels.includes(channel) || !isTheirs) {
      response.sendStatus(403)
      return
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
    response.type('text').send(token)
  })
  return router
}
