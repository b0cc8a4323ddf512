import type { Call } from './callStore.ts'
import { createStore } from './createStore.ts'
import type { Viewer, ViewerId } from './people.ts'
import { type PlainTask, startPlainly, stopPlainly } from './plainCalls.ts'

/** What one window knows of the captions it enabled by itself. */
export interface PlainCaptions {
  status: 'disabled' | 'enabling' | 'enabled' | 'disabling'
  task: PlainTask | null
  problem: string | null
}

const OFF: PlainCaptions = { status: 'disabled', task: null, problem: null }

export const plainCaptions = createStore<Record<ViewerId, PlainCaptions>>({ ada: OFF, grace: OFF })

function set(id: ViewerId, captions: PlainCaptions): void {
  plainCaptions.set({ ...plainCaptions.get(), [id]: captions })
}

/** The click handler of an app without this package: no window knows of the other. */
export async function togglePlainly(call: Call, { id, uid }: Viewer): Promise<void> {
  const { status, task } = plainCaptions.get()[id]
  const request = { config: call.config, settings: call.settings, uid }
  if (status === 'enabling' || status === 'disabling') return
  try {
    if (task) {
      set(id, { status: 'disabling', task, problem: null })
      await stopPlainly(request, task)
      set(id, OFF)
    } else {
      set(id, { status: 'enabling', task: null, problem: null })
      set(id, { status: 'enabled', task: await startPlainly(request), problem: null })
    }
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    const problem = task
      ? `The stop failed, and the task may still run. ${toSentence(said)} Try again.`
      : `The start failed, and a task may run all the same. ${toSentence(said)} Look at “Tasks alive” before you try again.`
    set(id, { status: task ? 'enabled' : 'disabled', task, problem })
  }
}

const toSentence = (text: string) => (text.endsWith('.') ? text : `${text}.`)

export function forgetPlainTasks(): void {
  plainCaptions.set({ ada: OFF, grace: OFF })
}
