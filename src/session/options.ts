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

/** A value for which `isGood` holds; the message names the limit. */
const where = <Value>(isGood: (value: unknown) => unknown, message: string) =>
  z.custom<Value>(isGood, message)

const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

const isWhole = (value: unknown, min: number, max: number) =>
  Number.isInteger(value) && (value as number) >= min && (value as number) <= max

const text = where<string>(isText, 'must be a string that is not empty')

const list = <Item extends z.ZodMiniType>(item: Item, min: number, max: number, what: string) => {
  const message = `must be a list of ${min} to ${max} ${what}`
  return z.optional(
    z.array(item, message).check(z.minLength(min, message), z.maxLength(max, message)),
  )
}

const whole = (min: number, max: number, unit: string) =>
  z.optional(
    where<number>(
      (value) => isWhole(value, min, max),
      `must be a whole number${unit} from ${min} to ${max}`,
    ),
  )

const callback = <Callback>() =>
  z.optional(where<Callback>((value) => typeof value === 'function', 'must be a function'))

const channel = where<string>(
  (value) => isText(value) && new TextEncoder().encode(value).length <= MAX_CHANNEL_BYTES,
  `must be a string of 1 to ${MAX_CHANNEL_BYTES} bytes of UTF-8`,
)

const botUid = z.optional(
  where<string | number>(
    (value) => /^[1-9]\d*$/.test(String(value)) && Number(value) <= MAX_UID,
    `must be a whole number from 1 to ${MAX_UID}`,
  ),
)

const uid = z.optional(
  where<string | number>(
    (value) => (isText(value) && value.length <= 255) || isWhole(value, 0, MAX_UID),
    `must be a user account of 1 to 255 characters or a whole number from 0 to ${MAX_UID}`,
  ),
)

const onlyOn = (api: SttApiVersion) => z.optional(z.undefined(`is an option of api '${api}' only`))

const encryption = z.optional(
  z
    .strictObject({
      mode: where<number>((value) => isWhole(value, 1, 8), 'must be a whole number from 1 to 8'),
      secret: text,
      salt: z.optional(text),
    })
    .check(
      z.refine(
        ({ mode, salt }) => mode < 7 || /^[A-Za-z0-9+/]{43}=$/.test(salt ?? ''),
        'needs a salt, the Base64 of 32 bytes, for modes 7 and 8',
      ),
    ),
)

function transcriptionSchema(api: SttApiVersion) {
  const isV7 = api === 'v7'
  const languages = list(text, 1, 4, 'language codes')
  const targets = list(text, 1, isV7 ? 10 : 5, 'target languages')
  return z.optional(
    z
      .strictObject({
        languages,
        speakerLanguages: list(
          z.strictObject({ uid: text, languages: z.nonoptional(languages) }),
          0,
          5,
          'speakers',
        ),
        translations: list(
          z.strictObject({ source: text, targets: z.nonoptional(targets) }),
          0,
          4,
          'sources',
        ),
        botUid,
        listenerBotUid: isV7 ? onlyOn('v6') : botUid,
        includeUids: list(text, 0, 32, 'uids'),
        excludeUids: list(text, 0, 5, 'uids'),
        maxIdleSeconds: isV7
          ? whole(0, 259_200, ' of seconds')
          : whole(5, 2_592_000, ' of seconds'),
        keywords: isV7 ? list(text, 0, 500, 'keywords') : onlyOn('v7'),
        captionFormat: z.optional(z.enum(['protobuf', 'json'], "must be 'protobuf' or 'json'")),
        encryption,
      })
      .check(
        z.refine(
          ({ includeUids, excludeUids }) => !includeUids?.length || !excludeUids?.length,
          'takes includeUids or excludeUids, not both',
        ),
        z.refine((options) => {
          const { botUid, listenerBotUid } = toSettings(api, options as TranscriptionOptions)
          return botUid !== listenerBotUid
        }, 'needs a listenerBotUid that differs from botUid'),
      ),
  )
}

const channelFields = { channel, uid, tokenProvider: callback<TokenProvider>() }

const clientSchema = (api: SttApiVersion) =>
  z.strictObject({
    appId: where<string>(
      (value) => /^[0-9a-fA-F]{32}$/.test(String(value)),
      'must be 32 hex characters',
    ),
    api: text,
    tokenProvider: callback<TokenProvider>(),
    transcription: transcriptionSchema(api),
    baseUrl: z.optional(
      where<string>(
        (value) => /^(https?:\/\/[^/?#]|\/(?!\/))[^?#]*$/.test(String(value)),
        "must begin with 'https://', 'http://' or '/' and hold no '?' or '#'",
      ),
    ),
    fetch: callback<typeof globalThis.fetch>(),
    minIntervalMs: z.optional(
      where<number>(
        (value) => Number.isFinite(value) && (value as number) >= 0,
        'must be a number of ms, 0 or more',
      ),
    ),
    requestTimeoutMs: whole(1, 2_147_483_647, ' of ms'),
    onEvent: callback<(event: SttEvent) => void>(),
    environment: z.optional(
      where<Partial<SttEnvironment>>((value) => typeof value === 'object', 'must be an object'),
    ),
  })

/** @throws `ConfigError` */
export function checkClientConfig(config: SttClientConfig): SttClientConfig {
  const api: unknown = (config as Partial<SttClientConfig> | undefined)?.api
  if (api !== 'v7' && api !== 'v6') {
    throw new ConfigError(
      `api: must be 'v7' or 'v6'. Given: ${show(api)}. 'v7' calls POST …/join (projects created since June 2025 must use it); 'v6' calls POST …/builderTokens, then POST …/tasks if there is a transcription.`,
    )
  }
  check(clientSchema(api), config)
  return config
}

/** @throws `ConfigError` */
export function checkChannelRequest(request: ChannelRequest): void {
  check(z.strictObject(channelFields), request)
}

/** @throws `ConfigError` */
export function checkEnableRequest(api: SttApiVersion, request: EnableRequest): void {
  check(z.strictObject({ ...channelFields, transcription: transcriptionSchema(api) }), request)
}

export function isChannel(value: unknown): value is string {
  return z.safeParse(channel, value).success
}

function check(schema: z.ZodMiniType, value: unknown): void {
  const issue = z.safeParse(schema, value).error?.issues[0]
  if (!issue) return
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0]].join('.')
    throw new ConfigError(`${field}: is no option. Remove it, or check its spelling.`)
  }
  const given = path.includes('encryption') ? '' : ` Given: ${show(valueAt(value, path))}.`
  throw new ConfigError(`${path.join('.') || 'options'}: ${issue.message}.${given}`)
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined)?.[key],
    value,
  )
}

const MAX_SHOWN_LENGTH = 80

/** A value as a message may repeat it. */
function show(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'string') return typeof value === 'number' ? `${value}` : `${typeof value}`
  return `'${withoutSecrets(value).slice(0, MAX_SHOWN_LENGTH)}' (${value.length} characters)`
}
