import {
  type Cell,
  DEDUPS,
  FAULTS,
  type Fault,
  NAMES,
  oneOf,
  REUSES,
  ROWS,
  type RowName,
} from './cell.js'
import { strategies } from './strategies.js'

const TABLES = ['faults', 'growth'] as const

/** What the command line asks for. */
export interface SimulationOptions {
  /** Of each cell; null: as many as its row deserves. */
  runs: number | null
  /** Of the first run of each cell; the others follow. */
  seed: number
  rows: readonly RowName[]
  faults: readonly Fault[]
  dedups: readonly Cell['dedup'][]
  reuses: readonly Cell['reuse'][]
  names: readonly Cell['names'][]
  tables: readonly (typeof TABLES)[number][]
  /** `<cell>:<seed>` of a run to be shown in full. */
  replay: string | null
}

/** @throws for what it does not know */
export function parseOptions(args: readonly string[]): SimulationOptions {
  const given = new Map(
    args.map((arg) => {
      const [, name, value] = /^--(\w+)=(.+)$/.exec(arg) ?? []
      if (!name || !value) throw new RangeError(`${arg} is not of the form --name=value.`)
      return [name, value]
    }),
  )
  const take = (name: string) => {
    const value = given.get(name)
    given.delete(name)
    return value ?? null
  }
  const takeWhole = (name: string) => {
    const value = take(name)
    if (value !== null && !/^[1-9]\d*$/.test(value)) throw new RangeError(`--${name}=${value}`)
    return value === null ? null : Number(value)
  }
  const takeList = <Name extends string>(name: string, all: readonly Name[]) => {
    const asked = take(name)
      ?.split(',')
      .map((one) => oneOf(all, one))
    return all.filter((one) => !asked || asked.includes(one))
  }
  const options: SimulationOptions = {
    runs: takeWhole('runs'),
    seed: takeWhole('seed') ?? 1,
    rows: takeList(
      'rows',
      ROWS.filter((row) => strategies[row]),
    ),
    faults: takeList('faults', FAULTS),
    dedups: takeList('dedups', DEDUPS),
    reuses: takeList('reuses', REUSES),
    names: takeList('names', NAMES),
    tables: takeList('tables', TABLES),
    replay: take('replay'),
  }
  const [unknown] = given.keys()
  if (unknown) throw new RangeError(`There is no option --${unknown}.`)
  return options
}
