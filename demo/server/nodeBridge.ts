import type { IncomingMessage, ServerResponse } from 'node:http'

/** Reads the whole body. */
export async function toWebRequest(request: IncomingMessage): Promise<Request> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value))
  }
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const method = request.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD' && chunks.length > 0
  return new Request(new URL(request.url ?? '/', `http://${request.headers.host}`), {
    method,
    headers,
    ...(hasBody && { body: Buffer.concat(chunks) }),
  })
}

export async function sendWebResponse(answer: Response, response: ServerResponse): Promise<void> {
  if (answer.type === 'error') {
    loseAnswer(response)
    return
  }
  const body = Buffer.from(await answer.arrayBuffer())
  response.writeHead(answer.status, Object.fromEntries(answer.headers))
  response.end(body)
}

const TIME_TO_SEND_HEADERS_MS = 20

/**
 * Breaks off after the headers: a browser sends even a POST again by itself if a kept-alive connection closes before
 * any of the answer has come.
 */
function loseAnswer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1024' })
  response.write(' ')
  setTimeout(() => response.destroy(), TIME_TO_SEND_HEADERS_MS)
}
