import assert from 'node:assert/strict'

const CHANNEL = 'standup'
const BOT_UID = 900000001
const REAL_SERVICE = 'https://api.agora.io'
/** Longer than an outcome is shared, and than the gate keeps two calls apart. */
const QUIET_MS = 1_500

/**
 * Opens a page of an app and uses it as people do. Throws where something is not as it must be.
 *
 * @param page its address, what its HTML must hold as `rendered`, and whether it shows captions
 */
export async function visitApp(page, { browser, agora, service, testing }) {
  agora.reset()
  const html = await (await fetch(page.address)).text()
  for (const pattern of page.rendered) assert.match(html, pattern)

  const context = await browser.newContext()
  try {
    const tab = await context.newPage()
    const said = listen(tab)
    await tab.addInitScript(keepRtcClients)
    // The page is alone with the simulated Agora; the vendor's SDK asks for more, and gets nothing.
    await tab.route(isElsewhere, async (route) => {
      const url = route.request().url().replace(REAL_SERVICE, service.address)
      if (isElsewhere(new URL(url))) await route.fulfill({ status: 204 })
      else await route.fulfill({ response: await route.fetch({ url }) })
    })
    await tab.goto(page.address)
    await meetExpiredToken(tab, agora, page)
    // Chromium itself tells of each refusal.
    assert.deepEqual(said.splice(0).map(hasStatus401), [true, true], 'The console must be empty.')
    await clickTwice(tab, agora)
    if (page.hasCaptions) await seeCaptions(tab, testing)
    await tab.getByRole('button', { name: 'Stop captions' }).click()
    await tab.getByRole('button', { name: 'Start captions', disabled: false }).waitFor()
    assert.equal(agora.liveTasks().length, 0, 'The task must have been stopped.')
    assert.deepEqual(said, [], 'The console must be empty.')
  } finally {
    await context.close()
  }
}

const isElsewhere = ({ hostname, protocol }) =>
  protocol.startsWith('http') && hostname !== '127.0.0.1'

const hasStatus401 = (text) => /status of 401/.test(text) || text

/** Everything that the page writes to the console, and what nobody has caught. */
function listen(tab) {
  const said = []
  tab.on('console', (message) => {
    // The vendor's SDK writes one such line, whatever its log level; browsers do not show it.
    if (message.type() !== 'debug') said.push(`${message.type()}: ${message.text()}`)
  })
  tab.on('pageerror', (error) => said.push(`uncaught: ${error.message}`))
  return said
}

/** The first token and the fresh one are both refused. */
async function meetExpiredToken(tab, agora, { hasCaptions }) {
  agora.failNext({ status: 401, body: { message: 'Token is expired' }, times: 2 })
  await tab.getByRole('button', { name: 'Start captions' }).click()
  const place = tab.getByRole(hasCaptions ? 'alert' : 'button')
  await place.filter({ hasText: /expired/ }).waitFor()
  assert.equal(agora.startedTasks(), 0, 'An expired token must start nothing.')
}

async function clickTwice(tab, agora) {
  await tab.waitForTimeout(QUIET_MS)
  await tab.getByRole('button', { name: /Start captions|expired/ }).evaluate((button) => {
    button.click()
    button.click()
  })
  await tab.getByRole('button', { name: 'Stop captions' }).waitFor()
  await tab.waitForTimeout(QUIET_MS)
  assert.equal(agora.startedTasks(CHANNEL), 1, 'Two clicks must start one task.')
}

/** The vendor's SDK puts itself on the page as `__ARTC__`: keeps the clients that it makes. */
function keepRtcClients() {
  let sdk
  globalThis.rtcClients = []
  Object.defineProperty(globalThis, '__ARTC__', {
    get: () => sdk,
    set(loaded) {
      sdk = loaded
      const { createClient } = loaded
      loaded.createClient = (...options) => {
        const client = createClient.apply(loaded, options)
        globalThis.rtcClients.push(client)
        return client
      }
    },
  })
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
