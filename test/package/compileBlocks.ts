import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { MarkdownBlock } from './markdownBlocks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** What the compiler says of the blocks, each a module of its own, and of files; empty where it has nothing to say. */
export async function compileBlocks(
  blocks: readonly Pick<MarkdownBlock, 'name' | 'language' | 'code'>[],
  files: readonly string[] = [],
): Promise<string> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'blocks-'))
  try {
    for (const { name, language, code } of blocks) {
      writeFileSync(join(folder, `${name}.${language}`), code)
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    const config = {
      extends: relative(folder, join(root, 'tsconfig.json')),
      compilerOptions: {
        // An example may show something that only its reader uses.
        noUnusedLocals: false,
        noUnusedParameters: false,
        // What reads an app with a bundler; Node's own way does not know the default export of agora-rtc-sdk-ng.
        module: 'ESNext',
        moduleResolution: 'Bundler',
        // Style sheets are modules to a bundler.
        types: ['node', 'vite/client'],
      },
      // Else the repository's own files would be compiled with them.
      include: [],
      files: [...blocks.map(({ name, language }) => `${name}.${language}`), ...files],
    }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(root, 'node_modules/.bin/tsc')
    await promisify(execFile)(tsc, ['--project', folder, '--pretty', 'false'])
    return ''
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string } & Error
    return stdout || stderr || message
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
