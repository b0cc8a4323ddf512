/**
 * Is the package usable by somebody who installs it? Packs it, installs the tarball into the apps of test/apps outside
 * the repository, builds and starts them in production mode, and uses them in Chromium beside a simulated Agora.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { checkTokenEndpoint } from './checkTokenEndpoint.mjs'
import { loadModule } from './loadModule.mjs'
import { serveAgora } from './serveAgora.mjs'
import { startApp } from './startApp.mjs'
import { visitApp } from './visitApp.mjs'
import { walkButton, walkCaptions } from './walkCaptions.mjs'
import { walkSimulated } from './walkSimulated.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
/** As in the programs of the README, which three of the pages are. */
const APP_ID = '0123456789abcdef0123456789abcdef'

const vitePages = [
  { path: '/program.html', walk: walkButton, rendered: [] },
  { path: '/agora-rtc-sdk-ng.html', walk: walkCaptions, rendered: [] },
  { path: '/agora-rtc-react.html', walk: walkCaptions, rendered: [] },
  { path: '/simulated.html', walk: walkSimulated, rendered: [] },
]
const rendered = [/<button[^>]*>Start captions</, /Ada: See you tomorrow\./]
const nextPages = [{ path: '/', walk: walkCaptions, rendered }]
const apps = [
  { name: 'Vite', folder: 'vite', build: 'build', pages: vitePages },
  { name: 'Next.js with Turbopack', folder: 'next', build: 'build', pages: nextPages },
  { name: 'Next.js with webpack', folder: 'next', build: 'build:webpack', pages: nextPages },
]

// Before Vite makes it the one of development.
const inherited = { ...process.env }
const say = (text) => process.stdout.write(`── ${text}\n`)
const npm = (cwd, args, env = inherited) =>
  execFileSync('npm', args, { cwd, env, stdio: 'inherit' })

const work = mkdtempSync(join(tmpdir(), 'realtime-stt-apps-'))
const failed = []
const endings = [() => rmSync(work, { recursive: true, force: true })]
try {
  say('pack')
  const packed = join(work, 'packed')
  mkdirSync(packed)
  npm(root, ['pack', '--silent', '--pack-destination', packed])
  const tarball = join(packed, readdirSync(packed)[0])
  for (const folder of ['vite', 'next']) {
    say(`install ${folder}`)
    cpSync(join(root, 'test/apps', folder), join(work, folder), { recursive: true })
    npm(join(work, folder), ['install', '--no-audit', '--no-fund', tarball])
  }

  const installed = join(work, 'vite/node_modules/react-realtime-stt/dist/testing.js')
  const testing = await import(pathToFileURL(installed).href)
  const agora = testing.createFakeAgora({ appId: APP_ID })
  const service = await serveAgora(agora)
  endings.push(() => service.close())
  const { launchChromium } = await loadModule('test/browser/chromium.ts')
  const browser = await launchChromium()
  endings.push(() => browser.close())
  const world = { browser, agora, service, testing }

  const env = {
    ...inherited,
    AGORA_APP_ID: agora.appId,
    AGORA_APP_CERTIFICATE: agora.appCertificate,
    NEXT_PUBLIC_AGORA_APP_ID: agora.appId,
    NEXT_PUBLIC_AGORA_BASE_URL: service.address,
    NEXT_TELEMETRY_DISABLED: '1',
  }
  for (const { name, folder, build, pages } of apps) {
    const cwd = join(work, folder)
    say(`${name}: build`)
    npm(cwd, ['run', build], env)
    const app = await startApp(cwd, env)
    endings.push(app.stop)
    const visits = pages.map((page) => [
      page.path,
      () => visitApp({ ...page, address: `${app.address}${page.path}` }, world),
    ])
    const checks = [['token endpoint', () => checkTokenEndpoint(app.address)], ...visits]
    for (const [title, check] of checks) {
      const begunAt = Date.now()
      try {
        await check()
        say(`${name}: ${title} works (${Date.now() - begunAt} ms)`)
      } catch (error) {
        failed.push(`${name}: ${title}`)
        say(`${name}: ${title} FAILED\n${error.stack}`)
      }
    }
    await app.stop()
  }
} finally {
  for (const end of endings.reverse()) await end()
}
if (failed.length > 0) say(`Failed: ${failed.join(', ')}`)
process.exit(failed.length === 0 ? 0 : 1)
