/** Prints how fast captions come in and files go out; fails where messages come in more slowly than they should. */
import { loadModule } from './loadModule.mjs'

const { runThroughputBench } = await loadModule('test/bench/throughputBench.ts')
const { runExportBench } = await loadModule('test/bench/exportBench.ts')
const throughput = runThroughputBench()
process.stdout.write(`${throughput.text}\n\n`)
process.stdout.write(`${(await runExportBench()).text}\n`)
if (!throughput.isGood) process.exitCode = 1
