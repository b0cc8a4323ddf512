/** The app whose client runs in the tabs. */
export const APP_ID = '0123456789abcdef0123456789abcdef'

/** Says in a request which tab sent it, and when (epoch ms): a tab that crashes can tell nobody. */
export const SENDER_HEADERS = { tab: 'x-tab', sentAt: 'x-sent-at' }
