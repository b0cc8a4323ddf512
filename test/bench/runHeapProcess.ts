import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { HeapFigures } from './measureHeap.ts'

const script = fileURLToPath(new URL('../../scripts/heap.mjs', import.meta.url))

/** Of a process that has nothing else in its heap. */
export async function runHeapProcess(lines: number): Promise<HeapFigures> {
  const args = ['--expose-gc', script, String(lines)]
  const { stdout } = await promisify(execFile)(process.execPath, args)
  return JSON.parse(stdout)
}
