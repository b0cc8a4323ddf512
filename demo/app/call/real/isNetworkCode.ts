const NETWORK_CODES: ReadonlySet<string> = new Set([
  'TIMEOUT',
  'API_INVOKE_TIMEOUT',
  'NETWORK_ERROR',
  'NETWORK_TIMEOUT',
  'NETWORK_RESPONSE_ERROR',
  'CAN_NOT_GET_GATEWAY_SERVER',
  'CAN_NOT_GET_PROXY_SERVER',
  'VOID_GATEWAY_ADDRESS',
  'MULTI_UNILBS_RESPONSE_ERROR',
  'WS_DISCONNECT',
  'WS_ERR',
  'GATEWAY_P2P_LOST',
  'ICE_FAILED',
  'NO_ICE_CANDIDATE',
  'PC_CLOSED',
  'EXCHANGE_SDP_FAILED',
])

/** Codes of the SDK that mean: it did not get through. */
export const isNetworkCode = (code: string) => NETWORK_CODES.has(code)
