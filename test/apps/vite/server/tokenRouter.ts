import agoraToken from 'agora-token'
import express, { type Request } from 'express'

const { RtcRole, RtcTokenBuilder } = agoraToken
const BOT_UID = '900000001'
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
  const router = express.Router()
  router.post('/:purpose', express.urlencoded(), async (request, response) => {
    const { AGORA_APP_ID = '', AGORA_APP_CERTIFICATE = '' } = process.env
    const isBot = request.params.purpose === 'bot'
    const { channel, uid } = request.body as { channel: string; uid: string }
    const user = await findUser(request)
    if (!user?.channels.includes(channel) || uid !== (isBot ? BOT_UID : user.uid)) {
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
