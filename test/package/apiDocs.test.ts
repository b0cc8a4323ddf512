import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, normalize } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeApiDocs } from '../../scripts/apiDocs/makeApiDocs.mjs'
import { compileBlocks } from './compileBlocks.ts'
import { markdownAnchors } from './markdownAnchors.ts'
import { markdownBlocks } from './markdownBlocks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'api-docs-'))

const DOORS = {
  'src/index.ts': 'react-realtime-stt/README.md',
  'src/core.ts': 'react-realtime-stt/core/README.md',
  'src/testing.ts': 'react-realtime-stt/testing/README.md',
}

async function make(name: string) {
  const outDir = join(folder, name)
  const problems = await makeApiDocs({
    doors: Object.keys(DOORS).map((door) => join(root, door)),
    tsconfig: join(root, 'tsconfig.build.json'),
    outDir,
  })
  return { problems, pages: readPages(outDir) }
}

/** By their paths. */
function readPages(outDir: string): Map<string, string> {
  const paths = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).sort()
  return new Map(
    paths
      .filter((path) => path.endsWith('.md'))
      .map((path) => [path, readFileSync(join(outDir, path), 'utf8')]),
  )
}

let made: Awaited<ReturnType<typeof make>>

beforeAll(async () => {
  made = await make('first')
}, 60_000)

afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Types leave nothing to ask at run time, so they are read off the source. */
function readExports(door: string): string[] {
  const source = readFileSync(join(root, door), 'utf8')
  return [...source.matchAll(/^export (?:type )?\{([^}]*)\} from/gm)].flatMap(({ 1: list = '' }) =>
    list
      .split(',')
      .map((item) => item.trim().replace(/^type /, ''))
      .filter(Boolean),
  )
}

/** The tables of a page: the names of the columns, and the cells of each row. */
function tablesOf(text: string): { columns: string[]; rows: string[][] }[] {
  const toCells = (row: string) =>
    row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim())
  return [...text.matchAll(/^(\|.*\|)\n\|[-| ]+\|\n((?:\|.*\|\n?)*)/gm)].map(
    ({ 1: head = '', 2: body = '' }) => ({
      columns: toCells(head),
      rows: body.trim().split('\n').map(toCells),
    }),
  )
}

/** What follows a heading is a signature, but for examples. */
const isExample = ({ above }: { above: string }) =>
  !above.startsWith('#') || /^#+ Examples?$/.test(above)

const examplesOf = ([path, text]: [path: string, text: string]) =>
  markdownBlocks(path, text).filter(isExample)

test('default: no comment is missing, nothing is shown that is not exported, no link in a comment is dead', () => {
  expect(made.problems).toEqual([])
})

test('default: the page of each door leads to every export', () => {
  for (const [door, path] of Object.entries(DOORS)) {
    const page = made.pages.get(path) ?? ''
    const linked = [...page.matchAll(/^\| \[(\w+)\]\(/gm)].map(({ 1: name }) => name)
    const names = readExports(door)
    expect(names.length).toBeGreaterThan(40)
    expect(linked.sort(), path).toEqual(names.sort())
  }
})

test('default: every export, option, field and parameter of a function is described', () => {
  const blanks: string[] = []
  for (const [path, text] of made.pages) {
    for (const { columns, rows } of tablesOf(text)) {
      const description = columns.indexOf('Description')
      const isOptional = columns[0] === 'Type Parameter' || !path.includes('functions/')
      // What a method takes is told by its own sentence, where it has no more to say.
      if (description === -1 && /Parameter$/.test(columns[0] ?? '') && isOptional) continue
      for (const cells of rows) {
        expect(cells.length, `${path}: ${cells[0]}`).toBe(columns.length)
        if (!/\w/.test(cells[description] ?? '')) blanks.push(`${path}: ${cells[0]}`)
      }
    }
  }
  expect(blanks).toEqual([])
})

/** TypeDoc does not ask whether they are exported. */
test('default: what a type extends is exported, or everybody’s', () => {
  let count = 0
  for (const [path, text] of made.pages) {
    const [, list = ''] = /^## Extends\n\n((?:- .*\n)+)/m.exec(text) ?? []
    const unlinked = list.replaceAll(/\[.*?\]\(.*?\)/g, '').match(/(?<=`)\w+(?=`)/g) ?? []
    // Names of fields stand there too, in quotes.
    const names = unlinked.filter((name) => !['Error', 'Partial', 'Pick'].includes(name))
    expect(names, path).toEqual([])
    if (list) count += 1
  }
  expect(count).toBeGreaterThan(10)
})

test('default: every function has an example of at most 15 lines', () => {
  const functions = [...made.pages].filter(([path]) => path.includes('functions/'))
  expect(functions.length).toBeGreaterThan(30)
  for (const page of functions) {
    const [example] = examplesOf(page)
    expect(example?.code, page[0]).toBeDefined()
    expect(example?.code.trimEnd().split('\n').length, page[0]).toBeLessThanOrEqual(15)
  }
})

test('default: every example compiles by itself', { timeout: 60_000 }, async () => {
  const examples = [...made.pages].flatMap(examplesOf)
  expect(examples.length).toBeGreaterThan(35)
  expect(await compileBlocks(examples)).toBe('')
})

test('default: every link has an end', () => {
  let count = 0
  for (const [path, text] of made.pages) {
    for (const { 1: target = '' } of text.matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [to, anchor] = target.split('#')
      const found = made.pages.get(to ? normalize(join(dirname(path), to)) : path)
      expect(found, `${path}: ${target}`).toBeDefined()
      if (anchor) expect(markdownAnchors(found ?? ''), `${path}: ${target}`).toContain(anchor)
      count += 1
    }
  }
  expect(count).toBeGreaterThan(500)
})

test('default: nothing of the machine or the generator is in it', () => {
  const noise = [
    root,
    folder,
    'node_modules',
    'file://',
    '__type',
    '__namedParameters',
    '(Anonymous',
  ]
  for (const [path, text] of made.pages) {
    for (const word of noise) expect(text.includes(word), `${path}: ${word}`).toBe(false)
  }
})

test('behaviour: the same comments make the same pages', { timeout: 60_000 }, async () => {
  expect((await make('second')).pages).toEqual(made.pages)
})

test('behaviour: what is missing is told by its name', async () => {
  const source = join(folder, 'source')
  mkdirSync(source)
  writeFileSync(
    join(source, 'door.ts'),
    `interface Hidden { text: string }
    /** Shows what is not exported, and links {@link Nowhere}. */
    export const shows = (): Hidden => ({ text: '' })
    export function hasNoComment(): void {}
    /** Has a member without a comment. */
    export interface Options { bareMs: number }`,
  )
  writeFileSync(join(source, 'package.json'), '{ "name": "source" }')
  const tsconfig = join(source, 'tsconfig.json')
  writeFileSync(tsconfig, '{ "compilerOptions": { "types": [] }, "files": ["door.ts"] }')
  const outDir = join(folder, 'third')
  const problems = await makeApiDocs({ doors: [join(source, 'door.ts')], tsconfig, outDir })
  const told = [...problems].sort().join('\n')
  expect(told).toMatch(/Hidden, defined in .* is referenced by shows but not included/)
  expect(told).toMatch(/hasNoComment .* does not have any documentation/)
  expect(told).toMatch(/Options\.bareMs .* does not have any documentation/)
  expect(told).toMatch(/Failed to resolve link to "Nowhere"/)
})
