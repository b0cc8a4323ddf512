import type { SttEnvironment } from 'react-realtime-stt/core'
import { inflateStored } from 'react-realtime-stt/testing'
import type { SeededRandom } from './seededRandom.js'
import type { World } from './world.js'

const CRASH_CHANCE = 0.1
const LOST_CHANCE = 0.1
const LATE_CHANCE = 0.1
const LATE_MS = [12_000, 62_000] as const
const TRAVEL_MS = [20, 150] as const

/** How a store's caller learns that no answer comes. */
export interface StoreTimeout {
  afterMs: number
  toError: () => Error
}

/** Of Signaling's client. */
const CALL_TIMEOUT: StoreTimeout = {
  afterMs: 10_000,
  toError: () => new Error('The operation timed out.'),
}

const never = () => new Promise<never>(() => {})

/** As much of a response as clients read: making real ones would be a tenth of a run's cost. */
const toResponse = (status: number, text: string) =>
  ({
    status,
    ok: status < 300,
    text: async () => text,
    json: async () => JSON.parse(text),
  }) as Response

/** One page of one device. When it crashes it stops for ever; what it has sent is still on its way. */
export class DevicePage {
  isAlive = true
  /** As far as Signaling is concerned. */
  isOnline: boolean
  restCalls = 0
  storeOperations = 0
  /** When Signaling was out of its reach, in ms since the run began. */
  readonly outages: { fromMs: number; toMs: number }[] = []
  readonly environment: SttEnvironment
  readonly #random: SeededRandom
  readonly #onConnection = new Set<(isOnline: boolean) => void>()
  readonly #onCrash = new Set<() => void>()

  constructor(
    readonly world: World,
    readonly name: string,
    /** The user, to the service. */
    readonly uid: string,
  ) {
    this.#random = world.random(`page ${name}`)
    this.isOnline = world.isSignalingUp
    if (!this.isOnline) this.outages.push({ fromMs: 0, toMs: Number.POSITIVE_INFINITY })
    const { time } = world
    this.environment = {
      ...time.environment({}),
      random: this.random,
      setTimeout: (callback, delayMs) =>
        time.setTimeout(() => {
          if (this.isAlive) callback()
        }, delayMs),
      inflate: inflateStored,
    }
  }

  readonly random = (): number => this.#random.next()

  sleep(delayMs: number): Promise<void> {
    return new Promise((wake) => {
      this.environment.setTimeout(wake, delayMs)
    })
  }

  between(min: number, max: number): number {
    return this.#random.between(min, max)
  }

  readonly tokenProvider = ({ uid }: { uid: string }): Promise<string> => this.world.token(uid)

  onConnection(listener: (isOnline: boolean) => void): void {
    this.#onConnection.add(listener)
  }

  onCrash(listener: () => void): void {
    this.#onCrash.add(listener)
  }

  setOnline(isOnline: boolean): void {
    if (!this.isAlive || this.isOnline === isOnline) return
    this.isOnline = isOnline
    const now = this.world.time.elapsed()
    const last = this.outages.at(-1)
    if (!isOnline) this.outages.push({ fromMs: now, toMs: Number.POSITIVE_INFINITY })
    else if (last) last.toMs = now
    this.world.note(this.name, isOnline ? 'Signaling is back' : 'Signaling is gone')
    for (const listener of this.#onConnection) listener(isOnline)
  }

  crash(where: string): void {
    if (!this.isAlive) return
    this.world.note(this.name, `crashes ${where}`)
    this.isAlive = false
    this.world.noteFault()
    for (const listener of this.#onCrash) listener()
  }

  /** What the page waits for, as long as it lives. */
  guard<Result>(promise: Promise<Result>): Promise<Result> {
    return new Promise((resolve, reject) => {
      promise.then(
        (result) => this.isAlive && resolve(result),
        (error) => this.isAlive && reject(error),
      )
    })
  }

  /** The way to the service. What the client gives up still arrives. */
  readonly fetch: typeof globalThis.fetch = (input, init = {}) => {
    const { signal: _, ...sent } = init
    return this.guard(this.#send(String(input), sent))
  }

  /** One call of the register or lock that the devices share. */
  store<Result>(
    what: string,
    isWrite: boolean,
    work: () => Promise<Result>,
    timeout = CALL_TIMEOUT,
  ): Promise<Result> {
    return this.guard(this.#callStore(what, isWrite, work, timeout))
  }

  async #send(url: string, init: RequestInit): Promise<Response> {
    const { world } = this
    const { time } = world
    const [, path = ''] = url.split('/projects/')
    const what = `${init.method} ${path.slice(path.indexOf('/'))}`
    const isStart = path.endsWith('/join')
    const [, stopped] = /\/agents\/(.*)\/leave$/.exec(path) ?? []
    const isWrite = isStart || stopped !== undefined
    if (!this.isAlive || this.#crashesBefore(what, isWrite)) return never()
    this.restCalls += 1
    const isLate = world.has('late') && this.#random.chance(LATE_CHANCE)
    const isLost = world.has('lost') && this.#random.chance(LOST_CHANCE)
    const [minMs, maxMs] = isLate ? LATE_MS : TRAVEL_MS
    const travelMs = this.#random.between(minMs, maxMs)
    world.note(this.name, `sends ${what}${isLate ? `, arriving ${travelMs} ms late` : ''}`)
    if (stopped && !world.stopsSent.has(stopped)) world.stopsSent.set(stopped, time.elapsed())
    if (isLate) this.#noteLate(travelMs)
    this.#crashAfter(what, isWrite)

    await time.sleep(travelMs)
    const liveBefore = stopped ? world.liveTasks() : []
    const arrived = await world.agora.fetch(url, init)
    const text = await arrived.text()
    const { status } = arrived
    world.note(this.name, `${what} is carried out: ${status} ${text.slice(0, 120)}`)
    if (stopped && status === 200 && liveBefore.some(({ taskId }) => taskId === stopped)) {
      world.stops.push({ at: time.elapsed(), taskId: stopped, page: this.name })
    }
    const started = isStart && status === 200 ? (JSON.parse(text).agent_id as string) : null
    if (started) world.starters.set(started, this.name)
    if (isLost) {
      world.noteFault()
      world.note(this.name, `never gets the answer to ${what}`)
      if (this.#random.chance(0.5)) return never()
    }
    await time.sleep(this.#random.between(...TRAVEL_MS))
    if (isLost) throw new TypeError('Failed to fetch')
    if (started && this.isAlive && !isLate) world.answeredAt.set(started, time.elapsed())
    return toResponse(status, text)
  }

  /** Half of those whose requests are held up lose Signaling for that time. */
  #noteLate(lateMs: number): void {
    const { world } = this
    world.noteFault(world.time.elapsed() + lateMs)
    if (!this.#random.chance(0.5)) return
    this.setOnline(false)
    world.time.setTimeout(() => this.setOnline(world.isSignalingUp), lateMs)
  }

  async #callStore<Result>(
    what: string,
    isWrite: boolean,
    work: () => Promise<Result>,
    timeout: StoreTimeout,
  ): Promise<Result> {
    const { world } = this
    if (!this.isAlive || this.#crashesBefore(what, isWrite)) return never()
    this.storeOperations += 1
    const isLost = world.has('lost') && this.#random.chance(LOST_CHANCE)
    const working = work()
    this.#crashAfter(what, isWrite)
    const result = await working
    if (isLost) {
      world.noteFault()
      world.note(this.name, `never gets the answer to ${what}`)
      await world.time.sleep(timeout.afterMs)
      throw timeout.toError()
    }
    return result
  }

  #crashesBefore(what: string, isWrite: boolean): boolean {
    if (isWrite && this.world.has('crash') && this.#random.chance(CRASH_CHANCE / 2)) {
      this.crash(`before ${what}`)
    }
    return !this.isAlive
  }

  #crashAfter(what: string, isWrite: boolean): void {
    if (isWrite && this.world.has('crash') && this.#random.chance(CRASH_CHANCE / 2)) {
      this.crash(`after sending ${what}`)
    }
  }
}
