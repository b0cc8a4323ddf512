/** Everything a change can break, in one command. Runs every check, also after one has failed. */
import { spawnSync } from 'node:child_process'

const checks = [
  ['lint', 'npm run lint'],
  ['types', 'npm run types'],
  ['tests', 'npm test'],
  ['simulation', 'npm run simulate -- --runs=50'],
  ['build', 'npm run build'],
  ['package', 'npm run package'],
  ['knip', 'npx knip'],
  ['size', 'node scripts/size.mjs'],
  ['browser tests', 'npm run test:browser'],
]

const failed = []
for (const [name, command] of checks) {
  const begunAt = Date.now()
  process.stdout.write(`\n── ${name}: ${command}\n`)
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  if (status !== 0) failed.push(name)
  const seconds = ((Date.now() - begunAt) / 1000).toFixed(0)
  process.stdout.write(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} after ${seconds} s\n`)
}
if (failed.length > 0) process.stdout.write(`\nFailed: ${failed.join(', ')}\n`)
process.stdout.write(`\n${checks.length - failed.length} passed, ${failed.length} failed\n`)
process.exit(failed.length === 0 ? 0 : 1)
