/** Makes the API reference in docs/api, or in the folder given; fails where a comment is missing or a link has no end. */
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { makeApiDocs } from './apiDocs/makeApiDocs.mjs'
import { generate } from './generate.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const outDir = process.argv[2] ?? join(root, 'docs/api')

generate()
const problems = await makeApiDocs({
  doors: ['index', 'core', 'testing'].map((door) => join(root, `src/${door}.ts`)),
  tsconfig: join(root, 'tsconfig.build.json'),
  outDir,
})
process.stdout.write(`${[...problems, `${outDir}: ${problems.length} problems`].join('\n')}\n`)
process.exit(problems.length === 0 ? 0 : 1)
