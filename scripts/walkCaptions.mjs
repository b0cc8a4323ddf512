import assert from 'node:assert/strict'

const CHANNEL = 'standup'
const BOT_UID = 900000001
/** Longer than an outcome is shared, and than the gate keeps two calls apart. */
const QUIET_MS = 1_500

/** Meets an expired token, starts with two clicks and stops, with the button alone. Returns how many calls were refused. */
export async function walkButton(tab, { agora }) {
  await meetExpiredToken(tab, agora, tab.getByRole('button', { name: 'Try again' }))
  await clickTwice(tab, agora)
  await stop(tab, agora)
  return 2
}

/** The same where errors have a place of their own, and captions are shown. */
export async function walkCaptions(tab, { agora, testing }) {
  const told = tab.getByRole('alert').filter({ hasText: /expired/ })
  await meetExpiredToken(tab, agora, told)
  await clickTwice(tab, agora)
  await seeCaptions(tab, testing)
  await stop(tab, agora)
  return 2
}

/** The first token and the fresh one are both refused. */
async function meetExpiredToken(tab, agora, told) {
  agora.failNext({ status: 401, body: { message: 'Token is expired' }, times: 2 })
  await tab.getByRole('button', { name: 'Start captions' }).click()
  await told.waitFor()
  assert.equal(agora.startedTasks(), 0, 'An expired token must start nothing.')
  await tab.waitForTimeout(QUIET_MS)
}

async function clickTwice(tab, agora) {
  await tab.getByRole('button', { name: /Start captions|Try again/ }).evaluate((button) => {
    button.click()
    button.click()
  })
  await tab.getByRole('button', { name: 'Stop captions' }).waitFor()
  await tab.waitForTimeout(QUIET_MS)
  assert.equal(agora.startedTasks(CHANNEL), 1, 'Two clicks must start one task.')
}

/** The bot speaks to the page's own RTC client. */
async function seeCaptions(tab, testing) {
  const text = 'Good morning.'
  const at = Date.now()
  const words = [{ text, isFinal: true }]
  const bytes = testing.encodeCaption({ uid: '7', sentenceId: `${at}`, textTs: at, words })
  await tab.evaluate(
    ({ uid, bytes }) => {
      const payload = new Uint8Array(bytes)
      for (const client of globalThis.rtcClients) client.emit('stream-message', uid, payload)
    },
    { uid: BOT_UID, bytes: [...bytes] },
  )
  for (const name of ['Captions', 'Transcript']) {
    await tab.getByRole('region', { name }).getByText(text).waitFor()
  }
}

async function stop(tab, agora) {
  await tab.getByRole('button', { name: 'Stop captions' }).click()
  await tab.getByRole('button', { name: 'Start captions', disabled: false }).waitFor()
  assert.equal(agora.liveTasks().length, 0, 'The task must have been stopped.')
}
