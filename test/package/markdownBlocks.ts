/** A block of code on a page. */
export interface MarkdownBlock {
  /** Page and line, as a file name. */
  name: string
  language: string
  code: string
  /** The line above it that is not empty. */
  above: string
}

export function markdownBlocks(page: string, text: string): MarkdownBlock[] {
  return [...text.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ({ 1: language = '', 2: code = '', index }) => {
      const before = text.slice(0, index)
      return {
        name: `${page.replace(/\W/g, '-')}-line-${before.split('\n').length}`,
        language,
        code,
        above: before.trimEnd().split('\n').at(-1) ?? '',
      }
    },
  )
}
