/** Lines of fields, the first line being the head, as Markdown that also reads well in a terminal. */
export function toTable([head = [], ...body]: readonly (readonly string[])[]): string {
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((line) => line[column]?.length ?? 0)),
  )
  const toLine = (fields: readonly string[]) =>
    `| ${widths.map((width, column) => (fields[column] ?? '').padEnd(width)).join(' | ')} |`
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`
  return [toLine(head), rule, ...body.map(toLine)].join('\n')
}
