import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Once for all files: what `npm run demo:build` makes. */
export default function buildDemo(): void {
  const root = fileURLToPath(new URL('../..', import.meta.url))
  execFileSync('npm', ['run', '--silent', 'demo:build', '--', '--logLevel', 'warn'], {
    cwd: root,
    // Vitest's own would bring React's development build.
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: 'inherit',
  })
}
