import assert from 'node:assert/strict'

/** The app's token endpoint mints for user 42 and for the bots of both APIs, and refuses everything else. */
export async function checkTokenEndpoint(address) {
  const ask = (purpose, body) =>
    fetch(`${address}/api/agora-token/${purpose}`, { method: 'POST', ...(body && { body }) })
  const cases = [
    ['rest', '42', 200],
    ['bot', '900000001', 200],
    ['bot', '900000002', 200],
    ['rest', '0', 403],
    ['rest', '900000001', 403],
    ['bot', '42', 403],
  ]
  for (const [purpose, uid, expected] of cases) {
    const response = await ask(purpose, new URLSearchParams({ channel: 'standup', uid }))
    assert.equal(response.status, expected, `${purpose} token for ${uid}`)
    if (expected === 200) assert.match(await response.text(), /^007/)
  }
  assert.equal((await ask('rest')).status, 403, 'a request without a body')
  const elsewhere = await ask('rest', new URLSearchParams({ channel: 'retro', uid: '42' }))
  assert.equal(elsewhere.status, 403, 'another channel')
}
