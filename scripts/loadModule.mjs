import { fileURLToPath } from 'node:url'
import { runnerImport } from 'vite'
import { generate } from './generate.mjs'

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** Imports a module of the repository as the tests do: TypeScript, and the doors by their public names. */
export async function loadModule(path) {
  generate()
  const { module } = await runnerImport(at(path), {
    configFile: false,
    resolve: {
      alias: {
        'react-realtime-stt/core': at('src/core.ts'),
        'react-realtime-stt/testing': at('src/testing.ts'),
        'react-realtime-stt': at('src/index.ts'),
      },
    },
  })
  return module
}
