import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(join(root, path), 'utf8')

const css = read('src/react/captions.css').replace(/\/\*.*?\*\//gs, '')
const components = readdirSync(join(root, 'src/react'))
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => read(`src/react/${name}`))
  .join('\n')
const page = read('docs/styling.md')

const classesOf = (text: string) =>
  [...new Set(text.match(/(?<![-\w])stt-[a-z-]+/g))].filter((name) => name !== 'stt-appear').sort()
const variablesOf = (text: string) => [...new Set(text.match(/--stt-[a-z-]+/g))].sort()

test('default: the page names every class there is, and the style sheet no other', () => {
  const used = classesOf([...components.matchAll(/className=.*$|stt-\w+ /gm)].join('\n'))
  expect(used.length).toBeGreaterThan(20)
  expect(classesOf(page)).toEqual(used)
  expect(used).toEqual(expect.arrayContaining(classesOf(css)))
})

test('default: the page names every variable there is', () => {
  expect(variablesOf(page)).toEqual(variablesOf(css + components))
})

test('behaviour: any class of an app wins over the style sheet', () => {
  const selectors = [...css.matchAll(/([^{}]+)\{/g)].map(({ 1: selector = '' }) => selector.trim())
  const rules = selectors.filter((selector) => !/^(@|from$)/.test(selector))
  expect(rules.length).toBeGreaterThan(20)
  for (const rule of rules) expect(rule).toMatch(/^:where\([^()]*\)( :where\([^()]*\))?$/)
  expect(css).not.toContain('!important')
})
