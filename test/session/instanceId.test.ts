import { expect, test } from 'vitest'
import { isOfFamily, toInstanceId, toNextInstanceId } from '../../src/session/instanceId.js'

const APP_ID = '970ca35de60c44645bbae8a215061b33'
const ALPHABET = /^[A-Za-z0-9_-]{1,64}$/
const ODD = [
  'Straße 7',
  'a b',
  'x.y',
  'room!',
  '会议室',
  `${'漢'.repeat(21)}`,
  '😀',
  'é',
  'e\u0301',
]

test('default: a channel that fits is its own id', () => {
  for (const channel of ['demo', 'A-b_9', 'x'.repeat(64), '-', '0']) {
    expect(toInstanceId(APP_ID, channel)).toBe(channel)
  }
})

test('default: any other channel is hashed into the alphabet, the same each time', () => {
  for (const channel of ODD) {
    const id = toInstanceId(APP_ID, channel)
    expect(id).toMatch(ALPHABET)
    expect(id.length).toBeGreaterThanOrEqual(22)
    expect(toInstanceId(APP_ID, channel)).toBe(id)
  }
})

test('behaviour: channel and app id both count', () => {
  const ids = new Set<string>()
  for (let index = 0; index < 20_000; index++) ids.add(toInstanceId(APP_ID, `room ${index}`))
  for (const channel of ODD) {
    ids.add(toInstanceId(APP_ID, channel))
    ids.add(toInstanceId('0123456789abcdef0123456789abcdef', channel))
  }
  expect(ids.size).toBe(20_000 + 2 * ODD.length)
})

test('behaviour: the hash has room for 128 bits', () => {
  const ids = Array.from({ length: 5_000 }, (_, index) => toInstanceId(APP_ID, `room ${index}`))
  const alphabet = new Set(ids.join(''))
  const length = Math.min(...ids.map((id) => id.length))
  expect(length * Math.log2(alphabet.size)).toBeGreaterThanOrEqual(128)
})

test('behaviour: the next name fits, is of the family and depends on the ended task alone', () => {
  for (const id of ['demo', 'x'.repeat(64), toInstanceId(APP_ID, 'Straße 7')]) {
    const first = toNextInstanceId(id, 'task-1')
    expect(first).toMatch(ALPHABET)
    expect(first).toBe(toNextInstanceId(id, 'task-1'))
    expect(first).not.toBe(toNextInstanceId(id, 'task-2'))
    expect(first.startsWith(`${id.slice(0, 57)}-`)).toBe(true)
    expect(first.slice(id.slice(0, 57).length + 1)).toMatch(/^[A-Za-z0-9_-]{6}$/)
    expect(isOfFamily(first, id)).toBe(true)
    expect(isOfFamily(id, id)).toBe(true)
  }
})

test('behaviour: other names are of no family', () => {
  for (const name of [
    '',
    'dem',
    'demo2',
    'demo-',
    'demo-12345',
    'demo-1234567',
    'Demo',
    'x-demo',
  ]) {
    expect(isOfFamily(name, 'demo')).toBe(false)
  }
})

test('behaviour: next names of many ended tasks differ', () => {
  const names = new Set<string>()
  for (let index = 0; index < 1_000; index++) {
    names.add(toNextInstanceId('demo', `0123456789abcdef${index.toString(16).padStart(16, '0')}`))
  }
  expect(names.size).toBeGreaterThan(998)
})
