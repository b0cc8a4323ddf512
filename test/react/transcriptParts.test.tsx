import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findInText, toQuery } from '../../src/react/findInText.js'
import { type LineGroup, toLineGroups } from '../../src/react/toLineGroups.js'

const find = (text: string, query: string) =>
  findInText(text.normalize('NFC'), toQuery(query)).map(({ start, end }) =>
    text.normalize('NFC').slice(start, end),
  )

test.each([
  ['Grüße aus Köln', 'GRUSSE', []],
  ['Grüße aus Köln', 'koln', ['Köln']],
  ['Crème brûlée', 'creme brulee', ['Crème brûlée']],
  ['Cre\u0300me', 'crème', ['Crème']],
  ['ΟΔΟΣ και οδός', 'οδοσ', ['ΟΔΟΣ', 'οδός']],
  ['Ёлка, елка', 'елка', ['Ёлка', 'елка']],
  ['İstanbul', 'istanbul', ['İstanbul']],
  ['한국어', '한국', ['한국']],
  ['がか', 'か', ['か']],
  ['की का', 'का', ['का']],
  ['مُحَمَّد', 'محمد', ['مُحَمَّد']],
  ['a😀b A😀B', 'a😀b', ['a😀b', 'A😀B']],
  ['aaaa', 'aa', ['aa', 'aa']],
  ['anything', '', []],
])('behaviour: in %s, %s finds %j', (text, query, expected) => {
  expect(find(text, query)).toEqual(expected)
})

test('behaviour: a text finds itself, whatever it is, and what is found folds to the query', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: 'grapheme' }),
      (before, text) => {
        const query = toQuery(text)
        const whole = (before + text).normalize('NFC')
        for (const { start, end } of findInText(whole, query)) {
          expect(start).toBeLessThan(end)
          expect(toQuery(whole.slice(start, end))).toContain(query)
        }
        const alone = text.normalize('NFC')
        expect(query === '' || findInText(alone, query).length > 0).toBe(true)
      },
    ),
  )
})

const membersOf = (groups: readonly LineGroup[]) => groups.flatMap(({ ids }) => ids)

test('behaviour: groups hold every line in order, whatever comes, goes, or comes between', () => {
  const change = fc.record({
    removed: fc.array(fc.nat(), { maxLength: 40 }),
    inserted: fc.array(fc.nat(), { maxLength: 40 }),
    appended: fc.nat({ max: 80 }),
  })
  fc.assert(
    fc.property(fc.array(change, { maxLength: 12 }), (changes) => {
      let count = 0
      let ids: string[] = []
      let groups: readonly LineGroup[] = []
      const create = () => {
        count += 1
        return `line ${count}`
      }
      for (const { removed, inserted, appended } of changes) {
        ids = ids.slice()
        for (const at of removed) if (ids.length > 0) ids.splice(at % ids.length, 1)
        for (const at of inserted) ids.splice(at % (ids.length + 1), 0, create())
        for (let more = 0; more < appended; more += 1) ids.push(create())
        const before = groups
        const kept = new Set(ids)
        groups = toLineGroups(before, ids, (id) => kept.has(id))
        expect(membersOf(groups)).toEqual(ids)
        expect(new Set(groups.map(({ key }) => key)).size).toBe(groups.length)
        expect(groups.every((group) => group.mostLines >= group.ids.length)).toBe(true)
        const byKey = new Map(before.map((group) => [group.key, group]))
        for (const group of groups) {
          const old = byKey.get(group.key)
          if (old && old.ids.join() === group.ids.join()) expect(group).toBe(old)
        }
      }
    }),
  )
})

test('behaviour: a line at the end, and one that goes from the front, change one group each', () => {
  const ids = Array.from({ length: 1_000 }, (_, at) => `line ${at}`)
  const before = toLineGroups([], ids, () => true)
  const next = [...ids.slice(1), 'line 1000']
  const after = toLineGroups(before, next, (id) => id !== 'line 0')
  expect(after.filter((group) => !before.includes(group))).toHaveLength(2)
  expect(after.map(({ key }) => key)).toEqual(before.map(({ key }) => key))
})
