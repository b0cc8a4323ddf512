import type { Participant } from '../channelCall.ts'
import type { Speakers } from './createSpeakers.ts'
import type { Picture, RealClient, RemoteUser, StreamKind } from './realSdk.ts'
import { showPicture } from './showPicture.ts'

/** They send captions, and v6's second one listens. */
const CAPTION_BOTS: readonly string[] = ['900000001', '900000002']

interface OthersOptions {
  client: Pick<RealClient<never>, 'subscribe'>
  speakers: Speakers
  onChange: () => void
  tell: (topic: string, problem: string | null) => void
}

/** Everybody else in the channel. */
export interface Others {
  getAll(): readonly Participant[]
  onJoined(user: RemoteUser): void
  onLeft(user: RemoteUser): void
  onPublished(user: RemoteUser, kind: StreamKind): void
  onUnpublished(user: RemoteUser, kind: StreamKind): void
  clear(): void
}

export const nameOther = (uid: string) => `Guest ${uid}`

export function createOthers({ client, speakers, onChange, tell }: OthersOptions): Others {
  const users = new Map<string, RemoteUser>()
  const pictures = new Map<string, Picture>()

  function forget(uid: string): void {
    users.delete(uid)
    pictures.delete(uid)
    tell(toTopic(uid, 'audio'), null)
    tell(toTopic(uid, 'video'), null)
  }

  async function receive(user: RemoteUser, kind: 'audio' | 'video'): Promise<void> {
    const uid = String(user.uid)
    const topic = toTopic(uid, kind)
    const isSent = () =>
      users.get(uid) === user && (kind === 'audio' ? user.hasAudio : user.hasVideo)
    try {
      if (kind === 'audio') {
        const sound = await client.subscribe(user, kind)
        if (isSent()) sound.play()
      } else {
        const picture = await client.subscribe(user, kind)
        if (isSent()) pictures.set(uid, picture)
      }
      tell(topic, null)
    } catch {
      // What is no longer sent cannot be received.
      if (isSent()) tell(topic, receiveProblem(uid, kind))
    }
    onChange()
  }

  function toParticipant(user: RemoteUser): Participant {
    const uid = String(user.uid)
    const picture = user.hasVideo ? pictures.get(uid) : undefined
    return {
      uid,
      name: nameOther(uid),
      isSelf: false,
      isMuted: !user.hasAudio,
      isCameraOff: !user.hasVideo,
      isSpeaking: user.hasAudio && speakers.isSpeaking(uid),
      showCamera: picture && showPicture(picture),
    }
  }

  return {
    getAll: () => [...users.values()].filter(isSomebody).map(toParticipant),
    onJoined(user) {
      users.set(String(user.uid), user)
      onChange()
    },
    onLeft({ uid }) {
      forget(String(uid))
      onChange()
    },
    onPublished(user, kind) {
      users.set(String(user.uid), user)
      onChange()
      if (kind !== 'datachannel') void receive(user, kind)
    },
    onUnpublished(user, kind) {
      const uid = String(user.uid)
      if (kind === 'video') pictures.delete(uid)
      if (kind !== 'datachannel') tell(toTopic(uid, kind), null)
      onChange()
    },
    clear() {
      for (const uid of [...users.keys()]) forget(uid)
      onChange()
    },
  }
}

const toTopic = (uid: string, kind: 'audio' | 'video') => `${kind} of ${uid}`

function receiveProblem(uid: string, kind: 'audio' | 'video'): string {
  return kind === 'audio'
    ? `${nameOther(uid)} is not heard on this page. Ask them to mute and unmute, or reload this page.`
    : `The camera of ${nameOther(uid)} is not seen on this page. Ask them to switch it off and on, or reload this page.`
}

function isSomebody({ uid, hasAudio, hasVideo }: RemoteUser): boolean {
  return hasAudio || hasVideo || !CAPTION_BOTS.includes(String(uid))
}
