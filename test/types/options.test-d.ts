import {
  createSttClient,
  type EnableRequest,
  type SttClientConfig,
  SttError,
  type SttErrorCode,
  type SttSession,
  TokenExpiredError,
  type TokenProvider,
  type UseRealtimeSttResult,
} from 'react-realtime-stt'
import { expectTypeOf, test } from 'vitest'

const appId = '0123456789abcdef0123456789abcdef'

test('options: api is required, and decides which options there are', () => {
  // @ts-expect-error api has no default
  createSttClient({ appId })
  createSttClient({ appId, api: 'v7', transcription: { keywords: ['STT'] } })
  createSttClient({ appId, api: 'v6', transcription: { listenerBotUid: 2 } })
  // @ts-expect-error keywords are v7's
  createSttClient({ appId, api: 'v6', transcription: { keywords: ['STT'] } })
  // @ts-expect-error the listener is v6's
  createSttClient({ appId, api: 'v7', transcription: { listenerBotUid: 2 } })
  expectTypeOf<SttClientConfig['api']>().toEqualTypeOf<'v6' | 'v7'>()
})

test('default: results and errors are typed without any', () => {
  expectTypeOf<UseRealtimeSttResult['enable']>().toEqualTypeOf<() => Promise<SttSession>>()
  expectTypeOf<UseRealtimeSttResult['error']>().toEqualTypeOf<SttError | null>()
  expectTypeOf<EnableRequest['tokenProvider']>().toEqualTypeOf<TokenProvider | undefined>()
  const error: unknown = null
  if (SttError.is(error)) expectTypeOf(error.code).toEqualTypeOf<SttErrorCode>()
  if (TokenExpiredError.is(error)) expectTypeOf(error.code).toEqualTypeOf<'token_expired'>()
})
