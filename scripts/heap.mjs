/** Prints what lines take of the heap, as JSON: node --expose-gc scripts/heap.mjs <lines> */
import { loadModule } from './loadModule.mjs'

const { measureHeap } = await loadModule('test/bench/measureHeap.ts')
const figures = measureHeap(Number(process.argv[2]), globalThis.gc)
process.stdout.write(`${JSON.stringify(figures)}\n`)
