import type { Cell } from './cell.js'
import { checkNewStart, checkRest } from './checkRun.js'
import type { Device, Strategy } from './device.js'
import { DevicePage } from './devicePage.js'
import { measureRun, type RunFigures } from './measureRun.js'
import { type Scenario, toScenario } from './scenario.js'
import { strategies } from './strategies.js'
import { World } from './world.js'

/** What is measured is measured then, and everything has had 120 s to come to rest. */
const HORIZON_MS = 300_000
/** The new start after it costs a third of a run. */
const LONG_RUN_EVERY = 4
const RETURN_CHANCE = 0.5
const RETURN_MS = [5_000, 30_000] as const

/** A call of a user's, as it went. */
export interface Call {
  page: DevicePage
  kind: 'enable' | 'disable'
  calledAt: number
  /** null: it is pending. */
  settledAt: number | null
  isFulfilled: boolean
}

export interface RunResult {
  figures: RunFigures
  /** What must never be, and was. */
  violations: string[]
  trace: string[]
}

/** One run of a cell, and all there is to say of it; the same for the same seed. */
export async function playRun(cell: Cell, seed: number, isTraced = false): Promise<RunResult> {
  const run = new Run(cell, seed, toScenario(seed, cell), isTraced)
  await run.play()
  const { world, strategy } = run
  const violations = strategy.isOurs ? await checkRest(run) : []
  const figures = measureRun(run)
  const isLong = strategy.isOurs && seed % LONG_RUN_EVERY === 0
  if (isLong) violations.push(...(await checkNewStart(run)))
  return { figures, violations, trace: world.trace }
}

/** The devices of a run and what their users do. */
export class Run {
  readonly world: World
  readonly strategy: Strategy
  /** Those that crashed too. */
  readonly pages: DevicePage[] = []
  readonly calls: Call[] = []
  readonly #createDevice: (page: DevicePage) => Device
  /** By number; after a crash, the page that came in the place of the old one. */
  readonly #devices: { page: DevicePage; device: Device }[] = []

  constructor(
    readonly cell: Cell,
    seed: number,
    readonly scenario: Scenario,
    isTraced = false,
  ) {
    const strategy = strategies[cell.row]
    if (!strategy) throw new RangeError(`There is no strategy ${cell.row}.`)
    this.strategy = strategy
    this.world = new World(cell, seed, scenario, isTraced)
    this.#createDevice = strategy.open(this.world)
  }

  get living(): readonly { page: DevicePage; device: Device }[] {
    return this.#devices.filter(({ page }) => page.isAlive)
  }

  async play(horizonMs = HORIZON_MS): Promise<void> {
    const { world, scenario } = this
    const { time } = world
    if (scenario.hasStranger) await this.#startStranger()
    for (const { device } of scenario.intents) {
      if (!this.#devices[device]) this.#open(device, `d${device + 1}`)
    }
    for (const { atMs, device, kind } of scenario.intents) {
      time.setTimeout(() => this.#press(device, kind), atMs)
    }
    if (world.has('outage')) {
      time.setTimeout(() => this.#setSignaling(false), scenario.outage.fromMs)
      time.setTimeout(() => this.#setSignaling(true), scenario.outage.toMs)
    }
    await time.advance(horizonMs)
  }

  /** Calls, and notes how it goes. */
  call(page: DevicePage, device: Device, kind: Call['kind']): Call {
    const { world, calls } = this
    const { elapsed } = world.time
    const calledAt = elapsed()
    const call: Call = { page, kind, calledAt, settledAt: null, isFulfilled: false }
    calls.push(call)
    world.note(page.name, `${kind}()`)
    const settle = (isFulfilled: boolean, outcome: string) => {
      call.settledAt = elapsed()
      call.isFulfilled = isFulfilled
      world.note(page.name, `${kind}() of ${calledAt / 1_000} s ${outcome}`)
    }
    device[kind]().then(
      () => settle(true, 'resolves'),
      (error: unknown) => settle(false, `rejects: ${String(error)}`),
    )
    return call
  }

  #open(index: number, name: string): void {
    const { world } = this
    const page = new DevicePage(world, name, String(this.pages.length + 1))
    this.pages.push(page)
    this.#devices[index] = { page, device: this.#createDevice(page) }
    page.onCrash(() => this.#reopen(index, name))
  }

  #reopen(index: number, name: string): void {
    const { world } = this
    const random = world.random(`return ${name}`)
    if (!random.chance(RETURN_CHANCE)) return
    world.time.setTimeout(
      () => {
        this.#open(index, `${name}'`)
        world.time.setTimeout(() => this.#press(index, 'enable'), 1_000)
      },
      random.between(...RETURN_MS),
    )
  }

  #press(index: number, kind: Call['kind']): void {
    const { page, device } = this.#devices[index] as { page: DevicePage; device: Device }
    if (page.isAlive) this.call(page, device, kind)
  }

  #setSignaling(isUp: boolean): void {
    this.world.isSignalingUp = isUp
    this.world.noteFault()
    for (const page of this.pages) page.setOnline(isUp)
  }

  async #startStranger(): Promise<void> {
    const { agora, channel } = this.world
    const token = await agora.mintToken({ channel, uid: '0' })
    await agora.fetch(`https://api.agora.io/api/speech-to-text/v1/projects/${agora.appId}/join`, {
      method: 'POST',
      headers: { authorization: `agora token="${token}"` },
      body: JSON.stringify({
        name: 'another-app',
        languages: ['en-US'],
        rtcConfig: { channelName: channel, pubBotUid: '4000000000', pubBotToken: token },
      }),
    })
    this.world.strangerId = agora.liveTasks(channel)[0]?.taskId ?? null
  }
}
