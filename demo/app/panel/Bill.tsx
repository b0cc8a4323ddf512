import { useId } from 'react'
import type { Bill as ChannelBill, ServiceState } from '../../protocol.ts'
import { toPlainChannel } from '../plain/plainChannels.ts'
import { billOf } from './billOf.ts'

/** Only an example: Agora’s own price depends on the contract. */
const DOLLARS_AN_HOUR = 1
const SECONDS_AN_HOUR = 3_600

interface BillProps {
  state: ServiceState
  channel: string
  isCompared: boolean
}

/** How many tasks there are, and what they cost. */
export function Bill({ state, channel, isCompared }: BillProps) {
  const bill = billOf(state, channel)
  const plain = billOf(state, toPlainChannel(channel))
  return (
    <section className="card bill" aria-labelledby="bill-heading">
      <h2 id="bill-heading">The bill</h2>
      <Tasks title="With the package" bill={bill} />
      {isCompared && <Tasks title="Without the package" bill={plain} />}
      <p className="hint">
        Counted at an example price of {toDollars(DOLLARS_AN_HOUR, 2)} for a task and hour.
      </p>
    </section>
  )
}

function Tasks({ title, bill }: { title: string; bill: ChannelBill }) {
  const { liveTasks, startedTasks, billedSeconds } = bill
  const isBad = liveTasks > 1
  const headingId = useId()
  return (
    <section aria-labelledby={headingId} className="tasks" data-bad={isBad}>
      <h3 id={headingId}>{title}</h3>
      <dl>
        <Meter term="Tasks alive" value={String(liveTasks)} />
        <Meter term="Ever started" value={String(startedTasks)} />
        <Meter
          term="Cost so far"
          value={toDollars((billedSeconds / SECONDS_AN_HOUR) * DOLLARS_AN_HOUR, 4)}
        />
      </dl>
      <p aria-live="polite">{toVerdict(liveTasks)}</p>
    </section>
  )
}

function Meter({ term, value }: { term: string; value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{value}</dd>
    </div>
  )
}

const toDollars = (dollars: number, digits: number) => `$${dollars.toFixed(digits)}`

function toVerdict(liveTasks: number): string {
  if (liveTasks === 0) return 'No task runs, so nothing is being billed.'
  if (liveTasks === 1) return 'One task runs: every minute is billed once.'
  const often = liveTasks === 2 ? 'twice' : `${liveTasks} times`
  return `${liveTasks} tasks run in one channel: every minute is billed ${often}.`
}
