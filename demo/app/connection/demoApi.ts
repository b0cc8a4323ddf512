import type { TokenRequest } from 'react-realtime-stt'
import type {
  CallSwitches,
  DemoConfig,
  ServiceState,
  ServiceSwitches,
  TokenOrder,
} from '../../protocol.ts'

/** The demo's own server. */
export const demoApi = {
  getConfig: () => send<DemoConfig>('GET', 'config'),
  getState: () => send<ServiceState>('GET', 'state'),
  setCallSwitches: (change: Partial<CallSwitches>) => send<DemoConfig>('POST', 'call', change),
  setSwitches: (change: Partial<ServiceSwitches>) => send<ServiceState>('POST', 'switch', change),
  reset: () => send<ServiceState>('POST', 'reset'),
}

/** The token provider that an app would write. */
export async function fetchToken({
  channel,
  uid,
  purpose,
  reason,
  signal,
}: Omit<TokenRequest, 'appId'>): Promise<string> {
  const order: TokenOrder = { channel, uid, purpose, reason }
  const { token } = await send<{ token: string }>('POST', 'token', order, signal)
  return token
}

async function send<Answer>(
  method: string,
  name: string,
  body?: unknown,
  signal?: AbortSignal,
): Promise<Answer> {
  const response = await fetch(`/demo/${name}`, {
    method,
    ...(body !== undefined && {
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
    ...(signal && { signal }),
  })
  if (!response.ok) throw new Error(`The demo server answered ${response.status} to ${name}.`)
  return (await response.json()) as Answer
}
