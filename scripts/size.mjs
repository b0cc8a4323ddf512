/** Measures what an app ships for what it imports, by Vite's library build, minified and gzipped. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { generate } from './generate.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const door = join(root, 'src/index.ts')
/** Is no file: what stands in it depends on what is measured. */
const ENTRY = join(root, 'app.js')

const HOOK = ['createSttClient', 'RealtimeSttProvider', 'useRealtimeStt']
const CAPTIONS = [
  ...HOOK,
  ...['createTranscript', 'attachCaptions', 'useCaptions', 'useCaptionIds', 'useCaption'],
]
const EXPORTERS = [
  ...['toWebVtt', 'toSrt', 'toText', 'toJson', 'exportTranscript'],
  ...['webVttChunks', 'srtChunks', 'textChunks', 'jsonChunks'],
]
const COMPONENTS = ['CaptionOverlay', 'CaptionSettings', 'TranscriptPanel']

/** Where the hook should come to; its limit is what it may not grow past meanwhile. */
const HOOK_GOAL_BYTES = 14_000
const MAX_HOOK_BYTES = 21_800
const MAX_CAPTIONS_BYTES = 9_000
const MAX_EXPORTERS_BYTES = 1_500

/** All that the hook may take from these folders: what feeds a transcript, not the transcript. */
const HOOK_MODULES = [
  ...['src/captions/attachCaptions.ts', 'src/captions/keepAttached.ts'],
  ...['src/react/RealtimeSttProvider.tsx', 'src/react/useRealtimeStt.ts'],
  ...['src/react/mirrorOperation.ts', 'src/react/sttKeys.ts', 'src/react/useTranscript.ts'],
]
const WATCHED_FOLDERS = ['src/captions/', 'src/react/', 'node_modules/']

generate()

const isReact = (id) => /^(react|react-dom|@tanstack\/react-query)(\/|$)/.test(id)
const isPeer = (id) => isReact(id) || /^zod(\/|$)/.test(id)

/** Of what an app gets that imports these names; `modules` are the files that it has something of. */
async function measure(names, isExternal = isPeer) {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    plugins: [
      {
        name: 'entry',
        resolveId: (id) => (id === ENTRY ? id : undefined),
        load: (id) =>
          id === ENTRY ? `export { ${names} } from ${JSON.stringify(door)}` : undefined,
      },
    ],
    build: {
      write: false,
      minify: true,
      lib: { entry: ENTRY, formats: ['es'], fileName: 'app' },
      rolldownOptions: { external: isExternal, output: { minify: true } },
    },
  })
  const chunks = [result].flat().flatMap(({ output }) => output)
  const code = chunks.map((chunk) => chunk.code ?? '').join('')
  const modules = chunks
    .flatMap((chunk) => Object.entries(chunk.modules ?? {}))
    .filter(([, { renderedLength }]) => renderedLength > 0)
    .map(([id]) => id.replace(root, ''))
  return { bytes: gzipped(code), modules }
}

const gzipped = (content) => gzipSync(content, { level: 9 }).length

const hook = await measure(HOOK)
const hookWithZod = await measure(HOOK, isReact)
const captions = await measure(CAPTIONS)
const exporters = await measure([...CAPTIONS, ...EXPORTERS])
const components = await Promise.all(COMPONENTS.map((name) => measure([...CAPTIONS, name])))
const allComponents = await measure([...CAPTIONS, ...COMPONENTS])
const all = await measure([...CAPTIONS, ...EXPORTERS, ...COMPONENTS])
const css = gzipped(readFileSync(join(root, 'src/react/captions.css')))

const files = readdirSync(join(root, 'src'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
  .map((entry) => join(entry.parentPath, entry.name))
const isPackageCode = (file) => !/[\\/](testing|server|generated)/.test(file)
const lines = files.filter(isPackageCode).flatMap((file) => readFileSync(file, 'utf8').split('\n'))
const code = lines.filter((line) => !/^\s*($|\/\/|\/?\*)/.test(line))

const captionsBytes = captions.bytes - hook.bytes
const exportersBytes = exporters.bytes - captions.bytes
const strays = hook.modules.filter(
  (id) => WATCHED_FOLDERS.some((folder) => id.startsWith(folder)) && !HOOK_MODULES.includes(id),
)

const kB = (bytes) => `${(bytes / 1000).toFixed(2)} kB`
const more = ({ bytes }, than) => kB(bytes - than.bytes)
process.stdout.write(
  `${[
    'sizes minified and gzipped, without React, TanStack Query and zod',
    `provider, hook and client: ${kB(hook.bytes)} (limit ${kB(MAX_HOOK_BYTES)}, goal ${kB(HOOK_GOAL_BYTES)}), ${kB(hookWithZod.bytes)} with zod inside`,
    `  of captions in it: ${hook.modules.filter((id) => id.startsWith('src/captions/')).join(', ')}`,
    `decoder, transcript and its hooks, on top: ${kB(captionsBytes)} (limit ${kB(MAX_CAPTIONS_BYTES)})`,
    `exporters, on top of those: ${kB(exportersBytes)} (limit ${kB(MAX_EXPORTERS_BYTES)})`,
    ...COMPONENTS.map((name, index) => `${name}, on top: ${more(components[index], captions)}`),
    `all components, on top: ${more(allComponents, captions)}, and captions.css: ${kB(css)}`,
    `everything: ${kB(all.bytes)}`,
    `lines of src without testing and server: ${lines.length}, of which code: ${code.length}`,
  ].join('\n')}\n`,
)

const failures = [
  hook.bytes > MAX_HOOK_BYTES && 'The hook has grown past its limit.',
  captionsBytes > MAX_CAPTIONS_BYTES && 'Captions have grown past their limit.',
  exportersBytes > MAX_EXPORTERS_BYTES && 'The exporters have grown past their limit.',
  strays.length > 0 && `Importing the hook alone brings in ${strays.join(', ')}.`,
].filter(Boolean)
if (failures.length > 0) {
  process.stderr.write(`${failures.join('\n')}\n`)
  process.exit(1)
}
