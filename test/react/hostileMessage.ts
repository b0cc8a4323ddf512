/** What the callbacks of a hostile app throw; the test runner lets TanStack Query report these, and nothing else. */
export const HOSTILE_MESSAGE = 'thrown by a callback of the app'
