import type { Browser, Page } from 'playwright-core'
import { createTranscript } from 'react-realtime-stt/core'
import type { DemoBackend } from '../../browser/demoBackend.ts'
import { untilReady } from '../../browser/openDemo.ts'
import { recordTasks, type TaskTimes } from './taskTimes.ts'

/** A call in which everybody talks, as one device shows it. */
export interface CrowdedCall extends TaskTimes {
  messagesPerSecond: number
  speakers: number
  /** In the transcript, at the end. */
  lines: number
  /** Chromium's long tasks: those over 50 ms. */
  longTasksMs: readonly number[]
  /** From one frame to the next. */
  framesMs: readonly number[]
  framesPerSecond: number
}

type Recording = typeof globalThis & {
  pace: { longTasksMs: number[]; framesMs: number[] }
}

const STREAM_MESSAGE = /"type":"stream-message".*"payload":"([^"]+)"/

export async function measureCrowdedCall(
  browser: Browser,
  address: string,
  backend: DemoBackend,
  durationMs: number,
): Promise<CrowdedCall> {
  await backend.reset()
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  const payloads: string[] = []
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => {
      const [, bytes] = STREAM_MESSAGE.exec(String(payload)) ?? []
      if (bytes) payloads.push(bytes)
    })
  })
  await page.goto(`${address}?devices=1`)
  await untilReady(page)
  await backend.setSwitches({ isCrowded: true })
  await page.locator('.captions-button').click()
  await page.locator('.stt-overlay .stt-line').nth(4).waitFor()
  await recordPace(page)

  const endTasks = await recordTasks(browser, page)
  const begunAt = performance.now()
  payloads.length = 0
  await page.waitForTimeout(durationMs)
  const { longTasksMs, framesMs } = await page.evaluate(() => (globalThis as Recording).pace)
  const seconds = (performance.now() - begunAt) / 1_000
  const messages = payloads.splice(0)
  const tasks = await endTasks()
  await context.close()
  return {
    ...tasks,
    ...(await hear(messages)),
    messagesPerSecond: messages.length / seconds,
    longTasksMs,
    framesMs,
    framesPerSecond: framesMs.length / seconds,
  }
}

async function recordPace(page: Page): Promise<void> {
  await page.evaluate(() => {
    const pace: Recording['pace'] = { longTasksMs: [], framesMs: [] }
    ;(globalThis as Recording).pace = pace
    new PerformanceObserver((list) => {
      pace.longTasksMs.push(...list.getEntries().map(({ duration }) => duration))
    }).observe({ type: 'longtask' })
    let lastAt = performance.now()
    requestAnimationFrame(function tick(at) {
      pace.framesMs.push(at - lastAt)
      lastAt = at
      requestAnimationFrame(tick)
    })
  })
}

async function hear(payloads: readonly string[]): Promise<{ speakers: number; lines: number }> {
  const transcript = createTranscript()
  for (const payload of payloads) transcript.ingest(Buffer.from(payload, 'base64'))
  await transcript.whenIdle()
  const uids = transcript.getIds().map((id) => transcript.getLine(id)?.uid)
  return { speakers: new Set(uids).size, lines: uids.length }
}
