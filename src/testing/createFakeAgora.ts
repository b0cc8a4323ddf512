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
  /** The app that this service knows. */
  readonly appId: string
  /** What its tokens are signed with. */
  readonly appCertificate: string
  /** For `setupServer(...)`, `setupWorker(...)` and `getResponse(...)` of msw. They match every origin. */
  readonly handlers: RequestHandler[]
  /** The same service without msw, for `createSttClient({ fetch })`. It rejects what is for nobody here. */
  readonly fetch: typeof globalThis.fetch
  /**
   * Makes an AccessToken2 for this app: RTC with all privileges, and RTM. It can be given as `tokenProvider`.
   *
   * @param request for which channel and user, and for how long
   */
  mintToken(request: FakeTokenRequest): Promise<string>
  /** Every request so far, in the order of arrival; also those that were lost. */
  readonly requests: readonly FakeRequest[]
  /**
   * The tasks that are billed now: those not STOPPING, STOPPED or FAILED.
   *
   * @param channel of one channel; of all unless it is given
   */
  liveTasks(channel?: string): readonly FakeTask[]
  /**
   * Every task so far, oldest first.
   *
   * @param channel of one channel; of all unless it is given
   */
  tasks(channel?: string): readonly FakeTask[]
  /**
   * How many tasks were ever started: two for one click is a double bill.
   *
   * @param channel of one channel; of all unless it is given
   */
  startedTasks(channel?: string): number
  /**
   * Sum of the tasks' lifetimes in milliseconds, by the fake's clock.
   *
   * @param channel of one channel; of all unless it is given
   */
  billedMs(channel?: string): number
  /**
   * Lets the next request (that matches) go wrong. Faults queue; the first that matches is used.
   *
   * @param fault what goes wrong, and for which requests
   */
  failNext(fault: FakeFault): void
  /**
   * Ends a task as the service would by itself; nothing happens if it has ended. A reason that speaks of an error
   * makes a v7 agent FAILED, others STOPPED.
   *
   * @param taskId of {@link FakeAgora.tasks}
   * @param reason `'Idle for too long'` unless it is given
   * @throws where there is no such task
   */
  endTask(taskId: string, reason?: string): void
  /**
   * Makes a v7 agent RECOVERING, or RUNNING again.
   *
   * @param taskId of {@link FakeAgora.tasks}
   * @param isRecovering true unless it is given
   * @throws where there is no such task
   */
  recoverTask(taskId: string, isRecovering?: boolean): void
  /**
   * Changes the service's behaviour from now on.
   *
   * @param behaviour what changes; the rest stays
   */
  configure(behaviour: FakeAgoraBehaviour): void
  /** Forgets tasks, builder tokens, requests and faults. App id, certificate and behaviour stay. */
  reset(): void
}

/**
 * Stands where Agora stands: both generations of the STT REST API, stateful, with tokens checked for real. It answers
 * as the vendor documents; what the vendor leaves open is an option.
 *
 * @param options how it behaves where the vendor leaves it open, and its clock
 * @example
 * ```ts
 * import { createSttClient } from 'react-realtime-stt'
 * import { createFakeAgora } from 'react-realtime-stt/testing'
 * import { expect, test } from 'vitest'
 *
 * test('two calls start one task', async () => {
 *   const { appId, fetch, mintToken, startedTasks } = createFakeAgora()
 *   const client = createSttClient({ appId, api: 'v7', tokenProvider: mintToken, fetch })
 *   await Promise.all([client.enable({ channel: 'demo' }), client.enable({ channel: 'demo' })])
 *   expect(startedTasks('demo')).toBe(1)
 * })
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
