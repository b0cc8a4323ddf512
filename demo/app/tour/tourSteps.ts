import { changeCall } from '../call/callStore.ts'
import { demoApi } from '../connection/demoApi.ts'
import { readBack } from '../transcript/webVttStore.ts'
import { until } from '../until.ts'
import {
  billOfCall,
  enableWith,
  isOn,
  press,
  pressOn,
  show,
  snapshotOf,
  startsOf,
  type TouredPage,
  turnOff,
  untilSnapshot,
} from './drivePage.ts'

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
          return `Two clicks, ${count(startsOf(page), 'start')} on the wire, ${count(billOfCall(page).startedTasks, 'task')}. Whoever did not start joined.`
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
          return `The hook’s error is a ${error?.name}, code “${error?.code}”, with a sentence for the user and whether to try again; ${count(billOfCall(page).liveTasks, 'task')} runs up a bill.`
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
          const before = billOfCall(page).startedTasks
          page.serviceStore.set(await demoApi.setSwitches({ isAnswerLost: true }))
          await pressOn(page)
          return `No answer came, so the client looked before it started anything again. It found the task: ${count(billOfCall(page).startedTasks - before, 'task')} was started, and captions are on.`
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
          const before = billOfCall(page).startedTasks
          await show(page, 3)
          await pressOn(page)
          return `It joined the task that the claim names. ${count(billOfCall(page).startedTasks - before, 'further task')} was started, ${count(billOfCall(page).liveTasks, 'task')} runs.`
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
