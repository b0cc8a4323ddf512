'use client'

import { useSyncExternalStore } from 'react'
import {
  type CaptionChoices,
  type CaptionSettingsStore,
  pageCaptionSettings,
} from './createCaptionSettings.js'

/** What {@link useCaptionSettings} gives. The functions keep their identity between renders. */
export interface UseCaptionSettingsResult {
  /** What is chosen. The same object until something else is. */
  choices: CaptionChoices
  /** Changes what is named, and keeps the rest; undefined gives a choice back to the app. */
  choose: (change: Partial<CaptionChoices>) => void
  /** Gives every choice back. */
  reset: () => void
}

/**
 * How this person wants captions to look: the same in every component and tab. Nothing is chosen on a server, and until
 * the page is hydrated.
 *
 * @group Hooks
 * @param settings where choices are kept; what all components of the page share unless it is given
 * @example
 * ```tsx
 * import { useCaptionSettings } from 'react-realtime-stt'
 *
 * export function LargerButton() {
 *   const { choices, choose } = useCaptionSettings()
 *   const textSize = Math.min((choices.textSize ?? 1) * 1.25, 4)
 *   return <button onClick={() => choose({ textSize })}>Larger captions</button>
 * }
 * ```
 */
export function useCaptionSettings(
  settings: CaptionSettingsStore = pageCaptionSettings,
): UseCaptionSettingsResult {
  const { subscribe, getSnapshot, getServerSnapshot, choose, reset } = settings
  const choices = useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot)
  return { choices, choose, reset }
}
