import { spawn } from 'node:child_process'
import { createServer } from 'node:net'

const LIMIT_MS = 60_000
const STEP_MS = 200

/** Runs `npm start` in the folder, and waits until it answers. */
export async function startApp(cwd, env) {
  const port = await findPort()
  const address = `http://127.0.0.1:${port}`
  // A group of its own, so that what npm starts ends with it.
  const app = spawn('npm', ['start'], {
    cwd,
    env: { ...env, PORT: `${port}` },
    stdio: 'inherit',
    detached: true,
  })
  let isRunning = true
  const ended = new Promise((resolve) => {
    app.once('exit', () => {
      isRunning = false
      resolve()
    })
  })
  const stop = () => {
    if (isRunning) process.kill(-app.pid)
    return ended
  }
  const begunAt = Date.now()
  while (!(await answers(address))) {
    if (!isRunning) throw new Error(`${cwd} has ended by itself.`)
    if (Date.now() - begunAt > LIMIT_MS) {
      await stop()
      throw new Error(`${cwd} does not answer.`)
    }
    await new Promise((resolve) => setTimeout(resolve, STEP_MS))
  }
  return { address, stop }
}

const answers = (address) =>
  fetch(address).then(
    () => true,
    () => false,
  )

function findPort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })
}
