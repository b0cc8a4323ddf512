import { createServer } from 'node:http'

const ANY_ORIGIN = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*, authorization',
  'access-control-allow-methods': '*',
}

/**
 * Puts a simulated Agora where pages of other origins can reach it.
 *
 * @returns its address and what ends it
 */
export async function serveAgora(agora) {
  const server = createServer(async (incoming, outgoing) => {
    const { status, headers, body } = await answer(agora, incoming)
    outgoing.writeHead(status, { ...headers, ...ANY_ORIGIN }).end(body)
  })
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}

async function answer(agora, incoming) {
  const { method, url, headers } = incoming
  if (method === 'OPTIONS') return { status: 204, headers: {}, body: '' }
  const chunks = []
  for await (const chunk of incoming) chunks.push(chunk)
  const response = await agora.fetch(`http://${headers.host}${url}`, {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
  })
  const body = await response.text()
  return { status: response.status, headers: Object.fromEntries(response.headers), body }
}
