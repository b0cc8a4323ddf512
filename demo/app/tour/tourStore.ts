import { createStore } from '../createStore.ts'
import type { TouredPage } from './drivePage.ts'
import { type TourAction, tourSteps } from './tourSteps.ts'

export interface TourState {
  /** null: no tour. */
  step: number | null
  isRunning: boolean
  /** What came of the last action of this step. */
  outcome: string | null
}

const CLOSED: TourState = { step: null, isRunning: false, outcome: null }

export const tourStore = createStore<TourState>(CLOSED)

export const TOUR_OPENER_CLASS = 'tour-opener'

/** Also shows on the page where to look; at the end the focus is where it came from. */
export function goTo(step: number | null): void {
  tourStore.set({ ...CLOSED, step })
  const root = document.documentElement
  if (step === null) {
    delete root.dataset.tour
    document.querySelector<HTMLElement>(`.${TOUR_OPENER_CLASS}`)?.focus()
    return
  }
  root.dataset.tour = String(step + 1)
  const target = document.querySelector(tourSteps[step]?.target ?? '')
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches
  target?.scrollIntoView({ block: 'nearest', behavior: isCalm ? 'auto' : 'smooth' })
}

export async function act(action: TourAction, page: TouredPage): Promise<void> {
  const { step } = tourStore.get()
  tourStore.set({ step, isRunning: true, outcome: null })
  const outcome = await action.run(page).catch(toSentence)
  // Somebody has gone on meanwhile.
  if (tourStore.get().step === step) tourStore.set({ step, isRunning: false, outcome })
}

const toSentence = (error: unknown) =>
  `That did not work: ${error instanceof Error ? error.message : String(error)}`
