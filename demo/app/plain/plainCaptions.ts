import { type Person, type PersonId, people } from '../../people.ts'
import type { DemoConfig } from '../../protocol.ts'
import { createStore } from '../createStore.ts'
import { type PlainTask, startPlainly, stopPlainly } from './plainCalls.ts'
import { toPlainChannel } from './plainChannels.ts'

/** What one window knows of the captions it enabled by itself. */
export interface PlainCaptions {
  status: 'disabled' | 'enabling' | 'enabled' | 'disabling'
  task: PlainTask | null
  problem: string | null
}

export const PLAIN_OFF: PlainCaptions = { status: 'disabled', task: null, problem: null }

export const plainCaptions = createStore<Readonly<Partial<Record<PersonId, PlainCaptions>>>>({})

function set(id: PersonId, captions: PlainCaptions): void {
  plainCaptions.set({ ...plainCaptions.get(), [id]: captions })
}

/** The click handler of an app without this package: no window knows of the other. */
export async function togglePlainly(config: DemoConfig, { id, uid }: Person): Promise<void> {
  const { status, task } = plainCaptions.get()[id] ?? PLAIN_OFF
  const request = { config, channel: toPlainChannel(config.channel), uid }
  if (status === 'enabling' || status === 'disabling') return
  try {
    if (task) {
      set(id, { status: 'disabling', task, problem: null })
      await stopPlainly(request, task)
      set(id, PLAIN_OFF)
    } else {
      set(id, { status: 'enabling', task: null, problem: null })
      set(id, { status: 'enabled', task: await startPlainly(request), problem: null })
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const problem = task
      ? `The stop failed, and the task may still run. ${toSentence(said)} Try again.`
      : `The start failed, and a task may run all the same. ${toSentence(said)} Look at the bill before you try again.`
    set(id, { status: task ? 'enabled' : 'disabled', task, problem })
  }
}

const toSentence = (text: string) => (text.endsWith('.') ? text : `${text}.`)

/** Of every window that has started one. */
export function stopPlainTasks(config: DemoConfig): void {
  for (const id of Object.keys(plainCaptions.get()) as PersonId[]) {
    if (plainCaptions.get()[id]?.task) void togglePlainly(config, people[id])
  }
}

export function forgetPlainTasks(): void {
  plainCaptions.set({})
}
