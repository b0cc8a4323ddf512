import type { Claim, ClaimKey, ClaimStore } from '../claims/claimStore.js'
import type { ClaimValue } from '../claims/claimValue.js'
import { fakeRandom } from './fakeRandom.js'

/** What {@link checkClaimStore} takes. */
export interface ClaimStoreCheckOptions {
  /**
   * How many times all stores write at the same moment.
   * @defaultValue `20`
   */
  rounds?: number
  /**
   * Milliseconds a notice may take, and a claim's age to grow.
   * @defaultValue `2_000`
   */
  withinMs?: number
  /**
   * Milliseconds a store may go on being busy.
   * @defaultValue `10_000`
   */
  busyForMs?: number
  /** Used for waiting. @defaultValue `globalThis.setTimeout`, looked up at each call */
  setTimeout?: (callback: () => void, delayMs: number) => unknown
}

const STEP_MS = 50

const CHANNELS = {
  'letters only': 'standup',
  'spaces and punctuation': 'Bob’s room #1 (a/b)?&%.',
  'several scripts': '会議室 🎧 ñ',
  '64 bytes': '~'.repeat(64),
}

/**
 * Holds a claim store of your own against every promise of `ClaimStore`. It needs no test runner: it resolves with one
 * sentence for each broken promise. Keys are random, so it can be run
 * against a store in use; what it writes stays there. At the end it disposes of the stores.
 *
 * @param createStores two or more stores over one backend, as two devices would have; one is used twice
 * @param options how long it tries
 * @returns a sentence for each broken promise
 * @example
 * ```ts
 * import { type ClaimStore } from 'react-realtime-stt'
 * import { checkClaimStore } from 'react-realtime-stt/testing'
 * import { expect, test } from 'vitest'
 *
 * declare const myClaimStore: (url: string) => ClaimStore
 *
 * test('the store keeps its promises', async () => {
 *   const url = 'https://claims.example'
 *   expect(await checkClaimStore(() => [myClaimStore(url), myClaimStore(url)])).toEqual([])
 * })
 * ```
 */
export async function checkClaimStore(
  createStores: () => readonly ClaimStore[] | Promise<readonly ClaimStore[]>,
  options: ClaimStoreCheckOptions = {},
): Promise<string[]> {
  const { rounds = 20, withinMs = 2_000, busyForMs = 10_000 } = options
  const setTimeout =
    options.setTimeout ?? ((callback, delayMs) => globalThis.setTimeout(callback, delayMs))
  const { hex } = fakeRandom()
  const stores = await createStores()
  const [a, b = a] = stores
  if (!a || !b) return ['There is no store to check.']
  const writers = stores.length > 1 ? stores : [a, a]
  const broken: string[] = []

  const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))
  const keyOf = (name = 'room'): ClaimKey => ({ appId: hex(32), channel: `${name}-${hex(8)}` })
  const makeValue = (state: ClaimValue['state'] = 'starting'): ClaimValue => ({
    v: 1,
    state,
    attempt: hex(20),
    instanceId: 'room',
  })

  async function patient<T>(call: () => Promise<T>): Promise<T> {
    for (let waitedMs = 0; ; waitedMs += STEP_MS) {
      try {
        return await call()
      } catch (error) {
        if (!(error as { isBusy?: unknown } | null)?.isBusy || waitedMs >= busyForMs) throw error
        await wait(STEP_MS)
      }
    }
  }
  const read = (store: ClaimStore, key: ClaimKey) => patient(() => store.read(key))
  const write = (store: ClaimStore, key: ClaimKey, value: ClaimValue, expected: string | null) =>
    patient(() => store.compareAndSet(key, value, expected))
  async function create(store: ClaimStore, key: ClaimKey, value = makeValue()): Promise<Claim> {
    const claim = await write(store, key, value, null)
    if (!claim) throw new Error('a claim that nobody made could not be created')
    return claim
  }
  async function comesTrue(isTrue: () => boolean | Promise<boolean>): Promise<boolean> {
    for (let waitedMs = 0; waitedMs < withinMs; waitedMs += STEP_MS) {
      if (await isTrue()) return true
      await wait(STEP_MS)
    }
    return isTrue()
  }
  async function check(promise: string, holds: () => Promise<unknown>): Promise<void> {
    try {
      const problem = await holds()
      if (problem) broken.push(`${promise}: ${problem}.`)
    } catch (error) {
      broken.push(`${promise}: ${error instanceof Error ? error.message : String(error)}.`)
    }
  }
  const differs = (claim: Claim | null, value: ClaimValue) =>
    claim?.value?.attempt !== value.attempt && `read ${JSON.stringify(claim?.value)}`

  await check('What nobody claimed reads as null', async () => {
    const claim = await read(a, keyOf())
    return claim !== null && `read ${JSON.stringify(claim)}`
  })

  await check('A claim comes back as it was written', async () => {
    const key = keyOf()
    const value: ClaimValue & { later: unknown } = {
      ...makeValue('running'),
      taskId: 'task-1',
      createdAt: 1_764_000_000_000,
      by: 'disable',
      transcription: {
        languages: ['en-US', 'ko-KR'],
        speakerLanguages: [{ uid: '7', languages: ['日本語'] }],
        translations: [{ source: 'en-US', targets: ['fr-FR'] }],
        botUid: '4711',
        listenerBotUid: null,
        includeUids: [],
        excludeUids: ['8'],
        keywords: ['“STT”\n'],
      },
      later: { nested: [1, null, true] },
    }
    const written = await create(a, key, value)
    for (const claim of [written, await read(b, key)]) {
      if (canonical(claim?.value) !== canonical(value)) return `it is ${JSON.stringify(claim)}`
    }
    return null
  })

  await check('Only one can create', async () => {
    const key = keyOf()
    const first = makeValue()
    await create(a, key, first)
    if (await write(b, key, makeValue(), null)) return 'a second one could'
    return differs(await read(a, key), first)
  })

  await check('A stale revision writes nothing and resolves null', async () => {
    const key = keyOf()
    const { revision } = await create(a, key)
    const second = makeValue('running')
    if (!(await write(b, key, second, revision))) return 'even the current one wrote nothing'
    if (await write(a, key, makeValue(), revision)) return 'it wrote'
    if (await write(a, keyOf(), makeValue(), revision)) return 'it wrote where nothing was'
    return differs(await read(b, key), second)
  })

  await check('Each write has a revision of its own', async () => {
    const key = keyOf()
    const same = makeValue()
    let { revision } = await create(a, key, same)
    const all = new Set([revision])
    for (let turn = 1; turn < 5; turn++) {
      const claim = await write(turn % 2 ? a : b, key, same, revision)
      if (!claim) return 'a write with the last one told was refused'
      const stored = await read(b, key)
      if (stored?.revision !== claim.revision) return 'a read tells another than the write did'
      revision = claim.revision
      all.add(revision)
    }
    return all.size < 5 && `5 writes had ${all.size}`
  })

  await check('Of writes at the same moment exactly one wins', async () => {
    const key = keyOf()
    let expected: string | null = null
    for (let round = 1; round <= rounds; round++) {
      const values = writers.map(() => makeValue())
      const claims: (Claim | null)[] = await Promise.all(
        writers.map((store, index) =>
          write(store, key, values[index] ?? makeValue(), expected).catch(() => null),
        ),
      )
      const won = claims.filter((claim) => claim !== null)
      const stored: Claim | null = await read(b, key)
      if (won.length !== 1) return `in round ${round} of ${rounds} ${won.length} did`
      if (stored?.value.attempt !== won[0]?.value.attempt) {
        return `in round ${round} of ${rounds} another one is stored`
      }
      expected = stored?.revision ?? null
    }
    return null
  })

  await check(
    'Many writes at the same moment through one store have exactly one winner',
    async () => {
      const key = keyOf()
      const claims = await Promise.all(
        Array.from({ length: 10 }, () => write(a, key, makeValue(), null)),
      )
      const won = claims.filter((claim) => claim !== null)
      return won.length !== 1 && `${won.length} did`
    },
  )

  for (const [kind, name] of Object.entries(CHANNELS)) {
    await check(`Keys do not meet (${kind})`, async () => {
      const appId = hex(32)
      const channel = name.length === 64 ? hex(8) + name.slice(8) : name + hex(8)
      const keys = [
        { appId, channel },
        { appId, channel: `${channel.slice(0, -1)}Z` },
        { appId: hex(32), channel },
        { appId: 'x', channel },
        { appId: `x\n${channel}`, channel },
      ]
      const values = keys.map(() => makeValue())
      for (const [index, key] of keys.entries()) await create(a, key, values[index])
      for (const [index, key] of keys.entries()) {
        const problem = differs(await read(b, key), values[index] ?? makeValue())
        if (problem) return `key ${index}: ${problem}`
      }
      return null
    })
  }

  await check('A claim’s age grows from its write and is never negative', async () => {
    const key = keyOf()
    const written = await create(a, key)
    const ages = [written.ageMs, (await read(b, key))?.ageMs ?? Number.NaN]
    if (!ages.every((ageMs) => ageMs >= 0 && ageMs <= withinMs)) return `new, it was ${ages} ms`
    const grows = await comesTrue(async () => {
      const claim = await read(b, key)
      return claim !== null && claim.ageMs > Math.max(...ages)
    })
    if (!grows) return `it stayed at ${ages} ms`
    await wait(withinMs)
    const [older, again] = [await read(a, key), await write(b, key, makeValue(), written.revision)]
    if (!older || !again) return 'it could not be written again'
    if (older.ageMs < withinMs / 2) return `after ${withinMs} ms it was ${older.ageMs} ms`
    return again.ageMs >= older.ageMs && 'it did not begin anew with the next write'
  })

  await check('Subscribers learn of another store’s write, until they unsubscribe', async () => {
    const key = keyOf()
    const told: (Claim | null)[][] = [[], [], []]
    const stops = told.map((claims, index) =>
      (index === 2 ? a : b).subscribe(key, (claim) => claims.push(claim)),
    )
    const knows = (index: number, value: ClaimValue) =>
      comesTrue(() => told[index]?.at(-1)?.value?.attempt === value.attempt)
    await wait(Math.min(withinMs, 500))
    const value = makeValue()
    const claim = await create(a, key, value)
    for (const index of [0, 1, 2]) {
      if (!(await knows(index, value))) return `number ${index + 1} of 3 did not`
    }
    if (told[0]?.at(-1)?.revision !== claim.revision) return 'they were told another revision'
    stops[0]?.()
    stops[2]?.()
    const [ofFirst, ofThird] = [told[0]?.length, told[2]?.length]
    const next = makeValue('running')
    await write(a, key, next, claim.revision)
    if (!(await knows(1, next))) return 'with the first of two, both unsubscribed'
    if (told[0]?.length !== ofFirst || told[2]?.length !== ofThird) return 'they learnt of more'
    stops[1]?.()
    stops[1]?.()
    const again: (Claim | null)[] = []
    const stop = b.subscribe(key, (last) => again.push(last))
    await wait(Math.min(withinMs, 500))
    const last = makeValue('ended')
    await write(a, key, last, (await read(a, key))?.revision ?? null)
    const isTold = await comesTrue(() => again.at(-1)?.value?.attempt === last.attempt)
    stop()
    return !isTold && 'one that subscribed again did not'
  })

  if (a.isStarterGone && a.hold) {
    await check('A starter is gone when it lets go, not before', async () => {
      const key = keyOf()
      const value = makeValue()
      const letGo = await a.hold?.(value.attempt, 'starter')
      const claim = await create(a, key, value)
      if (await b.isStarterGone?.(claim)) return 'it was gone while it held'
      letGo?.()
      return !(await comesTrue(async () => (await b.isStarterGone?.(claim)) ?? false)) && 'it stays'
    })
  }
  if (a.isHeld && a.hold) {
    await check('A running claim is held while any page holds it', async () => {
      const key = keyOf()
      const value = makeValue('running')
      const letGo = [
        await a.hold?.(value.attempt, 'holder'),
        await b.hold?.(value.attempt, 'holder'),
      ]
      const claim = await create(a, key, value)
      const isHeld = async () => (await b.isHeld?.(claim)) ?? false
      if (!(await isHeld())) return 'it was not while two held it'
      letGo[0]?.()
      await wait(STEP_MS)
      if (!(await isHeld())) return 'it was not while one of two held it'
      letGo[1]?.()
      return !(await comesTrue(async () => !(await isHeld()))) && 'it stays held'
    })
  }

  for (const store of new Set(stores)) store.dispose?.()
  return broken
}

/** JSON whatever the order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([one], [other]) => (one < other ? -1 : 1)))
      : part,
  )
}
