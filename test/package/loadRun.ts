import { loadDocBlock } from './loadDocBlock.ts'
import { docPages, readDocBlocks } from './readDocBlocks.ts'

/** Runs the block that has `run: name` above it. */
export function loadRun<Exports>(name: string): Promise<Exports> {
  const found = docPages
    .flatMap(readDocBlocks)
    .filter(({ use, of }) => use === 'run' && of === name)
  const [block] = found
  if (!block || found.length > 1) throw new Error(`${found.length} blocks are called ${name}.`)
  return loadDocBlock(block)
}
