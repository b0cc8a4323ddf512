import { openRealChannelWith } from '../../demo/app/call/real/openRealChannelWith.ts'
import { people } from '../../demo/people.ts'
import { SdkDouble } from './sdkDouble.ts'

/** The token endpoint. Its tokens are named by their reason. */
class TokensDouble {
  onGet = async (reason: string) => `token:${reason}`
  signal = new AbortController().signal
}

/** A call of the demo on a double of the SDK. */
export function openRealCall(prepare: (sdk: SdkDouble, tokens: TokensDouble) => void = () => {}) {
  const sdk = new SdkDouble()
  const tokens = new TokensDouble()
  prepare(sdk, tokens)
  const open = openRealChannelWith(sdk, ({ reason, signal }) => {
    tokens.signal = signal
    return tokens.onGet(reason)
  })
  const call = open({ appId: '0123456789abcdef0123456789abcdef', channel: 'standup' }, people.ada)
  const self = () => {
    const [first] = call.participants.get()
    if (!first?.isSelf) throw new Error('The first participant is not oneself.')
    return first
  }
  return {
    sdk,
    client: sdk.client,
    tokens,
    call,
    self,
    others: () => call.participants.get().slice(1),
    problems: () => call.problems.get(),
  }
}

/** Everything that waits for nothing but promises has happened. */
export const settled = () => new Promise<void>((resolve) => setImmediate(resolve))

/** What the SDK throws. */
export function rtcError(code: string, reason = '', desc?: string[]): Error {
  const error = new Error(`AgoraRTCError ${code}: ${reason}`)
  return Object.assign(error, { code, data: { desc } })
}

/** A promise that a test settles. */
export function createGate() {
  let open = () => {}
  let fail: (error: Error) => void = () => {}
  const passed = new Promise<void>((resolve, reject) => {
    open = resolve
    fail = reject
  })
  return { passed, open: () => open(), fail: (error: Error) => fail(error) }
}
