/** Writes the API reference and resolves with what is wrong with it, a sentence each. */
export function makeApiDocs(options: {
  /** The files whose exports are documented. */
  doors: readonly string[]
  tsconfig: string
  outDir: string
}): Promise<readonly string[]>
