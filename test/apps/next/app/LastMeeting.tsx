import { type CaptionLine, toText } from 'react-realtime-stt/core'

async function loadLines(): Promise<CaptionLine[]> {
  return [
    {
      id: '1',
      uid: '7',
      text: 'See you tomorrow.',
      finalText: 'See you tomorrow.',
      isFinal: true,
      isLive: false,
      language: 'en-US',
      startedAt: 1_780_000_000_000,
      endedAt: 1_780_000_001_000,
      translations: {},
    },
  ]
}

export async function LastMeeting() {
  return <pre>{toText(await loadLines(), { getSpeakerName: () => 'Ada' })}</pre>
}
