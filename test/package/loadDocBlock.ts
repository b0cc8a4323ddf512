import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { DocBlock } from './readDocBlocks.ts'

const cache = join(import.meta.dirname, '../../node_modules/.cache')

/** Runs a block as a module of its own, with the doors by their public names. */
export async function loadDocBlock<Exports>({ name, language, code }: DocBlock): Promise<Exports> {
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'doc-block-'))
  try {
    const file = join(folder, `${name}.${language}`)
    writeFileSync(file, code)
    return (await import(/* @vite-ignore */ file)) as Exports
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
