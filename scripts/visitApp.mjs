import assert from 'node:assert/strict'

const REAL_SERVICE = 'https://api.agora.io'

/**
 * Opens a page of an app, lets `page.walk` use it, and throws where something is not as it must be: what the server
 * renders, what the walk finds, a line in the console, an error that nobody has caught.
 */
export async function visitApp(page, world) {
  const { browser, agora, service } = world
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
    const refusals = await page.walk(tab, world)
    // Chromium itself tells of each answer that is no success.
    const expected = Array.from({ length: refusals }, () => 'a status of 401')
    assert.deepEqual(said.map(toFact), expected, 'The console must be empty.')
  } finally {
    await context.close()
  }
}

const isElsewhere = ({ hostname, protocol }) =>
  protocol.startsWith('http') && hostname !== '127.0.0.1'

const toFact = (text) => (text.includes('status of 401') ? 'a status of 401' : text)

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
