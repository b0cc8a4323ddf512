import { isNetworkCode } from './isNetworkCode.ts'
import { isTokenExpired } from './isTokenExpired.ts'
import { readRtcError } from './rtcError.ts'

const RELOAD = 'Reload this page to try again.'

/** The service's words for a refusal, of both of its servers: the first asks for an address, the second for the channel. */
const REFUSALS: readonly [RegExp, string][] = [
  [
    /invalid vendor key|err_invalid_vendor_key|invalid appid/,
    'Agora does not know this app id. Check AGORA_APP_ID in demo/.env, and start the demo again.',
  ],
  [
    /static use dynamic key|err_static_use_dyanmic_ke/,
    'The project has no certificate, so it takes no token. Enable the primary certificate in the Agora Console, and put it into demo/.env.',
  ],
  [
    /no authorized|authorized failed|err_no_authorized|dynamic use static key|err_dynamic_use_static_ke|k_certificate_invalid|k_channel_permission_invalid/,
    'Agora does not accept the token of this page. Check AGORA_APP_CERTIFICATE in demo/.env, and let the token endpoint hand out good tokens; then reload this page.',
  ],
  [
    /no active status|err_no_active_status/,
    'The Agora project is not active. Look at its state in the Agora Console.',
  ],
  [
    /invalid channel name|err_invalid_channel_name|k_channel_name_empty/,
    'Agora does not accept the name of the channel. Choose another: up to 64 letters, digits and simple signs.',
  ],
  [
    /over load|err_too_many_users/,
    'The channel is full. Wait until somebody leaves, and reload this page.',
  ],
  [
    /forbidden in this area|allocate services in this area/,
    'Agora does not serve this project from here. Check the areas of the project in the Agora Console.',
  ],
  [
    /services? available|edge services|internal error|err_internal_error|k_service|err_no_vo|err_vom|err_master_vocs|no_channel_available|void gateway/,
    'Agora has no server for the call at the moment. Wait a minute, and reload this page.',
  ],
  [
    /banned/,
    'This page was removed from the call, and may not come back yet. Ask whoever runs the Agora project.',
  ],
  [
    /err_repeat_join/,
    'Another page is in the call with the number of this one. Reload this page: it takes another number.',
  ],
]

const CODES: Readonly<Record<string, string>> = {
  INVALID_PARAMS:
    'The app id, the channel or the token is not of a form that Agora takes. Check demo/.env and the name of the channel; then reload this page.',
  UID_CONFLICT:
    'Another page is in the call with the number of this one. Reload this page: it takes another number.',
  INVALID_OPERATION: `The call was still being left, or joined already. ${RELOAD}`,
  OPERATION_ABORTED: `Joining the call was broken off. ${RELOAD}`,
  WS_ABORT: `Joining the call was broken off. ${RELOAD}`,
  NOT_SUPPORTED: 'This browser cannot take part in calls. Open this page in a recent one.',
}

/** Why this page is not in the call, and what to do. */
export function joinProblem(error: unknown, isOnline: boolean): string {
  const { code, reason, text } = readRtcError(error)
  if (isTokenExpired(error)) {
    return 'The token of this page has expired, and so has a fresh one. Let the token endpoint hand out good tokens, check the clock of the demo’s server, and reload this page.'
  }
  const refusal = REFUSALS.find(([words]) => words.test(reason))
  if (refusal) return refusal[1]
  if (isNetworkCode(code)) return unreachable(isOnline, RELOAD)
  return CODES[code] ?? `This page could not join the call: ${text}. ${RELOAD}`
}

/** The SDK goes on trying, for as long as it takes. */
export const slowJoinProblem = (isOnline: boolean) =>
  unreachable(isOnline, 'This page goes on trying.')

function unreachable(isOnline: boolean, next: string): string {
  return isOnline
    ? `No server of Agora answers yet, so this page is not in the call and gets no captions. Check the network, and that no firewall or blocker stops agora.io. ${next}`
    : `This device is offline, so this page is not in the call and gets no captions. Connect it to the network. ${next}`
}
