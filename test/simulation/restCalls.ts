import type { DevicePage } from './devicePage.js'
import { BOT_UID } from './world.js'

const TIMEOUT_MS = 10_000

/** Starts a task as the vendor's examples do. Resolves its id, rejects where there is no success. */
export async function startTask(page: DevicePage, name: string): Promise<string> {
  const { channel } = page.world
  const rtcConfig = {
    channelName: channel,
    pubBotUid: BOT_UID,
    pubBotToken: await page.world.token(BOT_UID),
  }
  const body = JSON.stringify({ name, languages: ['en-US'], rtcConfig })
  const { agent_id } = await send(page, 'join', body)
  return agent_id as string
}

export async function stopTask(page: DevicePage, taskId: string): Promise<void> {
  await send(page, `agents/${taskId}/leave`)
}

async function send(
  page: DevicePage,
  path: string,
  body?: string,
): Promise<{ agent_id?: string | undefined }> {
  const { world, environment, uid } = page
  const headers = { authorization: `agora token="${await world.token(uid)}"` }
  const url = `https://api.agora.io/api/speech-to-text/v1/projects/${world.agora.appId}/${path}`
  const response = await Promise.race([
    page.fetch(url, { method: 'POST', headers, ...(body && { body }) }),
    new Promise<never>((_, reject) => {
      environment.setTimeout(() => reject(new Error('No answer.')), TIMEOUT_MS)
    }),
  ])
  if (!response.ok) throw new Error(`The service answered ${response.status}.`)
  return response.json()
}
