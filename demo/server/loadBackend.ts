import { loadEnv, type ViteDevServer } from 'vite'
import { type AppSwitches, type DemoConfig, events } from '../protocol.ts'
import { type CaptionBots, createCaptionBots } from './createCaptionBots.ts'
import { createSimulatedService, type SimulatedService } from './createSimulatedService.ts'
import { createStory, type Story } from './createStory.ts'
import type { DemoApp } from './mintDemoToken.ts'
import { openDevicePorts } from './openDevicePorts.ts'
import { type SignalingGateway, signalingGateway } from './signalingGateway.ts'

/** Where the page finds the simulated service. */
export const SERVICE_PREFIX = '/agora'
const REAL_BASE_URL = 'https://api.agora.io'

const SWITCHES_AT_START: AppSwitches = { api: 'v6', hasSignaling: true }

/** What the demo's server keeps. */
export interface DemoBackend {
  readonly app: DemoApp
  readonly config: DemoConfig
  /** null: the page uses the real one. */
  readonly service: SimulatedService | null
  /** null: the real service is in use. */
  readonly signaling: SignalingGateway | null
  /** null: the real service is in use. */
  readonly captionBots: CaptionBots | null
  readonly story: Story
  /** false: not while a task runs. */
  setAppSwitches(change: Partial<AppSwitches>): boolean
  reset(): void
}

export async function loadBackend(server: ViteDevServer): Promise<DemoBackend> {
  const realApp = readRealApp(server)
  const simulated = realApp ? null : await simulate(server)
  const service = simulated?.service ?? null
  const signaling = simulated?.signaling ?? null
  const captionBots = simulated?.captionBots ?? null
  const devices = simulated ? await openDevicePorts(server) : []
  const story = createStory()
  let switches = SWITCHES_AT_START
  const getApp = () => realApp ?? (service as SimulatedService).agora
  return {
    service,
    signaling,
    captionBots,
    story,
    get app() {
      return getApp()
    },
    get config() {
      return {
        ...switches,
        appId: getApp().appId,
        isReal: realApp !== null,
        baseUrl: realApp ? REAL_BASE_URL : SERVICE_PREFIX,
        port: portOf(server),
        devices,
      }
    },
    setAppSwitches(change) {
      if (service && service.getState().liveTasks.length > 0) return false
      switches = { ...switches, ...change }
      return true
    },
    reset() {
      service?.reset()
      signaling?.reset()
      captionBots?.reset()
      story.clear()
      switches = SWITCHES_AT_START
    },
  }
}

function portOf({ httpServer }: ViteDevServer): number {
  const address = httpServer?.address()
  return typeof address === 'object' && address ? address.port : 0
}

function readRealApp(server: ViteDevServer): DemoApp | null {
  const { mode, root, logger } = server.config
  // A test never bills anybody, whatever demo/.env says.
  const env = mode === 'test' ? {} : loadEnv(mode, root, 'AGORA_')
  const { AGORA_APP_ID: appId, AGORA_APP_CERTIFICATE: appCertificate } = env
  if (appId && appCertificate) return { appId, appCertificate }
  if (appId || appCertificate) {
    logger.warn(
      'demo/.env needs both AGORA_APP_ID and AGORA_APP_CERTIFICATE. The simulated service is used.',
    )
  }
  return null
}

interface Simulated {
  service: SimulatedService
  signaling: SignalingGateway
  captionBots: CaptionBots
}

async function simulate(server: ViteDevServer): Promise<Simulated> {
  // By its public name, through Vite: the demo runs without a build.
  const { createFakeAgora, createFakeSignaling, playConversation } = (await server.ssrLoadModule(
    'react-realtime-stt/testing',
  )) as typeof import('react-realtime-stt/testing')
  return {
    service: createSimulatedService(() => createFakeAgora()),
    signaling: signalingGateway(createFakeSignaling()),
    captionBots: createCaptionBots({
      play: playConversation,
      send: (news) => server.ws.send(events.rtcNews, news),
      now: Date.now,
    }),
  }
}
