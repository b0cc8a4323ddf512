import { type CaptionSettingsStore, createCaptionSettings } from 'react-realtime-stt'
import type { Person, PersonId } from '../../people.ts'

const stores = new Map<PersonId, CaptionSettingsStore>()

/** How a person wants captions: several share a browser, but not their choices. */
export function captionSettingsOf(person: Person): CaptionSettingsStore {
  const settings = stores.get(person.id) ?? openSettings(person)
  stores.set(person.id, settings)
  return settings
}

/** Until something is chosen everybody reads what they speak, so that several languages can be seen side by side. */
function openSettings({ id, language }: Person): CaptionSettingsStore {
  const storageKey = `demo.captions.${id}`
  const settings = createCaptionSettings({ storageKey })
  if (!isKept(storageKey)) settings.choose({ language })
  return settings
}

/** A frame of another site may not be given any storage. */
function isKept(storageKey: string): boolean {
  try {
    return localStorage.getItem(storageKey) !== null
  } catch {
    return false
  }
}
