/** Emits one file per source, with declarations: `'use client'` stays where it stands. */
import { execFileSync } from 'node:child_process'
import { copyFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { generate } from './generate.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const typescript = dirname(createRequire(import.meta.url).resolve('typescript/package.json'))
const outDir = process.argv[2] ?? join(root, 'dist')

generate()
rmSync(outDir, { recursive: true, force: true })
execFileSync(
  process.execPath,
  [join(typescript, 'bin/tsc'), '-p', 'tsconfig.build.json', '--outDir', outDir],
  { cwd: root, stdio: 'inherit' },
)
copyFileSync(join(root, 'src/react/captions.css'), join(outDir, 'captions.css'))
// TypeScript asks for types of whatever is imported.
writeFileSync(join(outDir, 'captions.css.d.ts'), 'export {}\n')
