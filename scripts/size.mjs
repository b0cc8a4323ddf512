/** Measures what an app ships for what it imports, by Vite's library build, minified and gzipped. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { generate } from './generate.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const entry = join(root, 'src/sizeEntry.ts')

/** Where the hook should come to, and what it may not grow past meanwhile. */
const GOAL_BYTES = 14_000
const MAX_HOOK_BYTES = 21_800
/** More than the hook's path. */
const MAX_CAPTIONS_BYTES = 9_000
const MAX_EXPORT_BYTES = 1_500

const HOOK = ['createSttClient', 'RealtimeSttProvider', 'useRealtimeStt']
const CAPTIONS = [
  'createTranscript',
  'attachCaptions',
  'useCaptions',
  'useCaptionIds',
  'useCaption',
]
const EXPORTERS = ['toWebVtt', 'toSrt', 'toText', 'toJson', 'exportTranscript']
const CHUNKS = ['webVttChunks', 'srtChunks', 'textChunks', 'jsonChunks']
const COMPONENTS = ['CaptionOverlay', 'TranscriptPanel', 'CaptionSettings']

generate()

const isPeer = (id) => /^(react|react-dom|@tanstack\/react-query)(\/|$)/.test(id)
const isPeerOrZod = (id) => isPeer(id) || /^zod(\/|$)/.test(id)

async function gzipped(names, isExternal = isPeerOrZod) {
  const imports = {
    name: 'imports',
    resolveId: (id) => (id === entry ? id : null),
    load: (id) => (id === entry ? `export { ${names.join(', ')} } from './index.js'` : null),
  }
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [imports],
    build: {
      write: false,
      minify: true,
      lib: { entry, formats: ['es'], fileName: 'imports' },
      rolldownOptions: { external: isExternal, output: { minify: true } },
    },
  })
  const [{ output }] = [result].flat()
  return gzipSync(output.map(({ code }) => code ?? '').join(''), { level: 9 }).length
}

const hook = await gzipped(HOOK)
const withZod = await gzipped(HOOK, isPeer)
const withCaptions = await gzipped([...HOOK, ...CAPTIONS])
const withExporters = await gzipped([...HOOK, ...CAPTIONS, ...EXPORTERS, ...CHUNKS])
const withComponents = await gzipped([...HOOK, ...CAPTIONS, ...EXPORTERS, ...CHUNKS, ...COMPONENTS])

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .map((file) => join(file.parentPath, file.name))
  .filter((file) => /\.tsx?$/.test(file) && !file.includes(`${sep}generated${sep}`))
const isPackageCode = (file) => !file.includes(`${sep}testing`) && !file.includes(`${sep}server`)
const lines = files.filter(isPackageCode).flatMap((file) => readFileSync(file, 'utf8').split('\n'))
const code = lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line))

const kB = (bytes) => `${(bytes / 1000).toFixed(2)} kB`
const measured = [
  ['provider, hook and client', hook, MAX_HOOK_BYTES],
  ['decoder, transcript and caption hooks, beside them', withCaptions - hook, MAX_CAPTIONS_BYTES],
  ['exporters, beside these', withExporters - withCaptions, MAX_EXPORT_BYTES],
]
process.stdout.write('minified and gzipped, without React, React Query and zod:\n')
for (const [name, bytes, max] of measured) {
  process.stdout.write(`  ${name}: ${kB(bytes)} (limit ${kB(max)})\n`)
}
process.stdout.write(
  `  components, for who imports them: ${kB(withComponents - withExporters)}\n` +
    `goal of the first: ${kB(GOAL_BYTES)}; with zod inside it is ${kB(withZod)}\n` +
    `lines of src without testing and server: ${lines.length}, of which code: ${code.length}\n`,
)
for (const [name, bytes, max] of measured) {
  if (bytes <= max) continue
  process.stderr.write(`Grown past the limit: ${name}.\n`)
  process.exitCode = 1
}
