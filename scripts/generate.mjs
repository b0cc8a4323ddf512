/** Makes code of src/captions/caption.proto: what decodes for the package, what encodes for its testing door. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const script = fileURLToPath(import.meta.url)
const root = dirname(dirname(script))
const schema = join(root, 'src/captions/caption.proto')
const outputs = [
  { file: 'src/captions/generated/caption.ts', methods: 'decode-only', finish: makeStrict },
  { file: 'src/testing/generated/caption.ts', methods: 'encode-only', finish: (code) => code },
]

const require = createRequire(import.meta.url)
const translator = require.resolve('ts-proto/package.json')
const compiler = require.resolve('@bufbuild/buf/package.json')

/** Makes what is missing, or was made of something else than what is there now. */
export function generate({ force = false } = {}) {
  const mark = `// ${fingerprint()}\n`
  const isCurrent = ({ file }) => {
    const path = join(root, file)
    return existsSync(path) && readFileSync(path, 'utf8').startsWith(mark)
  }
  if (!force && outputs.every(isCurrent)) return
  for (const { file, methods, finish } of outputs) {
    replaceFile(join(root, file), mark + finish(translate(methods)))
  }
}

function fingerprint() {
  const hash = createHash('sha256')
  for (const path of [schema, script, translator]) {
    hash.update(readFileSync(path))
  }
  return hash.digest('hex')
}

function translate(methods) {
  const out = mkdtempSync(join(tmpdir(), 'caption-'))
  const options = [
    `outputEncodeMethods=${methods}`,
    'forceLong=string',
    'outputJsonMethods=false',
    'outputPartialMethods=false',
    'exportCommonSymbols=false',
    'importSuffix=.js',
  ]
  const plugin = [process.execPath, join(dirname(translator), 'protoc-gen-ts_proto')]
  const template = { version: 'v2', plugins: [{ local: plugin, out, opt: options }] }
  try {
    execFileSync(
      process.execPath,
      [
        join(dirname(compiler), 'bin/buf'),
        'generate',
        dirname(schema),
        '--template',
        JSON.stringify(template),
      ],
      { cwd: root, stdio: 'inherit' },
    )
    return readFileSync(join(out, 'caption.ts'), 'utf8')
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

/**
 * ts-proto ends a message at an end group or a tag 0 as if its bytes were over, and reads past the end of one inside
 * another. Bytes like that are damaged, or no caption: the decoder has to throw.
 */
function makeStrict(code) {
  const decoders = occurrences(code, /\bdecode\(input\b[^;]*\{/g)
  const edits = [
    // A schema whose messages hold none of their own kind has no depth to limit.
    [/const previousRecursionDepth = [^}]*\}\s+[^;]*;\s+try \{/g, '{'],
    [/\} finally \{[^}]*\}/g, '}'],
    [
      /if \(\(tag & 7\) === 4 \|\| tag === 0\) \{\s+break;\s+\}\s+reader\.skip\(tag & 7\);/g,
      'reader.skip(tag & 7, tag >>> 3);',
    ],
    [
      /return message;/g,
      'if (reader.pos !== end) throw new RangeError("Too long.");\n      return message;',
    ],
  ]
  return edits.reduce((edited, [pattern, replacement]) => {
    if (decoders === 0 || occurrences(edited, pattern) !== decoders) {
      throw new Error(`ts-proto writes other code than scripts/generate.mjs expects: ${pattern}`)
    }
    return edited.replace(pattern, replacement)
  }, code)
}

const occurrences = (code, pattern) => code.match(pattern)?.length ?? 0

/** In one step: another process may be reading it. */
function replaceFile(path, content) {
  mkdirSync(dirname(path), { recursive: true })
  const draft = `${path}.${process.pid}`
  writeFileSync(draft, content)
  renameSync(draft, path)
}

const isCommand = process.argv[1] !== undefined && realpathSync(process.argv[1]) === script
if (isCommand) generate({ force: process.argv.includes('--force') })
