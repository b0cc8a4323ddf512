import type { Strategy } from './device.js'
import { startTask, stopTask } from './restCalls.js'

/** A click handler that sends the request, with a name that nobody else has. */
export const plainFetch: Strategy = {
  title: 'plain fetch, unique names',
  isOurs: false,
  reach: 'page',
  open: () => (page) => {
    let taskId: string | null = null
    let starts = 0
    return {
      async enable() {
        if (taskId) return
        starts += 1
        taskId = await startTask(page, `${page.name}-${starts}`)
      },
      async disable() {
        if (!taskId) return
        await stopTask(page, taskId)
        taskId = null
      },
      shown: () => ({ status: taskId ? 'enabled' : 'disabled', taskId }),
    }
  },
}
