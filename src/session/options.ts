import * as z from 'zod/mini'
import type { SttApiVersion } from '../agora/task.js'
import { callback, check, isWhole, must } from '../checkOptions.js'
import type { ClaimStore } from '../claims/claimStore.js'
import type { SttEnvironment } from './environment.js'
import type { SttEvent } from './events.js'
import type { TokenProvider } from './tokens.js'
import {
  type TranscriptionOptions,
  type TranscriptionOptionsV6,
  type TranscriptionOptionsV7,
  toSettings,
} from './transcription.js'

/** What a client takes for either API. */
export interface SharedSttClientConfig {
  /** The project's app id: 32 hex characters. */
  appId: string
  /** Asked for tokens where a hook or call brings no provider of its own. */
  tokenProvider?: TokenProvider | undefined
  /** Where the REST API is; point it at a proxy of yours if CORS asks for it. @defaultValue `'https://api.agora.io'` */
  baseUrl?: string | undefined
  /** Sends the REST calls, each once. @defaultValue the platform's */
  fetch?: typeof globalThis.fetch | undefined
  /**
   * Between the sends of any two REST calls of this app id in this browser, in ms. Less than the vendor's 1000 is for
   * tests.
   *
   * @defaultValue `1000`
   */
  minIntervalMs?: number | undefined
  /** For one REST call, and for one answer of the token provider, in ms: 1–60,000. @defaultValue `10_000` */
  requestTimeoutMs?: number | undefined
  /** Told every decision and REST call, without secrets. What it throws is reported and changes nothing. */
  onEvent?: ((event: SttEvent) => void) | undefined
  /** Who may start: what the pages that share it have to agree on. @defaultValue `tabClaimStore()` in a browser */
  claims?: ClaimStore | undefined
  /** What `enable()` does when `claims` gives no answer: `'start'` looks at the service first, `'fail'` rejects. @defaultValue `'start'` */
  onClaimsUnavailable?: 'start' | 'fail' | undefined
  /** Clocks, timers and stores, for tests and simulations. @defaultValue the platform's */
  environment?: Partial<SttEnvironment> | undefined
}

/** How a client of the REST API v7 is made. */
export interface SttClientConfigV7 extends SharedSttClientConfig {
  /** Which API is called. Without a default: see {@link SttClientConfig}. */
  api: 'v7'
  /** What is transcribed, where a call brings nothing of its own. @defaultValue `{}` */
  transcription?: TranscriptionOptionsV7 | undefined
}

/** How a client of the REST API v6 is made. */
export interface SttClientConfigV6 extends SharedSttClientConfig {
  /** Which API is called. Without a default: see {@link SttClientConfig}. */
  api: 'v6'
  /**
   * What is transcribed, where a call brings nothing of its own.
   *
   * @defaultValue none: `enable()` acquires a builder token and leaves the start to the app's server
   */
  transcription?: TranscriptionOptionsV6 | undefined
}

/**
 * How a client is made. `api` has no default: a wrong guess either fails or bills.
 * - `'v7'`: one `POST …/join`. Projects created since June 2025 must use it.
 * - `'v6'`: `POST …/builderTokens`, then, with `transcription`, `POST …/tasks`. Its end of life was announced for 2026-06-11.
 *
 * @see https://docs.agora.io/en/realtime-media/speech-to-text/build/start-transcribing-and-translating/enable-service
 */
export type SttClientConfig = SttClientConfigV7 | SttClientConfigV6

/** Which channel, and who asks. */
export interface ChannelRequest {
  /** The RTC channel's name: 1–64 bytes. */
  channel: string
  /**
   * The local user: 0 to 4294967295, as a number or a decimal string. Real-Time STT does not support calls whose users
   * join with string accounts. @defaultValue `'0'`, which asks for a token for every uid
   */
  uid?: string | number | undefined
  /** Asked for this operation's tokens. @defaultValue the client's */
  tokenProvider?: TokenProvider | undefined
}

/** What {@link SttClient.enable} takes. */
export interface EnableRequest extends ChannelRequest {
  /** What is transcribed where this call starts the task; whoever joins gets what runs. @defaultValue the client's */
  transcription?: TranscriptionOptions
}

const MAX_CHANNEL_BYTES = 64
const MAX_UID = 4_294_967_295
const MAX_TIMER_MS = 2_147_483_647
/** An operation takes 90 s at most, and is more than one request. */
const MAX_REQUEST_TIMEOUT_MS = 60_000

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const isChannel = (value: unknown): value is string =>
  isText(value) && new TextEncoder().encode(value).length <= MAX_CHANNEL_BYTES

const text = must<string>('a string that is not empty', isText)

const matching = (pattern: RegExp, rule: string) =>
  must(rule, (value) => isText(value) && pattern.test(value))

const whole = (min: number, max: number) =>
  must<number>(`a whole number from ${min} to ${max}`, (value) => isWhole(value, min, max))

const list = (item: z.ZodMiniType, max: number, min = 0) =>
  z
    .array(item)
    .check(
      z.refine(({ length }) => length >= min && length <= max, `must hold ${min} to ${max} items`),
    )

const botUid = must(`a whole number from 1 to ${MAX_UID}`, (value) =>
  isWhole(isText(value) && /^[1-9]\d*$/.test(value) ? Number(value) : value, 1, MAX_UID),
)

const onlyOn = (api: SttApiVersion) => must(`left out: only api '${api}' has it`, () => false)

const encryption = z
  .strictObject({ mode: whole(1, 8), secret: text, salt: z.optional(text) })
  .check(
    z.refine(
      ({ mode, salt = '' }) => mode < 7 || /^[A-Za-z0-9+/]{43}=$/.test(salt),
      'needs a salt of 32 bytes in Base64 for mode 7 or 8',
    ),
  )

const transcriptionSchemas: {
  [Api in SttApiVersion]?: ReturnType<typeof makeTranscriptionSchema>
} = {}

/** Made once: making it costs more than a whole check. */
const transcriptionSchema = (api: SttApiVersion) => {
  transcriptionSchemas[api] ??= makeTranscriptionSchema(api)
  return transcriptionSchemas[api]
}

function makeTranscriptionSchema(api: SttApiVersion) {
  const isV7 = api === 'v7'
  const languages = list(text, 4, 1)
  const targets = list(text, isV7 ? 10 : 5, 1)
  const fields = z.strictObject({
    languages,
    speakerLanguages: list(z.strictObject({ uid: text, languages }), 5),
    translations: list(z.strictObject({ source: text, targets }), 4),
    botUid,
    listenerBotUid: isV7 ? onlyOn('v6') : botUid,
    includeUids: list(text, 32),
    excludeUids: list(text, 5),
    maxIdleSeconds: isV7 ? whole(0, 259_200) : whole(5, 2_592_000),
    keywords: isV7 ? list(text, 500) : onlyOn('v7'),
    captionFormat: must(
      "'protobuf' or 'json'",
      (value) => value === 'protobuf' || value === 'json',
    ),
    encryption,
  })
  const isEitherOr = ({ includeUids, excludeUids }: TranscriptionOptions) =>
    !includeUids?.length || !excludeUids?.length
  const hasTwoBots = (options: TranscriptionOptions) => {
    const { botUid, listenerBotUid } = toSettings(api, options)
    return botUid !== listenerBotUid
  }
  const options = z.partial(fields) as z.ZodMiniType<TranscriptionOptions>
  return z.optional(
    options.check(
      z.refine(isEitherOr, 'takes includeUids or excludeUids, not both'),
      z.refine(hasTwoBots, {
        error: ({ input }) =>
          `needs two uids: botUid and listenerBotUid are both ${toSettings(api, input as TranscriptionOptions).botUid}`,
      }),
    ),
  )
}

/** @throws `ConfigError` */
export function checkClientConfig(config: SttClientConfig): SttClientConfig {
  const schema = z.strictObject({
    api: must(
      "'v7', which calls …/join, or 'v6', which calls …/builderTokens",
      (value) => value === 'v7' || value === 'v6',
    ),
    appId: matching(/^[0-9a-f]{32}$/i, '32 hex characters'),
    tokenProvider: callback,
    transcription: transcriptionSchema(config?.api),
    baseUrl: z.optional(
      matching(
        /^(https?:\/\/[^/?#]|\/(?!\/))[^?#]*$/,
        'an https:// or http:// address, or a path, without ? and #',
      ),
    ),
    fetch: callback,
    minIntervalMs: z.optional(whole(0, MAX_TIMER_MS)),
    requestTimeoutMs: z.optional(whole(1, MAX_REQUEST_TIMEOUT_MS)),
    onEvent: callback,
    claims: z.optional(
      must<ClaimStore>('a claim store', (value) => typeof Object(value).read === 'function'),
    ),
    onClaimsUnavailable: z.optional(
      must("'start' or 'fail'", (value) => value === 'start' || value === 'fail'),
    ),
    environment: z.optional(z.looseObject({})),
  })
  check(schema, config)
  return config
}

/** @throws `ConfigError` */
export function checkRequest(
  api: SttApiVersion,
  request: EnableRequest,
  isTranscribed: boolean,
): void {
  const schema = z.strictObject({
    channel: must(`a string of 1 to ${MAX_CHANNEL_BYTES} bytes`, isChannel),
    uid: z.optional(
      must(
        `a string that is not empty, or a whole number from 0 to ${MAX_UID}`,
        (value) => isText(value) || isWhole(value, 0, MAX_UID),
      ),
    ),
    tokenProvider: callback,
    ...(isTranscribed && { transcription: transcriptionSchema(api) }),
  })
  check(schema, request)
}
