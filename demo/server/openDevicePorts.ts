import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { ViteDevServer } from 'vite'
import type { DemoDevice } from '../protocol.ts'

const LOOPBACK = '127.0.0.1'

/**
 * Serves the demo on two more ports, whichever are free. A browser takes every pair of name and port for an origin of its
 * own, so pages there share nothing with each other, nor with the page of the call, but the network.
 */
export async function openDevicePorts(vite: ViteDevServer): Promise<DemoDevice[]> {
  const [first, second] = [await openPort(vite), await openPort(vite)]
  return [
    { id: 'a', name: 'Device A (localhost)', origin: `http://localhost:${first}` },
    { id: 'b', name: 'Device B (127.0.0.1)', origin: `http://${LOOPBACK}:${first}` },
    { id: 'c', name: 'Device C (another port)', origin: `http://localhost:${second}` },
  ]
}

async function openPort({ middlewares, httpServer }: ViteDevServer): Promise<number> {
  const server: Server = createServer(middlewares)
  // Vite's own socket, which the pages there use as well.
  server.on('upgrade', (...upgrade) => httpServer?.emit('upgrade', ...upgrade))
  httpServer?.once('close', () => {
    server.close()
    server.closeAllConnections()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, LOOPBACK, resolve)
  })
  server.unref()
  return (server.address() as AddressInfo).port
}
