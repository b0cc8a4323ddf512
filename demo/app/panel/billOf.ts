import type { Bill, ServiceState } from '../../protocol.ts'

/** What the tasks of a channel have come to; nothing where it never had one. */
export function billOf({ bills }: Pick<ServiceState, 'bills'>, channel: string): Bill {
  const nothing = { channel, startedTasks: 0, liveTasks: 0, billedSeconds: 0 }
  return bills.find((bill) => bill.channel === channel) ?? nothing
}
