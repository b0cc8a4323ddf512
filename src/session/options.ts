import * as z from 'zod/mini'
import { withoutSecrets } from '../agora/secrets.js'
import type { SttApiVersion } from '../agora/task.js'
import { ConfigError } from '../errors.js'
import type { SttEnvironment } from './environment.js'
import type { SttEvent } from './events.js'
import type { TokenProvider } from './tokens.js'
import type {
  TranscriptionChange,
  TranscriptionOptions,
  TranscriptionOptionsV6,
  TranscriptionOptionsV7,
} from './transcription.js'

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

/** What {@link SttClient.update} takes. */
export interface UpdateRequest extends ChannelRequest {
  change: TranscriptionChange
}

const MAX_CHANNEL_BYTES = 64
const MAX_UID = 4_294_967_295

const text = z.string('must be a string').check(z.minLength(1, 'must not be empty'))

const channel = text.check(
  z.refine(
    (value) => new TextEncoder().encode(value).length <= MAX_CHANNEL_BYTES,
    `must be at most ${MAX_CHANNEL_BYTES} bytes of UTF-8`,
  ),
)

const botUid = z
  .union([z.string(), z.number()], `must be a whole number from 1 to ${MAX_UID}`)
  .check(
    z.refine(
      (value) => /^[1-9]\d*$/.test(String(value)) && Number(value) <= MAX_UID,
      `must be a whole number from 1 to ${MAX_UID}`,
    ),
  )

const uid = z
  .union([z.string(), z.number()], 'must be a string or a whole number')
  .check(
    z.refine(
      (value) =>
        typeof value === 'number'
          ? Number.isInteger(value) && value >= 0 && value <= MAX_UID
          : value !== '' && value.length <= 255,
      `must be a user account of 1 to 255 characters or a whole number from 0 to ${MAX_UID}`,
    ),
  )

const list = <Item extends z.ZodMiniType>(item: Item, min: number, max: number, what: string) =>
  z
    .array(item, `must be a list of ${what}`)
    .check(
      z.minLength(min, `must hold at least ${min} ${what}`),
      z.maxLength(max, `must hold at most ${max} ${what}`),
    )

const callback = <Callback>() =>
  z.custom<Callback>((value) => typeof value === 'function', 'must be a function')

const languages = list(text, 1, 4, 'language codes')

const changeable = (api: SttApiVersion) => ({
  languages: z.optional(languages),
  speakerLanguages: z.optional(list(z.strictObject({ uid: text, languages }), 0, 5, 'speakers')),
  translations: z.optional(
    list(
      z.strictObject({
        source: text,
        targets: list(text, 1, api === 'v7' ? 10 : 5, 'target languages'),
      }),
      0,
      4,
      'source languages',
    ),
  ),
  includeUids: z.optional(list(text, 0, 32, 'uids')),
  keywords: api === 'v7' ? z.optional(list(text, 0, 500, 'keywords')) : onlyOn('v7'),
})

const encryption = z
  .strictObject({
    mode: z.int('must be a whole number from 1 to 8').check(z.gte(1), z.lte(8)),
    secret: text,
    salt: z.optional(text),
  })
  .check(
    z.refine(
      ({ mode, salt }) => mode < 7 || (salt !== undefined && /^[A-Za-z0-9+/]{43}=$/.test(salt)),
      'needs a salt, the Base64 of 32 bytes, for modes 7 and 8',
    ),
  )

function transcriptionSchema(api: SttApiVersion) {
  const [minIdle, maxIdle] = api === 'v7' ? [0, 259_200] : [5, 2_592_000]
  const idleLimit = `must be a whole number of seconds from ${minIdle} to ${maxIdle}`
  return z
    .strictObject({
      ...changeable(api),
      botUid: z.optional(botUid),
      listenerBotUid: api === 'v6' ? z.optional(botUid) : onlyOn('v6'),
      excludeUids: z.optional(list(text, 0, 5, 'uids')),
      maxIdleSeconds: z.optional(
        z.int(idleLimit).check(z.gte(minIdle, idleLimit), z.lte(maxIdle, idleLimit)),
      ),
      captionFormat: z.optional(z.enum(['protobuf', 'json'], "must be 'protobuf' or 'json'")),
      encryption: z.optional(encryption),
    })
    .check(
      z.refine(
        (options) => !options.includeUids?.length || !options.excludeUids?.length,
        'takes includeUids or excludeUids, not both',
      ),
      z.refine(
        (options) =>
          options.listenerBotUid === undefined ||
          String(options.listenerBotUid) !== String(options.botUid),
        'needs a listenerBotUid that differs from botUid',
      ),
    )
}

function onlyOn(api: SttApiVersion) {
  return z.optional(z.undefined(`is an option of api '${api}' only`))
}

const channelFields = {
  channel,
  uid: z.optional(uid),
  tokenProvider: z.optional(callback<TokenProvider>()),
}

const positiveMs = z.number('must be a number of ms').check(z.positive('must be more than 0 ms'))

function clientSchema(api: SttApiVersion) {
  return z.strictObject({
    appId: text.check(z.regex(/^[0-9a-fA-F]{32}$/, 'must be 32 hex characters')),
    api: z.enum(['v7', 'v6']),
    tokenProvider: z.optional(callback<TokenProvider>()),
    transcription: z.optional(transcriptionSchema(api)),
    baseUrl: z.optional(
      text.check(
        z.regex(
          /^(https?:\/\/[^/?#]|\/(?!\/))[^?#]*$/,
          "must begin with 'https://', 'http://' or '/' and hold no '?' or '#'",
        ),
      ),
    ),
    fetch: z.optional(callback<typeof globalThis.fetch>()),
    minIntervalMs: z.optional(
      z.number('must be a number of ms').check(z.nonnegative('must be 0 ms or more')),
    ),
    requestTimeoutMs: z.optional(positiveMs),
    onEvent: z.optional(callback<(event: SttEvent) => void>()),
    environment: z.optional(
      z.custom<Partial<SttEnvironment>>((value) => typeof value === 'object'),
    ),
  })
}

/** @throws {@link ConfigError} */
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

/** @throws {@link ConfigError} */
export function checkChannelRequest(request: ChannelRequest): void {
  check(z.strictObject(channelFields), request)
}

/** @throws {@link ConfigError} */
export function checkEnableRequest(api: SttApiVersion, request: EnableRequest): void {
  check(
    z.strictObject({ ...channelFields, transcription: z.optional(transcriptionSchema(api)) }),
    request,
  )
}

/** @throws {@link ConfigError} */
export function checkUpdateRequest(api: SttApiVersion, request: UpdateRequest): void {
  const change = z
    .strictObject(changeable(api))
    .check(
      z.refine(
        (fields) => Object.values(fields).some((value) => value !== undefined),
        'must name something to change',
      ),
    )
  check(z.strictObject({ ...channelFields, change }), request)
}

export function isChannel(value: unknown): value is string {
  return z.safeParse(channel, value).success
}

function check(schema: z.ZodMiniType, value: unknown): void {
  const result = z.safeParse(schema, value)
  if (result.success) return
  const [issue] = result.error.issues
  const path = issue?.path ?? []
  if (issue?.code === 'unrecognized_keys') {
    const field = [...path, issue.keys[0]].join('.')
    throw new ConfigError(`${field}: is no option. Remove it, or check its spelling.`)
  }
  const field = path.join('.') || 'options'
  const given = path.includes('encryption') ? '' : ` Given: ${show(valueAt(value, path))}.`
  throw new ConfigError(`${field}: ${issue?.message}.${given}`)
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
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'string') return String(value)
  const shown = withoutSecrets(value)
  return shown.length > MAX_SHOWN_LENGTH
    ? `'${shown.slice(0, MAX_SHOWN_LENGTH)}…' (${value.length} characters)`
    : `'${shown}'`
}
