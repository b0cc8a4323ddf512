import * as z from 'zod/mini'
import { ORIGINAL } from '../captions/exportOptions.js'
import { ConfigError } from '../errors.js'
import { createListeners } from './createListeners.js'

/** How one person wants captions to look. What is missing was not chosen: the app decides. */
export interface CaptionChoices {
  /** Times the size that the app gives: 0.5–4. */
  readonly textSize?: number | undefined
  /** As `'#rrggbb'`. */
  readonly textColor?: string | undefined
  /** Behind the text, as `'#rrggbb'`. */
  readonly backgroundColor?: string | undefined
  /** Of the background: 0, which lets everything through, to 1. */
  readonly backgroundOpacity?: number | undefined
  /** Where captions are, over the call. */
  readonly position?: 'bottom' | 'top' | undefined
  /** The code of a translation, as `'de-DE'`, or `'original'`. @defaultValue `'original'` */
  readonly language: string
  /** Under a translation, also what was said. @defaultValue `false` */
  readonly showsOriginal: boolean
}

/** What of a `Storage` is used. */
export type CaptionStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

/** What {@link createCaptionSettings} takes. */
export interface CaptionSettingsOptions {
  /** Under which key choices are stored. @defaultValue `'react-realtime-stt.captions'` */
  storageKey?: string | undefined
  /** Where choices are stored. @defaultValue the page's `localStorage`; in memory where there is none */
  storage?: CaptionStorage | undefined
}

/** One person's choices, outside React. */
export interface CaptionSettingsStore {
  /** What is chosen. The same object until something else is. */
  getSnapshot(): CaptionChoices
  /** What is shown before anything can be known: on a server, and until a page is hydrated. */
  getServerSnapshot(): CaptionChoices
  /**
   * Calls a listener when something was chosen, in this tab or another.
   *
   * @param listener called without anything
   * @returns ends the subscription
   */
  subscribe(listener: () => void): () => void
  /**
   * Changes what is named, and keeps the rest; undefined gives a choice back to the app.
   *
   * @param change the choices to change
   * @throws {@link ConfigError} for what cannot be chosen
   */
  choose(change: Partial<CaptionChoices>): void
  /** Gives every choice back. */
  reset(): void
}

const DEFAULT_KEY = 'react-realtime-stt.captions'
const DEFAULTS: CaptionChoices = { language: ORIGINAL, showsOriginal: false }

const textSize = z.optional(z.number().check(z.gte(0.5), z.lte(4)))
const color = z.optional(z.string().check(z.regex(/^#[0-9a-f]{6}$/i)))
const opacity = z.optional(z.number().check(z.gte(0), z.lte(1)))
const position = z.optional(z.enum(['bottom', 'top']))
const language = z.string().check(z.minLength(1), z.maxLength(64))

const changeSchema = z.object({
  textSize,
  textColor: color,
  backgroundColor: color,
  backgroundOpacity: opacity,
  position,
  language: z.optional(language),
  showsOriginal: z.optional(z.boolean()),
})

/** Each by itself: what another version or another hand has stored spoils nothing else. */
const storedSchema = z.catch(
  z.object({
    textSize: z.catch(textSize, undefined),
    textColor: z.catch(color, undefined),
    backgroundColor: z.catch(color, undefined),
    backgroundOpacity: z.catch(opacity, undefined),
    position: z.catch(position, undefined),
    language: z.catch(language, DEFAULTS.language),
    showsOriginal: z.catch(z.boolean(), DEFAULTS.showsOriginal),
  }),
  DEFAULTS,
)

/**
 * Makes a store for the choices of {@link CaptionSettings}, kept in `localStorage` and the same in every tab. Make one for a
 * page; components share one of their own unless they are given another. Storage that is missing, full or refused is no
 * error: choices then last as long as the page.
 *
 * @param options where choices are stored
 * @example
 * ```tsx
 * import { CaptionOverlay, createCaptionSettings } from 'react-realtime-stt'
 *
 * const settings = createCaptionSettings({ storageKey: 'my-app.captions' })
 *
 * export const Captions = () => <CaptionOverlay settings={settings} />
 * export const larger = () => settings.choose({ textSize: 1.5 })
 * ```
 */
export function createCaptionSettings(options: CaptionSettingsOptions = {}): CaptionSettingsStore {
  const { storageKey = DEFAULT_KEY } = options
  let choices: CaptionChoices | null = null
  let isKept = true

  const read = (): CaptionChoices => {
    const text = attempt(() => storageOf(options)?.getItem(storageKey))
    return storedSchema.parse(attempt(() => JSON.parse(text ?? 'null')))
  }

  const getSnapshot = () => {
    choices ??= read()
    return choices
  }

  function show(next: CaptionChoices): void {
    choices = next
    listeners.tell()
  }

  /** What another tab has chosen. */
  function refresh(): void {
    if (!choices || !isKept) return
    const next = read()
    if (JSON.stringify(next) !== JSON.stringify(choices)) show(next)
  }

  function keep(next: CaptionChoices, write: (storage: CaptionStorage) => void): void {
    isKept = attempt(() => {
      const storage = storageOf(options)
      if (storage) write(storage)
      return storage !== undefined
    }, false)
    show(next)
  }

  const onStorage = ({ key, storageArea }: StorageEvent) => {
    const storage = attempt(() => storageOf(options))
    if ((key === null || key === storageKey) && (storageArea ?? storage) === storage) refresh()
  }

  const listeners = createListeners(() => {
    globalThis.addEventListener?.('storage', onStorage)
    refresh()
    return () => globalThis.removeEventListener?.('storage', onStorage)
  })

  return {
    getSnapshot,
    getServerSnapshot: () => DEFAULTS,
    subscribe: listeners.subscribe,
    choose(change) {
      const checked = changeSchema.safeParse(change)
      if (!checked.success) {
        const field = checked.error.issues[0]?.path.join('.') || 'change'
        throw new ConfigError(`${field}: is no choice for captions; see CaptionChoices.`)
      }
      refresh()
      const next = storedSchema.parse({ ...getSnapshot(), ...checked.data })
      keep(next, (storage) => storage.setItem(storageKey, JSON.stringify(next)))
    },
    reset: () => keep(DEFAULTS, (storage) => storage.removeItem(storageKey)),
  }
}

/** Of the page, unless another is given. @throws where the browser refuses it */
function storageOf({ storage }: CaptionSettingsOptions): CaptionStorage | undefined {
  return storage ?? (globalThis as { localStorage?: Storage }).localStorage
}

function attempt<Result>(work: () => Result): Result | undefined
function attempt<Result>(work: () => Result, fallback: Result): Result
function attempt<Result>(work: () => Result, fallback?: Result): Result | undefined {
  try {
    return work()
  } catch {
    return fallback
  }
}

/** What the components of a page share. */
export const pageCaptionSettings: CaptionSettingsStore = /* @__PURE__ */ createCaptionSettings()
