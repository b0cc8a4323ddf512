export const reconnectingProblem =
  'The connection to the call is lost, and is being made again. If this takes long, check the network.'

const RELOAD = 'Reload this page to join again.'

const REASONS: Readonly<Record<string, string>> = {
  NETWORK_ERROR: `The connection to the call is lost, and could not be made again. Check the network. ${RELOAD}`,
  SERVER_ERROR: `Agora’s server ended the connection to the call. ${RELOAD}`,
  UID_CONFLICT: `Another page joined the call with the number of this one. ${RELOAD}`,
  TOKEN_EXPIRE: 'The token of this page has expired. Wait a moment: a fresh one is being fetched.',
}

const BANS: Readonly<Record<string, string>> = {
  UID_BANNED: 'This page was removed from the call.',
  IP_BANNED: 'This network was banned from the call.',
  CHANNEL_BANNED: 'The call was closed for everybody.',
}

/** Why somebody put this page out of the call; null: nobody did. */
export function banProblem(reason: string | undefined): string | null {
  const ban = reason && BANS[reason]
  return ban ? `${ban} Ask whoever runs the Agora project.` : null
}

/** Why this page is no longer in the call, and what to do. */
export function connectionProblem(reason: string | undefined): string {
  if (reason?.startsWith('LICENSE_')) {
    return `Agora ended the call for a reason of its licence (${reason}). Look at the project in the Agora Console.`
  }
  return (
    banProblem(reason) ??
    REASONS[reason ?? ''] ??
    `The connection to the call has ended${reason ? ` (${reason})` : ''}. ${RELOAD}`
  )
}
