import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** The README and every page of `docs/`, as paths from the root. */
export const docPages: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]

/**
 * What becomes of a block, by the comment above it, which nobody sees:
 * - `app: vite/src/program.tsx`: it is that file of `test/apps`, which `npm run apps` builds and uses
 * - `run: name`: `docBlocks.test.ts` runs it and looks at what comes out
 * - `tests: name`: it holds tests, which `docTests.test.ts` runs
 * - `shown: reason`: it is compiled, and cannot run by itself
 */
type DocBlockUse = 'app' | 'run' | 'tests' | 'shown'

export interface DocBlock {
  /** Page and line, as a file name. */
  name: string
  language: string
  code: string
  /** Undefined where nothing stands above it. */
  use: DocBlockUse | undefined
  /** What the comment says of the use. */
  of: string
}

const BLOCK = /(?:^<!-- (app|run|tests|shown): ([^\n]+) -->\n\n)?^```(\w+)\n(.*?)^```$/gms

export function readDocBlocks(page: string): DocBlock[] {
  const text = readFileSync(join(root, page), 'utf8')
  return [...text.matchAll(BLOCK)].map(
    ({ 1: use, 2: of = '', 3: language = '', 4: code = '', index }) => {
      const line = text.slice(0, index).split('\n').length
      const name = `${page.replace(/\W/g, '-')}-line-${line}`
      return { name, language, code, use: use as DocBlockUse | undefined, of }
    },
  )
}
