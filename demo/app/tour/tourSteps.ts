import type { SttSnapshot } from 'react-realtime-stt'
import type { CallSwitches, ServiceState } from '../../protocol.ts'
import { type Call, changeCall } from '../call/callStore.ts'
import { demoApi } from '../connection/demoApi.ts'
import type { Store } from '../createStore.ts'
import { areReady, frameConfigs, pressEverywhere } from '../devices/deviceFrames.ts'
import type { ServiceStore } from '../panel/serviceStore.ts'
import { readBack } from '../transcript/webVttStore.ts'
import { until } from '../until.ts'
import type { ViewStore } from '../viewStore.ts'

/** The real page: the tour has nothing of its own. */
export interface TouredPage {
  callStore: Store<Call>
  serviceStore: ServiceStore
  viewStore: ViewStore
}

export interface TourAction {
  label: string
  /** Does it on the page; gives what came of it, as a sentence. */
  run(page: TouredPage): Promise<string>
}

export interface TourStep {
  title: string
  text: string
  /** Where to look, as a selector. */
  target: string
  actions: readonly TourAction[]
}

const LINES_TO_READ = 3

export const tourSteps: readonly TourStep[] = [
  {
    title: 'Two people click at once',
    text: 'Ada and Lena press “Enable captions” in the same instant, on two devices that share nothing but the network. A plain fetch would start two tasks, and both would be billed.',
    target: '.devices',
    actions: [
      {
        label: 'Click on both devices',
        async run(page) {
          await demoApi.reset()
          await show(page, 2)
          await pressOn(page)
          return `Two clicks, ${count(startsOf(page), 'start')} on the wire, ${count(billOf(page).startedTasks, 'task')}. Whoever did not start joined.`
        },
      },
    ],
  },
  {
    title: 'Your token expires',
    text: 'RTC tokens run out, usually in the middle of something. The service answers 401 “Token is expired”.',
    target: '.what-happened',
    actions: [
      {
        label: 'Let one token be expired',
        async run(page) {
          await enableWith(page, { tokens: 'expired-once' })
          return 'The client asked the token provider once more, sent the same call with the fresh token, and captions are on. Nobody had to notice.'
        },
      },
      {
        label: 'Let every token be expired',
        async run(page) {
          await turnOff(page)
          await changeCall(page.callStore, { tokens: 'expired' })
          await press(page)
          const { error } = await untilSnapshot(page, (one) => one.error !== null)
          return `The hook’s error is a ${error?.name}, code “${error?.code}”, with a sentence for the user and whether to try again; ${count(billOf(page).liveTasks, 'task')} runs up a bill.`
        },
      },
    ],
  },
  {
    title: 'The network eats the answer',
    text: 'The start reaches the service and the task runs, but its answer is lost. Whoever simply tries again pays twice.',
    target: '.what-happened',
    actions: [
      {
        label: 'Lose the answer to the next start',
        async run(page) {
          await turnOff(page)
          await changeCall(page.callStore, { tokens: 'good' })
          const before = billOf(page).startedTasks
          page.serviceStore.set(await demoApi.setSwitches({ isAnswerLost: true }))
          await pressOn(page)
          return `No answer came, so the client looked before it started anything again. It found the task: ${count(billOf(page).startedTasks - before, 'task')} was started, and captions are on.`
        },
      },
    ],
  },
  {
    title: 'A second device',
    text: 'Somebody opens the call on one more device while captions run, and presses the button there too.',
    target: '.devices',
    actions: [
      {
        label: 'Add Grace’s laptop and press its button',
        async run(page) {
          if (!isOn(snapshotOf(page))) await enableWith(page, { tokens: 'good' })
          const before = billOf(page).startedTasks
          await show(page, 3)
          await pressOn(page)
          return `It joined the task that the claim names. ${count(billOf(page).startedTasks - before, 'further task')} was started, ${count(billOf(page).liveTasks, 'task')} runs.`
        },
      },
    ],
  },
  {
    title: 'Read it back as WebVTT',
    text: 'Everything that was said is in the transcript: merged, searchable, in each language. It can be read back as WebVTT, SRT, text or JSON at any time.',
    target: '.transcript-card',
    actions: [
      {
        label: 'Read it back',
        async run(page) {
          if (!isOn(snapshotOf(page))) await enableWith(page, { tokens: 'good' })
          const { transcript, getSpeakerName } = page.callStore.get().channelCall
          await until(transcript.subscribe, () => transcript.getIds().length >= LINES_TO_READ)
          readBack({ transcript, getSpeakerName })
          return `${transcript.getIds().length} lines, with who said them and when, as a file that any player reads.`
        },
      },
    ],
  },
]

const count = (number: number, noun: string) =>
  `${number === 0 ? 'no' : number === 1 ? 'one' : number} ${noun}${number === 1 || number === 0 ? '' : 's'}`

function billOf({ callStore, serviceStore }: TouredPage) {
  const { channel } = callStore.get().config
  const bill = serviceStore.get()?.bills.find((one) => one.channel === channel)
  return bill ?? { startedTasks: 0, liveTasks: 0 }
}

const startsOf = ({ serviceStore }: TouredPage) =>
  serviceStore.get()?.requests.filter(({ operation }) => operation === 'start').length ?? 0

function snapshotOf({ callStore }: TouredPage): SttSnapshot {
  const { stt, config } = callStore.get()
  return stt.client.getSnapshot(config.channel)
}

const isOn = ({ status }: SttSnapshot) => status === 'enabled'

function devicesOf({ callStore, viewStore }: TouredPage) {
  return callStore.get().config.devices.slice(0, viewStore.get().deviceCount)
}

/** Shows so many devices, and waits until their pages listen. */
async function show(page: TouredPage, deviceCount: number): Promise<void> {
  page.viewStore.change({ deviceCount, isCompared: false })
  await untilReady(page)
}

async function untilReady(page: TouredPage): Promise<void> {
  const { callStore } = page
  await until(callStore.subscribe, () => !callStore.get().isSwitching)
  await until(frameConfigs.subscribe, () => areReady(devicesOf(page), callStore.get().config))
}

async function press(page: TouredPage, wanted: 'on' | 'off' = 'on'): Promise<void> {
  await untilReady(page)
  pressEverywhere(devicesOf(page), wanted)
}

function untilSnapshot(
  page: TouredPage,
  isReached: (snapshot: SttSnapshot) => boolean,
): Promise<SttSnapshot> {
  const { stt, config } = page.callStore.get()
  return until(
    (listener) => stt.client.subscribe(config.channel, listener),
    () => isReached(snapshotOf(page)),
  ).then(() => snapshotOf(page))
}

const untilService = ({ serviceStore }: TouredPage, isReached: (state: ServiceState) => boolean) =>
  until(serviceStore.subscribe, () => {
    const state = serviceStore.get()
    return state !== null && isReached(state)
  })

async function pressOn(page: TouredPage): Promise<void> {
  await press(page)
  await untilSnapshot(page, isOn)
  await untilService(page, ({ bills }) => bills.some(({ liveTasks }) => liveTasks > 0))
}

async function turnOff(page: TouredPage): Promise<void> {
  await press(page, 'off')
  await untilSnapshot(page, ({ status }) => status === 'disabled')
  await untilService(page, ({ bills }) => bills.every(({ liveTasks }) => liveTasks === 0))
}

async function enableWith(page: TouredPage, change: Partial<CallSwitches>): Promise<void> {
  await turnOff(page)
  await changeCall(page.callStore, change)
  await pressOn(page)
}
