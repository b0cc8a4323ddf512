import { expect, test } from 'vitest'
import { parseCellKey } from './cell.js'
import type { RunFigures } from './measureRun.js'
import { replayRun } from './playJob.js'
import { playRun } from './playRun.js'
import { simulate } from './simulate.js'
import { parseOptions } from './simulationOptions.js'

const SMALL = ['--runs=3', '--seed=7', '--tables=faults', '--faults=none,all', '--reuses=free']

async function play(cellKey: string, runs: number): Promise<RunFigures[]> {
  const figures: RunFigures[] = []
  for (let seed = 1; seed <= runs; seed++) {
    figures.push((await playRun(parseCellKey(cellKey), seed)).figures)
  }
  return figures
}

const sum = (runs: readonly RunFigures[], name: keyof RunFigures) =>
  runs.reduce((total, run) => total + run[name], 0)

test('default: the same seed gives the same table, another seed another', async () => {
  const options = parseOptions([...SMALL, '--dedups=blind1'])
  const { text } = await simulate(options)
  expect((await simulate(options)).text).toBe(text)
  expect((await simulate({ ...options, seed: 8 })).text).not.toBe(text)
  expect(text).toContain('| ours, signaling store')
})

test('default: a run can be replayed to the letter', async () => {
  const trace = await replayRun('tab/all/atomic/free/shown:3')
  expect(await replayRun('tab/all/atomic/free/shown:3')).toBe(trace)
  expect(trace).toContain('enable()')
})

test('behaviour: plain fetch bills twice in nearly every run, whatever the service looks at', async () => {
  const runs = await play('fetch/none/atomic/free/shown', 50)
  expect(sum(runs, 'hadTwo')).toBeGreaterThan(45)
  expect(sum(runs, 'endedWithTwo')).toBeGreaterThan(45)
})

test('behaviour: a lock alone lets some through, and more of them where things go wrong', async () => {
  const calm = await play('lock/none/atomic/free/shown', 100)
  const rough = await play('lock/all/atomic/free/shown', 100)
  const reread = await play('reread/all/atomic/free/shown', 100)
  expect(sum(calm, 'hadTwo')).toBeGreaterThan(0)
  expect(sum(rough, 'hadTwo')).toBeGreaterThan(sum(calm, 'hadTwo'))
  expect(sum(reread, 'hadTwo')).toBeGreaterThan(0)
})

test('behaviour: devices over Signaling start once where nothing goes wrong', async () => {
  for (const dedup of ['atomic', 'off']) {
    const runs = await play(`signaling/none/${dedup}/free/shown`, 10)
    expect(sum(runs, 'hadTwo')).toBe(0)
    expect(sum(runs, 'neverStarted')).toBe(0)
  }
})

test.each([
  'memory/none/atomic/free/shown',
  'tab/none/atomic/free/shown',
  'signaling/none/atomic/free/shown',
  'signaling/none/off/free/shown',
  'signaling/lost/atomic/free/shown',
])('behaviour: no run of %s breaks an assertion', async (cellKey) => {
  for (let seed = 1; seed <= 20; seed++) {
    const { violations } = await playRun(parseCellKey(cellKey), seed)
    expect(violations, `--replay=${cellKey}:${seed}`).toEqual([])
  }
})

test('behaviour: an option that it does not know is named', () => {
  expect(() => parseOptions(['--rows=best'])).toThrow('best is none of fetch')
  expect(() => parseOptions(['--fast=1'])).toThrow('no option --fast')
})
