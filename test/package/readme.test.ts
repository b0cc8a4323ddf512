import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { SttError, type SttErrorCode } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { compileBlocks } from './compileBlocks.ts'
import { markdownAnchors } from './markdownAnchors.ts'
import { type DocBlock, docPages, readDocBlocks } from './readDocBlocks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const anchorsOf = (page: string) => markdownAnchors(read(page))

/** The union in the source: a type leaves nothing to ask at run time. */
function readErrorCodes(): SttErrorCode[] {
  const union =
    /export type SttErrorCode =((?:\s*\| '\w+')+)/.exec(read('src/errors.ts'))?.[1] ?? ''
  return [...union.matchAll(/'(\w+)'/g)].map(({ 1: code }) => code as SttErrorCode)
}

const blocks = docPages.flatMap(readDocBlocks)
const toAppFile = ({ of }: DocBlock) => join(root, 'test/apps', of)

test('default: every block of TypeScript compiles by itself', { timeout: 60_000 }, async () => {
  expect(blocks.length).toBeGreaterThan(5)
  const ofApps = blocks.filter(({ use }) => use === 'app')
  const others = blocks.filter(({ use }) => use !== 'app')
  // Next itself compiles what leads to its own modules, in `npm run apps`.
  const files = ofApps.filter(({ code }) => !/'next\/|CallInBrowser/.test(code)).map(toAppFile)
  expect(await compileBlocks(others, files)).toBe('')
})

test('default: every block of TypeScript is run, by an app or a test, or says why not', () => {
  expect(blocks.filter(({ use }) => use === undefined).map(({ name }) => name)).toEqual([])
})

test('default: every block that is to be run is run', () => {
  const named = blocks.filter(({ use }) => use === 'run').map(({ of }) => of)
  const sources = readdirSync(import.meta.dirname).filter((name) => /^doc\w+\.test\.ts$/.test(name))
  const run = sources.flatMap((name) =>
    [...read(`test/package/${name}`).matchAll(/loadRun(?:<.*?>)?\(\s*'([\w-]+)'/gs)].map(
      ({ 1: of }) => of,
    ),
  )
  expect([...new Set(run)].sort()).toEqual(named.sort())
})

test('default: a block of an app is what stands in the app', () => {
  const ofApps = blocks.filter(({ use }) => use === 'app')
  expect(ofApps.length).toBeGreaterThan(5)
  for (const block of ofApps) {
    expect(block.code, block.name).toBe(readFileSync(toAppFile(block), 'utf8'))
  }
})

test('behaviour: a block that does not compile is told in the words of the compiler', {
  timeout: 60_000,
}, async () => {
  const code =
    "import { createSttClient } from 'react-realtime-stt'\ncreateSttClient({ appId: '' })\n"
  const said = await compileBlocks([{ name: 'without-api', language: 'ts', code }])
  expect(said).toMatch(/without-api\.ts\(2,\d+\): error TS\d+/)
})

test('default: the first program is short and names its api on a line of its own', () => {
  const [program] = readDocBlocks('README.md').filter(({ language }) => language === 'tsx')
  const lines = program?.code.trimEnd().split('\n') ?? []
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.length).toBeLessThanOrEqual(30)
  expect(lines.map((line) => line.trim())).toContain("api: 'v7',")
})

test('default: the end of life of v6 stands right under the first program', () => {
  const [, after = ''] = read('README.md').split(/^```tsx\n.*?^```\n/ms)
  const sentence = after.trim().split('\n\n')[0]?.replaceAll('\n', ' ')
  expect(sentence).toMatch(/v5\.x and v6\.x .*2026-06-11.* June 2025 must use v7/)
})

test('default: the page of errors has one heading for each code', () => {
  const headings = [...read('docs/errors.md').matchAll(/^## (.*)$/gm)].map(({ 1: title }) => title)
  const codes = readErrorCodes()
  expect(codes.length).toBeGreaterThan(10)
  expect([...headings].sort()).toEqual([...codes].sort())
})

test('default: every error leads to its heading', () => {
  const anchors = anchorsOf('docs/errors.md')
  for (const code of readErrorCodes()) {
    const { docsUrl } = new SttError('SttError', code, '')
    const { pathname, hash } = new URL(docsUrl)
    expect(pathname).toMatch(/\/docs\/errors\.md$/)
    expect(anchors).toContain(hash.slice(1))
  }
})

test('default: the page of errors says of each code whether a retry can help', () => {
  const [, ...sections] = read('docs/errors.md').split(/^## /m)
  for (const section of sections) {
    const [, code] = /^(\w+)\n/.exec(section) ?? []
    const { isRetryable } = new SttError('SttError', code as SttErrorCode, '')
    expect(section).toContain(`\`isRetryable: ${isRetryable}\``)
  }
})

test('default: every link to another page of the repository has an end', () => {
  for (const page of [...docPages, 'CONTRIBUTING.md', 'CHANGELOG.md']) {
    for (const { 1: target = '' } of read(page).matchAll(/\]\((?!https?:)([^)]+)\)/g)) {
      const [path, anchor] = target.split('#')
      const found = path ? join(page, '..', path) : page
      expect(existsSync(join(root, found)), `${page}: ${target}`).toBe(true)
      if (anchor) expect(anchorsOf(found), `${page}: ${target}`).toContain(anchor)
    }
  }
})
