import type { Bill, CallSwitches, ServiceState, ServiceSwitches } from '../../demo/protocol.ts'

/** The demo's own endpoints, as the page uses them. */
export class DemoBackend {
  readonly #address: string

  constructor(address: string) {
    this.#address = address
  }

  getState(): Promise<ServiceState> {
    return this.#send('GET', 'state')
  }

  setSwitches(change: Partial<ServiceSwitches>): Promise<ServiceState> {
    return this.#send('POST', 'switch', change)
  }

  setCall(change: Partial<CallSwitches>): Promise<unknown> {
    return this.#send('POST', 'call', change)
  }

  async getBill(channel = 'standup'): Promise<Bill> {
    const { bills } = await this.getState()
    const nothing = { channel, startedTasks: 0, liveTasks: 0, billedSeconds: 0 }
    return bills.find((bill) => bill.channel === channel) ?? nothing
  }

  reset(): Promise<ServiceState> {
    return this.#send('POST', 'reset')
  }

  async countRequests(operation: string): Promise<number> {
    const { requests } = await this.getState()
    return requests.filter((request) => request.operation === operation).length
  }

  async #send(method: string, name: string, body?: unknown): Promise<ServiceState> {
    const response = await fetch(`${this.#address}demo/${name}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    return (await response.json()) as ServiceState
  }
}
