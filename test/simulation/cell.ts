export const ROWS = ['fetch', 'lock', 'reread', 'memory', 'tab', 'signaling'] as const
export const FAULTS = ['none', 'crash', 'lost', 'late', 'outage', 'all'] as const
export const DEDUPS = ['atomic', 'blind1', 'blind5', 'off'] as const
export const REUSES = ['free', 'never'] as const
export const NAMES = ['shown', 'hidden'] as const

/** One field of the table: a strategy in a world. */
export interface Cell {
  row: (typeof ROWS)[number]
  /** What goes wrong. */
  fault: (typeof FAULTS)[number]
  /** How well the service keeps a name to one task. */
  dedup: (typeof DEDUPS)[number]
  /** Whether the name of an ended task is free again. */
  reuse: (typeof REUSES)[number]
  /** Whether a query shows the name. */
  names: (typeof NAMES)[number]
}

export type RowName = Cell['row']
export type Fault = Cell['fault']

export function toCellKey({ row, fault, dedup, reuse, names }: Cell): string {
  return [row, fault, dedup, reuse, names].join('/')
}

/** @throws where the key names no cell */
export function parseCellKey(key: string): Cell {
  const [row, fault, dedup, reuse, names] = key.split('/')
  return {
    row: oneOf(ROWS, row),
    fault: oneOf(FAULTS, fault),
    dedup: oneOf(DEDUPS, dedup),
    reuse: oneOf(REUSES, reuse),
    names: oneOf(NAMES, names),
  }
}

export function oneOf<Name extends string>(
  names: readonly Name[],
  given: string | undefined,
): Name {
  const found = names.find((name) => name === given)
  if (!found) throw new RangeError(`${given} is none of ${names.join(', ')}.`)
  return found
}
