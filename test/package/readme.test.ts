import { execFile } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { SttError, type SttErrorCode } from 'react-realtime-stt/core'
import { expect, test } from 'vitest'
import { type DocBlock, docPages, readDocBlocks } from './readDocBlocks.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

/** As GitHub makes them. */
const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.*)$/gm)].map(({ 1: heading = '' }) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )

/** The union in the source: a type leaves nothing to ask at run time. */
function readErrorCodes(): SttErrorCode[] {
  const union =
    /export type SttErrorCode =((?:\s*\| '\w+')+)/.exec(read('src/errors.ts'))?.[1] ?? ''
  return [...union.matchAll(/'(\w+)'/g)].map(({ 1: code }) => code as SttErrorCode)
}

/** What of the repository is needed to compile a block. */
type Source = Pick<DocBlock, 'name' | 'language' | 'code'>

/**
 * What the compiler says of the blocks, each a module of its own, and of files; empty where it has nothing to say.
 */
async function compile(blocks: readonly Source[], files: readonly string[] = []): Promise<string> {
  const cache = join(root, 'node_modules/.cache')
  mkdirSync(cache, { recursive: true })
  const folder = mkdtempSync(join(cache, 'readme-'))
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
      },
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

const blocks = docPages.flatMap(readDocBlocks).filter(({ language }) => /^tsx?$/.test(language))
const toAppFile = ({ of }: DocBlock) => join(root, 'test/apps', of)

test('default: every block of TypeScript compiles by itself', { timeout: 60_000 }, async () => {
  expect(blocks.length).toBeGreaterThan(5)
  const ofApps = blocks.filter(({ use }) => use === 'app')
  const others = blocks.filter(({ use }) => use !== 'app')
  // Next itself compiles what leads to its own modules, in `npm run apps`.
  const files = ofApps.filter(({ code }) => !/'next\/|CallInBrowser/.test(code)).map(toAppFile)
  expect(await compile(others, files)).toBe('')
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
  const said = await compile([{ name: 'without-api', language: 'ts', code }])
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
