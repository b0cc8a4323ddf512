import { loadEnv } from 'vite'
import {
  type CallSwitches,
  type DemoConfig,
  type DemoDevice,
  events,
  type ServiceSwitches,
} from '../protocol.ts'
import { type CaptionBots, createCaptionBots } from './createCaptionBots.ts'
import { createSimulatedService, type SimulatedService } from './createSimulatedService.ts'
import { createStory, type Story } from './createStory.ts'
import { createTalk, type Talk } from './createTalk.ts'
import type { DemoHost } from './demoServer.ts'
import type { DemoApp } from './mintDemoToken.ts'
import { openDevicePorts } from './openDevicePorts.ts'
import type { PageSockets } from './pageSockets.ts'
import { type SignalingGateway, signalingGateway } from './signalingGateway.ts'

/** Where the page finds the simulated service. */
export const SERVICE_PREFIX = '/agora'
const REAL_BASE_URL = 'https://api.agora.io'

const SWITCHES_AT_START: CallSwitches = {
  api: 'v7',
  hasSignaling: true,
  tokens: 'good',
  isAcquireOnly: false,
  channel: 'standup',
}

/** What stands in for everything that the demo has no account for. */
interface Simulation {
  service: SimulatedService
  signaling: SignalingGateway
  captionBots: CaptionBots
  talk: Talk
}

/** What the demo's server keeps. What is null is real. */
export interface DemoBackend {
  readonly app: DemoApp
  readonly config: DemoConfig
  readonly service: SimulatedService | null
  readonly signaling: SignalingGateway | null
  readonly captionBots: CaptionBots | null
  readonly talk: Talk | null
  readonly story: Story
  /** false: not while a task runs. */
  setCallSwitches(change: Partial<CallSwitches>): boolean
  setServiceSwitches(change: Partial<ServiceSwitches>): void
  reset(): void
}

export async function loadBackend(host: DemoHost, sockets: PageSockets): Promise<DemoBackend> {
  const realApp = readRealApp(host)
  const simulated = realApp ? null : await simulate(host, sockets)
  const { service = null, signaling = null, captionBots = null, talk = null } = simulated ?? {}
  const devices: DemoDevice[] = simulated
    ? await openDevicePorts(host)
    : [{ id: 'ada', origin: null }]
  const story = createStory()
  let switches = withoutSignaling(SWITCHES_AT_START)

  /** The real one asks for a login that the demo does not have. */
  function withoutSignaling(wanted: CallSwitches): CallSwitches {
    return simulated ? wanted : { ...wanted, hasSignaling: false }
  }

  const getApp = () => realApp ?? (service as SimulatedService).agora
  return {
    service,
    signaling,
    captionBots,
    talk,
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
        port: portOf(host),
        devices,
      }
    },
    setCallSwitches(change) {
      if (service && service.agora.liveTasks().length > 0) return false
      switches = withoutSignaling({ ...switches, ...change })
      return true
    },
    setServiceSwitches(change) {
      if (!service) return
      const wasCrowded = service.switches.isCrowded
      service.setSwitches(change)
      const { isCrowded } = service.switches
      if (isCrowded !== wasCrowded) talk?.restart(isCrowded)
    },
    reset() {
      service?.reset()
      signaling?.reset()
      captionBots?.reset()
      talk?.restart(false)
      story.clear()
      switches = withoutSignaling(SWITCHES_AT_START)
    },
  }
}

function portOf({ httpServer }: DemoHost): number {
  const address = httpServer?.address()
  return typeof address === 'object' && address ? address.port : 0
}

function readRealApp(host: DemoHost): DemoApp | null {
  const { mode, root, logger } = host.config
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

async function simulate(host: DemoHost, sockets: PageSockets): Promise<Simulation> {
  const { createFakeAgora, createFakeSignaling, playConversation } = await host.loadTesting()
  const talk = createTalk(Date.now)
  return {
    service: createSimulatedService(() => createFakeAgora()),
    signaling: signalingGateway(createFakeSignaling()),
    captionBots: createCaptionBots({
      play: playConversation,
      talk,
      send: (news) => sockets.broadcast(events.rtcNews, news),
      now: Date.now,
    }),
    talk,
  }
}
