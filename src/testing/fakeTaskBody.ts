import type { FakeApi } from './fakeTasks.js'

export type JsonObject = Readonly<Record<string, unknown>>

/** Why the service refuses a body. */
export interface BodyProblem {
  isMissing: boolean
  /** Begins with the field's path. */
  text: string
}

interface TaskLimits {
  idleSeconds: readonly [min: number, max: number]
  targets: number
}

const LIMITS: Record<FakeApi, TaskLimits> = {
  v6: { idleSeconds: [5, 2_592_000], targets: 5 },
  v7: { idleSeconds: [0, 259_200], targets: 10 },
}
const MAX_LANGUAGES = 4
const MAX_SPEAKERS = 5
const MAX_SOURCES = 4
const MAX_KEYWORDS = 500
const MAX_SUBSCRIBED = 32
const MAX_UNSUBSCRIBED = 5
const MAX_NAME_LENGTH = 64
const MAX_UID = 4_294_967_295
const MAX_CRYPTION_MODE = 8
const FIRST_MODE_WITH_SALT = 7
const SALT = /^[A-Za-z0-9+/]{43}=$/

export function asObject(value: unknown): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as JsonObject)
    : {}
}

/** The rules for the body of `join` and `tasks`; null when it passes. */
export function checkTaskBody(api: FakeApi, body: unknown): BodyProblem | null {
  const fields = asObject(body)
  const limits = LIMITS[api]
  const check = new BodyCheck()
  if (api === 'v7') check.text('name', fields.name, MAX_NAME_LENGTH)
  const languages = check.texts('languages', fields.languages, 1, MAX_LANGUAGES)
  check.optional(fields.uidLanguagesConfig, (value) => {
    for (const item of check.list('uidLanguagesConfig', value, 0, MAX_SPEAKERS).map(asObject)) {
      check.text('uidLanguagesConfig.uid', item.uid)
      check.texts('uidLanguagesConfig.languages', item.languages, 1, MAX_LANGUAGES)
    }
  })
  check.optional(fields.maxIdleTime, (value) =>
    check.wholeNumber('maxIdleTime', value, ...limits.idleSeconds),
  )
  check.optional(fields.keywords, (value) => check.texts('keywords', value, 0, MAX_KEYWORDS))
  checkRtcConfig(check, api, fields.rtcConfig)
  check.optional(asObject(fields.translateConfig).languages, (value) => {
    const field = 'translateConfig.languages'
    for (const item of check.list(field, value, 0, MAX_SOURCES).map(asObject)) {
      check.text(`${field}.source`, item.source)
      const targets = check.texts(`${field}.target`, item.target, 1, limits.targets)
      // v7.2.2 lets a target equal a source where several languages are mixed.
      if (targets.includes(String(item.source)) && (api === 'v6' || languages.length === 1)) {
        check.refuse(`${field}.target`, 'must differ from its source')
      }
    }
  })
  return check.problem
}

function checkRtcConfig(check: BodyCheck, api: FakeApi, rtcConfig: unknown): void {
  if (!check.present('rtcConfig', rtcConfig)) return
  const rtc = asObject(rtcConfig)
  check.text('rtcConfig.channelName', rtc.channelName, MAX_NAME_LENGTH)
  check.uid('rtcConfig.pubBotUid', rtc.pubBotUid)
  if (api === 'v6') {
    check.uid('rtcConfig.subBotUid', rtc.subBotUid)
    if (rtc.subBotUid === rtc.pubBotUid) {
      check.refuse('rtcConfig.subBotUid', 'must differ from rtcConfig.pubBotUid')
    }
  }
  check.optional(rtc.subscribeAudioUids, (value) =>
    check.texts('rtcConfig.subscribeAudioUids', value, 0, MAX_SUBSCRIBED),
  )
  check.optional(rtc.unSubscribeAudioUids, (value) => {
    check.texts('rtcConfig.unSubscribeAudioUids', value, 0, MAX_UNSUBSCRIBED)
    if (rtc.subscribeAudioUids !== undefined) {
      check.refuse(
        'rtcConfig.unSubscribeAudioUids',
        'cannot be combined with rtcConfig.subscribeAudioUids',
      )
    }
  })
  check.optional(rtc.cryptionMode, (mode) => {
    check.wholeNumber('rtcConfig.cryptionMode', mode, 0, MAX_CRYPTION_MODE)
    if (mode !== 0) check.text('rtcConfig.secret', rtc.secret)
    if (typeof mode !== 'number' || mode < FIRST_MODE_WITH_SALT) return
    if (!check.present('rtcConfig.salt', rtc.salt)) return
    if (!SALT.test(String(rtc.salt))) check.refuse('rtcConfig.salt', 'must be Base64 of 32 bytes')
  })
}

/** Keeps the first problem, as the service names one. */
class BodyCheck {
  problem: BodyProblem | null = null

  refuse(field: string, rule: string): void {
    this.problem ??= { isMissing: false, text: `${field} ${rule}` }
  }

  present(field: string, value: unknown): boolean {
    if (value !== undefined && value !== null && value !== '') return true
    this.problem ??= { isMissing: true, text: `${field} is required` }
    return false
  }

  optional(value: unknown, check: (value: unknown) => void): void {
    if (value !== undefined) check(value)
  }

  text(field: string, value: unknown, maxLength = Number.POSITIVE_INFINITY): void {
    if (!this.present(field, value)) return
    if (typeof value !== 'string') this.refuse(field, 'must be a string')
    else if (value.length > maxLength) this.refuse(field, `exceeds ${maxLength} characters`)
  }

  uid(field: string, value: unknown): void {
    if (!this.present(field, value)) return
    const isUid = typeof value === 'string' && /^[1-9]\d*$/.test(value) && Number(value) <= MAX_UID
    if (!isUid) this.refuse(field, `must be a string holding an integer from 1 to ${MAX_UID}`)
  }

  wholeNumber(field: string, value: unknown, min: number, max: number): void {
    const isInside = typeof value === 'number' && Number.isInteger(value)
    if (!isInside || value < min || value > max) {
      this.refuse(field, `must be an integer from ${min} to ${max}`)
    }
  }

  list(field: string, value: unknown, min: number, max: number): readonly unknown[] {
    if (!this.present(field, value)) return []
    if (!Array.isArray(value) || value.length < min || value.length > max) {
      this.refuse(field, `must be an array of ${min} to ${max} items`)
      return []
    }
    return value
  }

  texts(field: string, value: unknown, min: number, max: number): readonly string[] {
    const items = this.list(field, value, min, max)
    const texts = items.filter((item) => typeof item === 'string' && item !== '')
    if (texts.length < items.length) this.refuse(field, 'must hold non-empty strings')
    return texts as string[]
  }
}
