/**
 * Measures what captions cost, and what they cost others. Prints figures; fails where a limit is not kept.
 * Parts can be named: node scripts/bench.mjs throughput peers
 */
import { JSDOM, VirtualConsole } from 'jsdom'
import { loadModule } from './loadModule.mjs'
import { loadPeers } from './loadPeers.mjs'

const load = (name) => loadModule(`test/bench/${name}.ts`)
const parts = {
  throughput: async () => (await load('throughputBench')).runThroughputBench(),
  lines: async () => (await load('newLineBench')).runNewLineBench(),
  heap: async () => (await load('heapBench')).runHeapBench(),
  demo: async () => (await load('demoBench')).runDemoBench(),
  exports: async () => (await load('exportBench')).runExportBench(),
  async peers() {
    // Without a virtual console it tells all that it has not implemented.
    const { window } = new JSDOM('', { virtualConsole: new VirtualConsole() })
    Object.assign(globalThis, { window, document: window.document })
    return (await load('peers/peersBench')).runPeersBench(loadPeers())
  },
}

const named = process.argv.slice(2)
const unknown = named.find((name) => !(name in parts))
if (unknown) throw new RangeError(`${unknown}: is none of ${Object.keys(parts).join(', ')}.`)

const failed = []
for (const name of named.length > 0 ? named : Object.keys(parts)) {
  const { text, isGood } = await parts[name]()
  process.stdout.write(`${text}\n\n`)
  if (!isGood) failed.push(name)
}
if (failed.length > 0) process.stderr.write(`Not within their limits: ${failed.join(', ')}\n`)
// The peers leave timers behind.
process.exit(failed.length === 0 ? 0 : 1)
