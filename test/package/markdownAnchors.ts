/** What links to a page can name: headings, as GitHub makes anchors of them, and anchors of its own. */
export function markdownAnchors(text: string): string[] {
  const seen = new Map<string, number>()
  const ofHeadings = [...text.matchAll(/^#+ (.*)$/gm)].map(({ 1: heading = '' }) => {
    const slug = heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-')
    const count = seen.get(slug) ?? 0
    seen.set(slug, count + 1)
    return count === 0 ? slug : `${slug}-${count}`
  })
  return [...ofHeadings, ...[...text.matchAll(/<a id="([^"]+)">/g)].map(({ 1: id = '' }) => id)]
}
