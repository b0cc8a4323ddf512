import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type MarkdownBlock, markdownBlocks } from './markdownBlocks.ts'

const root = join(import.meta.dirname, '../..')

/** The README and every page of `docs/`, as paths from the root. */
export const docPages: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/**
 * A block of TypeScript, and what becomes of it, by the comment above it, which nobody sees:
 * - `app: vite/src/program.tsx`: it is that file of `test/apps`, which `npm run apps` builds and uses
 * - `run: name`: one of the `doc….test.ts` runs it and looks at what comes out
 * - `tests: name`: it holds tests, which `docTests.test.ts` runs
 * - `shown: reason`: it is compiled, and cannot run by itself
 */
export interface DocBlock extends MarkdownBlock {
  /** Undefined where no such comment stands above it. */
  use: string | undefined
  /** What the comment says of the use. */
  of: string
}

export const readDocBlocks = (page: string): DocBlock[] =>
  markdownBlocks(page, readFileSync(join(root, page), 'utf8'))
    .filter(({ language }) => /^tsx?$/.test(language))
    .map((block) => {
      const [, use, of = ''] = /^<!-- (app|run|tests|shown): (.+) -->$/.exec(block.above) ?? []
      return { ...block, use, of }
    })
