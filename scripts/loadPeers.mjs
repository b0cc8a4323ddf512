import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the benchmark compares with, and what that needs. Not in package.json: only the benchmark has it. */
const PACKAGES = {
  '@daily-co/daily-js': '0.87.0',
  '@daily-co/daily-react': '0.26.0',
  '@livekit/components-core': '0.12.15',
  '@soniox/client': '2.3.0',
  '@soniox/react': '2.3.0',
  jotai: '2.20.3',
  'livekit-client': '2.23.0',
  react: '19.3.1',
  'react-dom': '19.3.1',
  tslib: '2.9.1',
}
const folder = fileURLToPath(new URL('../node_modules/.cache/bench-peers', import.meta.url))

/** Installs the peers where they are missing, and loads what the benchmark drives. Needs a DOM. */
export function loadPeers() {
  install()
  process.env.NODE_ENV = 'production'
  const load = createRequire(join(folder, 'package.json'))
  return {
    react: { ...load('react'), ...load('react-dom/client') },
    livekit: load('@livekit/components-core'),
    daily: load('@daily-co/daily-react'),
    sonioxReact: load('@soniox/react'),
    sonioxClient: load('@soniox/client'),
  }
}

function install() {
  const manifest = `${JSON.stringify({ private: true, dependencies: PACKAGES }, null, 2)}\n`
  const done = join(folder, 'installed.json')
  if (existsSync(done) && readFileSync(done, 'utf8') === manifest) return
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), manifest)
  const args = ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error']
  // What is printed there is none of the benchmark's figures.
  execFileSync('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] })
  writeFileSync(done, manifest)
}
