import type { IAgoraRTCClient as ClientOfReact } from 'agora-rtc-react'
import type { IAgoraRTCClient } from 'agora-rtc-sdk-ng'
import {
  attachCaptions,
  type CaptionLine,
  type RtcClientLike,
  type Transcript,
} from 'react-realtime-stt'
import { expectTypeOf, test } from 'vitest'

declare const rtcClient: IAgoraRTCClient
declare const transcript: Transcript

test('default: the vendor’s clients are what captions are attached to', () => {
  expectTypeOf<IAgoraRTCClient>().not.toBeAny()
  expectTypeOf<IAgoraRTCClient>().toExtend<RtcClientLike>()
  expectTypeOf<ClientOfReact>().toExtend<RtcClientLike>()
  expectTypeOf(attachCaptions(rtcClient, transcript)).toEqualTypeOf<() => void>()
  // @ts-expect-error a channel is no client
  attachCaptions('standup', transcript)
})

test('default: lines are to be read, not changed', () => {
  expectTypeOf(transcript.getIds()).toEqualTypeOf<readonly string[]>()
  expectTypeOf(transcript.getLive({ max: 2 })).toEqualTypeOf<readonly CaptionLine[]>()
  const line = transcript.getLine('1')
  // @ts-expect-error it may have been removed
  line.text
  // @ts-expect-error lines are frozen
  if (line) line.text = ''
})
