import type { FakeFault } from 'react-realtime-stt/testing'
import type { Page } from './createPage.js'

/** A fault that waits for the next request of its operation. */
export interface WaitingFault {
  operation: string
  fault: FakeFault
}

const OPERATIONS: [RegExp, string][] = [
  [/^POST .*\/builderTokens/, 'acquire'],
  [/^POST .*\/(join|tasks)/, 'start'],
  [/^(DELETE|POST .*\/leave)/, 'stop'],
  [/^GET .*\/agents\?/, 'list'],
  [/^GET /, 'query'],
]

/** Only what is sent while faults are about meets one: what is left of them is taken back at the end. */
export function faultyFetch(getPage: () => Page, faults: WaitingFault[]): typeof globalThis.fetch {
  return (input, init) => {
    const line = `${init?.method} ${String(input)}`
    const operation = OPERATIONS.find(([pattern]) => pattern.test(line))?.[1]
    const index = faults.findIndex((given) => given.operation === operation)
    const [given] = index < 0 ? [] : faults.splice(index, 1)
    const page = getPage()
    if (given) page.agora.failNext(given.fault)
    return page.fetch(input, init)
  }
}
