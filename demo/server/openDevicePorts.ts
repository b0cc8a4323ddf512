import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { DemoDevice } from '../protocol.ts'
import type { DemoHost } from './demoServer.ts'

const LOOPBACK = '127.0.0.1'

/**
 * Serves the demo on two more ports, whichever are free. A browser takes every pair of name and port for an origin of its
 * own, so pages there share nothing with each other, nor with the page of the call, but the network.
 */
export async function openDevicePorts(host: DemoHost): Promise<DemoDevice[]> {
  const [first, second] = [await openPort(host), await openPort(host)]
  return [
    { id: 'ada', origin: null },
    { id: 'lena', origin: `http://${LOOPBACK}:${first}` },
    { id: 'grace', origin: `http://localhost:${second}` },
    { id: 'kenji', origin: `http://${LOOPBACK}:${second}` },
  ]
}

async function openPort({ middlewares, httpServer }: DemoHost): Promise<number> {
  const server: Server = createServer(middlewares)
  // The pages there use the demo's socket as well, and in development Vite's.
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
