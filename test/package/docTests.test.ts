// @vitest-environment jsdom
import { describe } from 'vitest'
import { loadDocBlock } from './loadDocBlock.ts'
import { docPages, readDocBlocks } from './readDocBlocks.ts'

const blocks = docPages.flatMap(readDocBlocks).filter(({ use }) => use === 'tests')

for (const block of blocks) {
  describe(`${block.of}, in ${block.name}`, () => loadDocBlock<void>(block))
}
