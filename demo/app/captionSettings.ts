import { type CaptionSettingsStore, createCaptionSettings } from 'react-realtime-stt'
import type { ViewerId } from './people.ts'

/** How each viewer of this page wants captions: they share a browser, but not their choices. */
export const captionSettings: Readonly<Record<ViewerId, CaptionSettingsStore>> = {
  ada: openSettings('ada', 'en-US'),
  grace: openSettings('grace', 'de-DE'),
}

/** @param language until something is chosen, so that two languages can be seen side by side */
function openSettings(id: ViewerId, language: string): CaptionSettingsStore {
  const storageKey = `demo.captions.${id}`
  const settings = createCaptionSettings({ storageKey })
  if (localStorage.getItem(storageKey) === null) settings.choose({ language })
  return settings
}
