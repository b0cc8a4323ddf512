/**
 * Plays the strategies for enabling once against each other, in virtual time, and prints two tables.
 * Options: --runs=N --seed=N --rows=… --faults=… --dedups=… --reuses=… --names=… --tables=… --replay=<cell>:<seed>
 */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { isMainThread, parentPort, Worker } from 'node:worker_threads'
import { runnerImport } from 'vite'
import { config as zodConfig } from 'zod/mini'
import { generate } from './generate.mjs'

/** Schemas are made and used once here: compiling each costs more than it saves. */
zodConfig({ jitless: true })

generate()

const at = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))
const { module } = await runnerImport(at('test/simulation/simulate.ts'), {
  configFile: false,
  resolve: {
    alias: {
      'react-realtime-stt/core': at('src/core.ts'),
      'react-realtime-stt/testing': at('src/testing.ts'),
    },
  },
})

/** Runs the jobs on all cores; results are in the order of the jobs. */
async function playAll(jobs) {
  const begunAt = performance.now()
  const results = []
  let next = 0
  let done = 0
  const threads = Math.max(1, Math.min(availableParallelism(), jobs.length))
  const work = async () => {
    const worker = new Worker(new URL(import.meta.url), {
      resourceLimits: { maxYoungGenerationSizeMb: 256 },
    })
    while (next < jobs.length) {
      const index = next
      next += 1
      worker.postMessage(jobs[index])
      // Rejects where the worker fails.
      const [result] = await once(worker, 'message')
      results[index] = result
      done += 1
      if (process.stderr.isTTY) process.stderr.write(`\r${done} of ${jobs.length} jobs`)
    }
    await worker.terminate()
  }
  await Promise.all(Array.from({ length: threads }, work))
  const seconds = ((performance.now() - begunAt) / 1_000).toFixed(0)
  process.stderr.write(`\r${done} jobs on ${threads} threads in ${seconds} s\n`)
  return results
}

if (isMainThread) {
  const { text, isGood } = await module.command.run(process.argv.slice(2), playAll)
  process.stdout.write(`${text}\n`)
  process.exitCode = isGood ? 0 : 1
} else {
  parentPort.on('message', async (job) => parentPort.postMessage(await module.command.playJob(job)))
}
