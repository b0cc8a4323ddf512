import type { Bill as ChannelBill, ServiceState } from '../../protocol.ts'
import { toPlainChannel } from '../plain/plainChannels.ts'

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
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">Tasks alive</th>
            <th scope="col">Ever started</th>
            <th scope="col">Cost so far</th>
          </tr>
        </thead>
        <tbody>
          <Row title="With the package" bill={bill} />
          {isCompared && <Row title="Without" bill={plain} />}
        </tbody>
      </table>
      <p className="verdict" data-bad={bill.liveTasks > 1} aria-live="polite">
        {toVerdict(bill.liveTasks)}
      </p>
      {isCompared && (
        <p className="verdict" data-bad={plain.liveTasks > 1} aria-live="polite">
          <strong>Without the package.</strong> {toVerdict(plain.liveTasks)}
        </p>
      )}
      <p className="hint">
        Counted at an example price of {toDollars(DOLLARS_AN_HOUR, 2)} for a task and hour.
      </p>
    </section>
  )
}

function Row({ title, bill }: { title: string; bill: ChannelBill }) {
  const { liveTasks, startedTasks, billedSeconds } = bill
  return (
    <tr data-bad={liveTasks > 1}>
      <th scope="row">{title}</th>
      <td>{liveTasks}</td>
      <td>{startedTasks}</td>
      <td>{toDollars((billedSeconds / SECONDS_AN_HOUR) * DOLLARS_AN_HOUR, 4)}</td>
    </tr>
  )
}

function billOf({ bills }: ServiceState, channel: string): ChannelBill {
  const nothing = { channel, startedTasks: 0, liveTasks: 0, billedSeconds: 0 }
  return bills.find((bill) => bill.channel === channel) ?? nothing
}

const toDollars = (dollars: number, digits: number) => `$${dollars.toFixed(digits)}`

function toVerdict(liveTasks: number): string {
  if (liveTasks === 0) return 'No task runs, so nothing is being billed.'
  if (liveTasks === 1) return 'One task runs: every minute is billed once.'
  const often = liveTasks === 2 ? 'twice' : `${liveTasks} times`
  return `${liveTasks} tasks run in one channel: every minute is billed ${often}.`
}
