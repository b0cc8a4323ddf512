/** Lines that are mounted and measured together. */
export interface LineGroup {
  /** Stays when lines come and go. */
  readonly key: string
  readonly ids: readonly string[]
  /** How many it held when it was fullest: what is above the reader keeps its height when old lines go. */
  readonly mostLines: number
}

/** A window of thousands of groups is laid out in no time, and one of so many rows is rendered in little. */
const GROUP_LINES = 32

/**
 * Puts ids into groups; each stays in the group where it was before, and a group that holds what it held is the same
 * object. Lines never move, so that whatever is not where it was has come or gone.
 *
 * @param isKept whether there still is such a line
 */
export function toLineGroups(
  before: readonly LineGroup[],
  ids: readonly string[],
  isKept: (id: string) => boolean,
): readonly LineGroup[] {
  const groups: LineGroup[] = []
  let next = 0
  for (const group of before) {
    const from = next
    let isSame = true
    for (const id of group.ids) {
      if (ids[next] !== id) {
        isSame = false
        if (!isKept(id)) continue
        next = Math.max(ids.indexOf(id, next), next)
      }
      next += 1
    }
    if (isSame) groups.push(group)
    else if (next > from) groups.push(toGroup(group, ids.slice(from, next)))
  }
  const last = groups.at(-1)
  if (last && next < ids.length && last.ids.length < GROUP_LINES) {
    const from = next - last.ids.length
    next = Math.min(from + GROUP_LINES, ids.length)
    groups[groups.length - 1] = toGroup(last, ids.slice(from, next))
  }
  for (; next < ids.length; next += GROUP_LINES) {
    const key = ids[next] ?? ''
    groups.push(toGroup({ key, mostLines: 0 }, ids.slice(next, next + GROUP_LINES)))
  }
  return groups
}

function toGroup(
  { key, mostLines }: Pick<LineGroup, 'key' | 'mostLines'>,
  ids: readonly string[],
): LineGroup {
  return { key, ids, mostLines: Math.max(mostLines, ids.length) }
}
