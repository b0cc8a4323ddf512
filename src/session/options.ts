import * as z from 'zod/mini'
import { withoutSecrets } from '../agora/secrets.js'
import type { SttApiVersion } from '../agora/task.js'
import { ConfigError } from '../errors.js'
import type { SttEnvironment } from './environment.js'
import type { SttEvent } from './events.js'
import type { TokenProvider } from './tokens.js'
import type {
  TranscriptionOptions,
  TranscriptionOptionsV6,
  TranscriptionOptionsV7,
} from './transcription.js'
import { toSettings } from './transcription.js'

interface SharedSttClientConfig {
  /** The project's app id: 32 hex characters. */
  appId: string
  /** Asked for tokens where a hook or call brings no provider of its own. */
  tokenProvider?: TokenProvider
  /** Where the REST API is; point it at a proxy of yours if CORS asks for it. @defaultValue `'https://api.agora.io'` */
  baseUrl?: string
  /** @defaultValue the platform's */
  fetch?: typeof globalThis.fetch
  /** Between the sends of any two REST calls of this app id, in ms. Less than the vendor's 1000 is for tests. @defaultValue `1000` */
  minIntervalMs?: number
  /** For one REST call, and for one answer of the token provider, in ms. @defaultValue `10_000` */
  requestTimeoutMs?: number
  /** Every decision and REST call, without secrets. */
  onEvent?: (event: SttEvent) => void
  /** For tests and simulations. */
  environment?: Partial<SttEnvironment>
}

/**
 * How a client is made. `api` has no default: a wrong guess either fails or bills.
 * - `'v7'`: one `POST …/join`. Projects created since June 2025 must use it.
 * - `'v6'`: `POST …/builderTokens`, then, with `transcription`, `POST …/tasks`. Its end of life was announced for 2026-06-11.
 */
export type SttClientConfig = SharedSttClientConfig &
  (
    | { api: 'v7'; transcription?: TranscriptionOptionsV7 }
    | { api: 'v6'; transcription?: TranscriptionOptionsV6 }
  )

/** Which channel, and who asks. */
export interface ChannelRequest {
  /** 1–64 bytes. */
  channel: string
  /** The local user. @defaultValue `'0'` */
  uid?: string | number
  /** @defaultValue the client's */
  tokenProvider?: TokenProvider
}

/** What {@link SttClient.enable} takes. */
export interface EnableRequest extends ChannelRequest {
  /** @defaultValue the client's */
  transcription?: TranscriptionOptions
}

const MAX_CHANNEL_BYTES = 64
const MAX_UID = 4_294_967_295

/** A value for which `isGood` holds; the rule names the limit. */
const must = <Value>(rule: string, isGood: (value: unknown) => unknown) =>
  z.custom<Value>(isGood, `must be ${rule}`)

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isWhole = (value: unknown, min: number, max: number) =>
  Number.isInteger(value) && Number(value) >= min && Number(value) <= max

const text = must<string>('a string that is not empty', isText)

const matching = (pattern: RegExp, rule: string) =>
  must<string>(rule, (value) => isText(value) && pattern.test(value))

const whole = (min: number, max: number) =>
  must<number>(`a whole number from ${min} to ${max}`, (value) => isWhole(value, min, max))

const list = <Item extends z.ZodMiniType>(item: Item, max: number, min = 0) =>
  z.array(item).check(z.minLength(min), z.maxLength(max))

const callback = <Callback>() =>
  z.optional(must<Callback>('a function', (value) => typeof value === 'function'))

const channel = must<string>(
  `a string of 1 to ${MAX_CHANNEL_BYTES} bytes of UTF-8`,
  (value) => isText(value) && new TextEncoder().encode(value).length <= MAX_CHANNEL_BYTES,
)

const botUid = z.optional(
  must<string | number>(`a whole number from 1 to ${MAX_UID}`, (value) =>
    isWhole(
      /^[1-9]\d*$/.test(value as string) && isText(value) ? Number(value) : value,
      1,
      MAX_UID,
    ),
  ),
)

const onlyOn = (api: SttApiVersion) =>
  z.optional(must<undefined>(`left out: it is an option of api '${api}'`, () => false))

const encryption = z
  .strictObject({ mode: whole(1, 8), secret: text, salt: z.optional(text) })
  .check(
    z.refine(
      ({ mode, salt }) => mode < 7 || /^[A-Za-z0-9+/]{43}=$/.test(salt ?? ''),
      'needs a salt, the Base64 of 32 bytes, for modes 7 and 8',
    ),
  )

function transcriptionSchema(api: SttApiVersion) {
  const isV7 = api === 'v7'
  const languages = list(text, 4, 1)
  const targets = list(text, isV7 ? 10 : 5, 1)
  const fields = z.strictObject({
    languages: z.optional(languages),
    speakerLanguages: z.optional(list(z.strictObject({ uid: text, languages }), 5)),
    translations: z.optional(list(z.strictObject({ source: text, targets }), 4)),
    botUid,
    listenerBotUid: isV7 ? onlyOn('v6') : botUid,
    includeUids: z.optional(list(text, 32)),
    excludeUids: z.optional(list(text, 5)),
    maxIdleSeconds: z.optional(isV7 ? whole(0, 259_200) : whole(5, 2_592_000)),
    keywords: isV7 ? z.optional(list(text, 500)) : onlyOn('v7'),
    captionFormat: z.optional(z.enum(['protobuf', 'json'])),
    encryption: z.optional(encryption),
  })
  const isEitherOr = z.refine<z.infer<typeof fields>>(
    ({ includeUids, excludeUids }) => !includeUids?.length || !excludeUids?.length,
    'takes includeUids or excludeUids, not both',
  )
  return z.optional(fields.check(isEitherOr))
}

/** @throws `ConfigError` */
export function checkClientConfig(config: SttClientConfig): SttClientConfig {
  const api: unknown = (config as Partial<SttClientConfig> | undefined)?.api
  if (api !== 'v7' && api !== 'v6') {
    throw new ConfigError(
      `api: must be 'v7' or 'v6'. Given: ${show(api)}. 'v7' calls POST …/join (projects created since June 2025 must use it); 'v6' calls POST …/builderTokens, then POST …/tasks if there is a transcription.`,
    )
  }
  const schema = z.strictObject({
    appId: matching(/^[0-9a-fA-F]{32}$/, '32 hex characters'),
    api: text,
    tokenProvider: callback(),
    transcription: transcriptionSchema(api),
    baseUrl: z.optional(
      matching(
        /^(https?:\/\/[^/?#]|\/(?!\/))[^?#]*$/,
        "an address that begins with 'https://', 'http://' or '/' and holds no '?' or '#'",
      ),
    ),
    fetch: callback(),
    minIntervalMs: z.optional(
      must<number>(
        'a number of ms, 0 or more',
        (value) => Number.isFinite(value) && Number(value) >= 0,
      ),
    ),
    requestTimeoutMs: z.optional(whole(1, 60_000)),
    onEvent: callback(),
    environment: z.optional(z.looseObject({})),
  })
  check(schema, config)
  checkBots(api, config.transcription)
  return config
}

/** @throws `ConfigError` */
export function checkRequest(
  api: SttApiVersion,
  request: EnableRequest,
  isTranscribed: boolean,
): void {
  const schema = z.strictObject({
    channel,
    uid: z.optional(
      must<string | number>(
        `a user account, or a whole number from 0 to ${MAX_UID}`,
        (value) => isText(value) || isWhole(value, 0, MAX_UID),
      ),
    ),
    tokenProvider: callback(),
    ...(isTranscribed && { transcription: transcriptionSchema(api) }),
  })
  check(schema, request)
  checkBots(api, request.transcription)
}

function checkBots(api: SttApiVersion, options: TranscriptionOptions = {}): void {
  const { botUid, listenerBotUid } = toSettings(api, options)
  if (botUid !== listenerBotUid) return
  throw new ConfigError(
    `transcription.listenerBotUid: must differ from botUid. Given: ${botUid} for both.`,
  )
}

export function isChannel(value: unknown): value is string {
  return z.safeParse(channel, value).success
}

function check(schema: z.ZodMiniType, value: unknown): void {
  const issue = z.safeParse(schema, value).error?.issues[0]
  if (!issue) return
  const { path } = issue
  const isUnknown = issue.code === 'unrecognized_keys'
  const field = [...path, ...(isUnknown ? issue.keys : [])].join('.') || 'options'
  const given = path.reduce<unknown>((inner, key) => Object(inner)[key], value)
  const isSecret = isUnknown || (path.includes('encryption') && !path.includes('mode'))
  throw new ConfigError(`${field}: ${toRule(issue)}.${isSecret ? '' : ` Given: ${show(given)}.`}`)
}

function toRule(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'unrecognized_keys':
      return 'is no option; remove it, or check its spelling'
    case 'too_big':
      return `must hold at most ${issue.maximum} items`
    case 'too_small':
      return `must hold at least ${issue.minimum} items`
    case 'invalid_type':
      return `must be of type ${issue.expected}`
    case 'invalid_value':
      return `must be one of ${issue.values.join(', ')}`
    default:
      return issue.message
  }
}

const MAX_SHOWN_LENGTH = 80

/** A value as a message may repeat it. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} items`
  if (typeof value === 'function' || Object(value) === value) return typeof value
  if (typeof value !== 'string') return String(value)
  return `'${withoutSecrets(value).slice(0, MAX_SHOWN_LENGTH)}' (${value.length} characters)`
}
