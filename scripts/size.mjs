/** Measures what an app ships for the provider, the hook and the client, by Vite's library build, minified and gzipped. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { generate } from './generate.mjs'

/** Where it should come to, and what it may not grow past meanwhile. */
const GOAL_BYTES = 14_000
const MAX_BYTES = 21_300
const root = fileURLToPath(new URL('..', import.meta.url))

generate()

const gzipped = async (isExternal) => {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    build: {
      write: false,
      minify: true,
      lib: { entry: join(root, 'scripts/hookEntry.ts'), formats: ['es'], fileName: 'hook' },
      rolldownOptions: { external: isExternal, output: { minify: true } },
    },
  })
  const [{ output }] = [result].flat()
  return gzipSync(output.map(({ code }) => code ?? '').join(''), { level: 9 }).length
}

const isPeer = (id) => /^(react|react-dom|@tanstack\/react-query)(\/|$)/.test(id)
const own = await gzipped((id) => isPeer(id) || /^zod(\/|$)/.test(id))
const withZod = await gzipped(isPeer)

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
const isPackageCode = (file) => !/[\\/](testing|server|generated)/.test(file)
const lines = files.filter(isPackageCode).flatMap((file) => readFileSync(file, 'utf8').split('\n'))
const code = lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line))

const kB = (bytes) => `${(bytes / 1000).toFixed(2)} kB`
process.stdout.write(
  `size of provider, hook and client, minified and gzipped: ${kB(own)} (limit ${kB(MAX_BYTES)}, goal ${kB(GOAL_BYTES)}), ${kB(withZod)} with zod inside\n` +
    `lines of src without testing and server: ${lines.length}, of which code: ${code.length}\n`,
)
if (own > MAX_BYTES) {
  process.stderr.write('The hook has grown past its limit.\n')
  process.exit(1)
}
