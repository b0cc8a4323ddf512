import type { SttSnapshot } from 'react-realtime-stt'
import type { Bill, CallSwitches, ServiceState } from '../../protocol.ts'
import { type Call, changeCall } from '../call/callStore.ts'
import type { Store } from '../createStore.ts'
import { areReady, frameConfigs, pressEverywhere, stopEverywhere } from '../devices/deviceFrames.ts'
import { billOf } from '../panel/billOf.ts'
import type { ServiceStore } from '../panel/serviceStore.ts'
import { until } from '../until.ts'
import type { ViewStore } from '../viewStore.ts'

/** The real page: the tour has nothing of its own. */
export interface TouredPage {
  callStore: Store<Call>
  serviceStore: ServiceStore
  viewStore: ViewStore
}

export function billOfCall({ callStore, serviceStore }: TouredPage): Bill {
  const { channel } = callStore.get().config
  return billOf(serviceStore.get() ?? { bills: [] }, channel)
}

export const startsOf = ({ serviceStore }: TouredPage) =>
  serviceStore.get()?.requests.filter(({ operation }) => operation === 'start').length ?? 0

export function snapshotOf({ callStore }: TouredPage): SttSnapshot {
  const { stt, config } = callStore.get()
  return stt.client.getSnapshot(config.channel)
}

export const isOn = ({ status }: SttSnapshot) => status === 'enabled'

function devicesOf({ callStore, viewStore }: TouredPage) {
  return callStore.get().config.devices.slice(0, viewStore.get().deviceCount)
}

/** Shows so many devices, and waits until their pages listen. */
export async function show(page: TouredPage, deviceCount: number): Promise<void> {
  page.viewStore.change({ deviceCount, isCompared: false })
  await untilReady(page)
}

async function untilReady(page: TouredPage): Promise<void> {
  const { callStore } = page
  await until(callStore.subscribe, () => !callStore.get().isSwitching)
  await until(frameConfigs.subscribe, () => areReady(devicesOf(page), callStore.get().config))
}

export async function press(page: TouredPage): Promise<void> {
  await untilReady(page)
  pressEverywhere(devicesOf(page), 'on')
}

export function untilSnapshot(
  page: TouredPage,
  isReached: (snapshot: SttSnapshot) => boolean,
): Promise<SttSnapshot> {
  const { stt, config } = page.callStore.get()
  return until(
    (listener) => stt.client.subscribe(config.channel, listener),
    () => isReached(snapshotOf(page)),
  ).then(() => snapshotOf(page))
}

const untilService = ({ serviceStore }: TouredPage, isReached: (state: ServiceState) => boolean) =>
  until(serviceStore.subscribe, () => {
    const state = serviceStore.get()
    return state !== null && isReached(state)
  })

export async function pressOn(page: TouredPage): Promise<void> {
  await press(page)
  await untilSnapshot(page, isOn)
  await untilService(page, ({ bills }) => bills.some(({ liveTasks }) => liveTasks > 0))
}

export async function turnOff(page: TouredPage): Promise<void> {
  await untilReady(page)
  stopEverywhere(devicesOf(page), page.callStore.get().config)
  await untilSnapshot(page, ({ status }) => status === 'disabled')
  await untilService(page, ({ bills }) => bills.every(({ liveTasks }) => liveTasks === 0))
}

export async function enableWith(page: TouredPage, change: Partial<CallSwitches>): Promise<void> {
  await turnOff(page)
  await changeCall(page.callStore, change)
  await pressOn(page)
}
