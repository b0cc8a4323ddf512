import type { LiveTask, ServiceState } from '../protocol.ts'

export function TaskMeters({ state }: { state: ServiceState }) {
  const { startedTasks, liveTasks, billedMs } = state
  const crowd = largestCrowd(liveTasks)
  return (
    <>
      <dl className="meters">
        <Meter term="Tasks ever started" value={String(startedTasks)} />
        <Meter term="Tasks alive" value={String(liveTasks.length)} isBad={crowd > 1} />
        <Meter term="Minutes billed" value={toMinutes(billedMs)} isBad={crowd > 1} />
      </dl>
      <p className="verdict" data-bad={crowd > 1} aria-live="polite">
        {toVerdict(liveTasks.length, crowd)}
      </p>
    </>
  )
}

function Meter({ term, value, isBad = false }: { term: string; value: string; isBad?: boolean }) {
  return (
    <div data-bad={isBad}>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}

/** Minutes and seconds. */
function toMinutes(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** How many tasks run in the fullest channel. */
function largestCrowd(tasks: readonly LiveTask[]): number {
  const channels = tasks.map(({ channel }) => channel)
  return Math.max(0, ...channels.map((one) => channels.filter((other) => other === one).length))
}

function toVerdict(alive: number, crowd: number): string {
  if (alive === 0) return 'No task runs, so nothing is being billed.'
  if (crowd === 2) return 'Two tasks run in one channel: every minute is billed twice.'
  if (crowd > 2) return `${crowd} tasks run in one channel: every minute is billed ${crowd} times.`
  return alive === 1
    ? 'One task runs: every minute is billed once.'
    : `${alive} tasks run, each in a channel of its own.`
}
