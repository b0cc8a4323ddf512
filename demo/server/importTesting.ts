import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The testing door as it was built, for the server that runs the production build. */
export function importTesting(): Promise<typeof import('react-realtime-stt/testing')> {
  const built = join(import.meta.dirname, '../../dist/testing.js')
  return import(pathToFileURL(built).href)
}
