import type { RequestHandler } from 'msw'
import {
  defaultSettings,
  type FakeAgoraBehaviour,
  type FakeAgoraOptions,
  type FakeSettings,
} from './fakeAgoraOptions.js'
import { type FakeFault, fakeFaults } from './fakeFaults.js'
import { fakeFetch } from './fakeFetch.js'
import { type FakeRequest, fakeGateway } from './fakeGateway.js'
import { fakeRandom } from './fakeRandom.js'
import { type FakeTask, FakeTasks, type TaskRecord } from './fakeTasks.js'
import { type FakeTokenRequest, fakeTokens } from './fakeTokens.js'
import { type BuilderTokens, fakeV6 } from './fakeV6.js'
import { fakeV7 } from './fakeV7.js'

/** The commonest end that nobody asks for. */
const IDLE = 'Idle for too long'

/** A simulated Agora STT service for one app. */
export interface FakeAgora {
  readonly appId: string
  readonly appCertificate: string
  /** For `setupServer(...)`, `setupWorker(...)` and `getResponse(...)` of msw. They match every origin. */
  readonly handlers: RequestHandler[]
  /** The same service without msw, for `createSttClient({ fetch })`. It rejects what is for nobody here. */
  readonly fetch: typeof globalThis.fetch
  /** Makes an AccessToken2 for this app: RTC with all privileges, and RTM. */
  mintToken(request: FakeTokenRequest): Promise<string>
  /** Every request so far, in the order of arrival; also those that were lost. */
  readonly requests: readonly FakeRequest[]
  /** The tasks that are billed now: those not STOPPING, STOPPED or FAILED. */
  liveTasks(channel?: string): readonly FakeTask[]
  /** Every task so far, oldest first. */
  tasks(channel?: string): readonly FakeTask[]
  /** How many tasks were ever started: two for one click is a double bill. */
  startedTasks(channel?: string): number
  /** Sum of the tasks' lifetimes in milliseconds, by the fake's clock. */
  billedMs(channel?: string): number
  /** Lets the next request (that matches) go wrong. Faults queue; the first that matches is used. */
  failNext(fault: FakeFault): void
  /**
   * Ends a task as the service would by itself; nothing happens if it has ended. A reason that speaks of an error
   * makes a v7 agent FAILED, others STOPPED.
   * @param reason - `'Idle for too long'` unless given
   */
  endTask(taskId: string, reason?: string): void
  /** Makes a v7 agent RECOVERING, or RUNNING again. */
  recoverTask(taskId: string, isRecovering?: boolean): void
  /** Changes the service's behaviour from now on. */
  configure(behaviour: FakeAgoraBehaviour): void
  /** Forgets tasks, builder tokens, requests and faults. App id, certificate and behaviour stay. */
  reset(): void
}

/**
 * Stands where Agora stands: both generations of the STT REST API, stateful, with tokens checked for real. It answers
 * as the vendor documents; what the vendor leaves open is an option.
 *
 * @example
 * ```ts
 * const agora = createFakeAgora()
 * const server = setupServer(...agora.handlers)
 * server.listen({ onUnhandledRequest: 'error' })
 *
 * const client = createSttClient({ appId: agora.appId, api: 'v7', tokenProvider: agora.mintToken })
 * await client.enable({ channel: 'demo' })
 * expect(agora.startedTasks('demo')).toBe(1)
 * ```
 * @see https://docs.agora.io/en/real-time-stt/rest-api/v7.x/join
 */
export function createFakeAgora(options: FakeAgoraOptions = {}): FakeAgora {
  const now = options.now ?? (() => Date.now())
  const random = fakeRandom(options.random)
  const appId = options.appId ?? random.hex(32)
  const appCertificate = options.appCertificate ?? random.hex(32)
  const settings: FakeSettings = { ...defaultSettings }
  applyBehaviour(settings, options)

  const tokens = fakeTokens({
    appId,
    appCertificate,
    mode: options.tokens ?? 'signed',
    now,
    random,
  })
  const tasks = new FakeTasks(settings, now, random)
  const builderTokens: BuilderTokens = new Map()
  const faults = fakeFaults()
  const requests: FakeRequest[] = []
  let era = 0

  const service = {
    appId,
    settings,
    now,
    setTimeout:
      options.setTimeout ?? ((callback, delayMs) => globalThis.setTimeout(callback, delayMs)),
    tokens,
    tasks,
    faults,
    requests,
    era: () => era,
  }
  const generations = [fakeV6(tasks, builderTokens, random), fakeV7(tasks, settings)]
  let handlers: RequestHandler[] | undefined

  const inChannel = (channel?: string) =>
    tasks.all().filter((record) => channel === undefined || record.channel === channel)

  function existing(taskId: string): TaskRecord {
    const record = tasks.find(taskId)
    if (record === undefined) throw new Error(`The fake Agora has no task ${taskId}.`)
    return record
  }

  return {
    appId,
    appCertificate,
    get handlers() {
      handlers ??= fakeGateway(service, generations)
      return handlers
    },
    fetch: fakeFetch(service, generations),
    requests,
    mintToken: (request) => tokens.mint(request),
    tasks: (channel) => inChannel(channel).map((record) => tasks.show(record)),
    liveTasks: (channel) =>
      inChannel(channel)
        .filter((record) => tasks.isLive(record))
        .map((record) => tasks.show(record)),
    startedTasks: (channel) => inChannel(channel).length,
    billedMs: (channel) =>
      inChannel(channel).reduce(
        (sum, { startedAt, end }) => sum + (end?.at ?? now()) - startedAt,
        0,
      ),
    failNext: (fault) => faults.add(fault),
    endTask: (taskId, reason = IDLE) => tasks.end(existing(taskId), reason),
    recoverTask: (taskId, isRecovering = true) => tasks.recover(existing(taskId), isRecovering),
    configure: (behaviour) => applyBehaviour(settings, behaviour),
    reset() {
      era += 1
      tasks.clear()
      builderTokens.clear()
      faults.clear()
      requests.length = 0
    },
  }
}

/** Takes what is given and known; `undefined` changes nothing. */
function applyBehaviour(settings: FakeSettings, behaviour: FakeAgoraBehaviour): void {
  const known = Object.entries(behaviour).filter(
    ([key, value]) => key in defaultSettings && value !== undefined,
  )
  Object.assign(settings, Object.fromEntries(known))
}
