'use client'

import { useSyncExternalStore } from 'react'
import {
  type CaptionChoices,
  type CaptionSettingsStore,
  pageCaptionSettings,
} from './createCaptionSettings.js'

/** What {@link useCaptionSettings} gives. The functions keep their identity between renders. */
export interface UseCaptionSettingsResult {
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
 * @param settings default: what all components of the page share
 */
export function useCaptionSettings(
  settings: CaptionSettingsStore = pageCaptionSettings,
): UseCaptionSettingsResult {
  const { subscribe, getSnapshot, getServerSnapshot, choose, reset } = settings
  const choices = useSyncExternalStore(subscribe, getSnapshot, getServerSnapshot)
  return { choices, choose, reset }
}
