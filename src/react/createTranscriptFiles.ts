import type { ExportOptions } from '../captions/exportOptions.js'
import { type ExportFormat, exportTranscript } from '../captions/exportTranscript.js'
import type { Transcript } from '../captions/transcript.js'
import { createListeners } from './createListeners.js'

/** What became of the last copy or file: `'idle'` before the first, `'copied'` or `'saved'` after it. */
export type TranscriptFilesState = 'idle' | 'working' | 'copied' | 'saved' | 'failed'

/** Copies a transcript, or saves it as a file, outside React: one at a time, the last one counts. */
export interface TranscriptFiles {
  getSnapshot(): TranscriptFilesState
  getServerSnapshot(): TranscriptFilesState
  subscribe(listener: () => void): () => void
  copy(options: ExportOptions): Promise<void>
  /** @param name without its ending */
  save(format: ExportFormat, name: string, options: ExportOptions): Promise<void>
}

const ENDINGS: Record<ExportFormat, string> = { vtt: 'vtt', srt: 'srt', text: 'txt', json: 'json' }

export function createTranscriptFiles(transcript: Transcript): TranscriptFiles {
  let state: TranscriptFilesState = 'idle'
  let controller = new AbortController()

  function set(next: TranscriptFilesState): void {
    state = next
    listeners.tell()
  }

  async function run(
    done: 'copied' | 'saved',
    work: (signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    controller.abort()
    controller = new AbortController()
    const { signal } = controller
    set('working')
    try {
      await work(signal)
      if (!signal.aborted) set(done)
    } catch {
      if (!signal.aborted) set('failed')
    }
  }

  const listeners = createListeners(() => () => {
    controller.abort()
    state = 'idle'
  })

  return {
    getSnapshot: () => state,
    getServerSnapshot: () => 'idle',
    subscribe: listeners.subscribe,
    copy: (options) =>
      run('copied', (signal) =>
        copyText(
          exportTranscript(transcript, { ...options, format: 'text', signal }).then((file) =>
            file.text(),
          ),
        ),
      ),
    save: (format, name, options) =>
      run('saved', async (signal) => {
        const file = await exportTranscript(transcript, { ...options, format, signal })
        saveFile(file, `${name}.${ENDINGS[format]}`)
      }),
  }
}

/** Safari gives the clipboard only to a click, and wants to be told at once that something will come. */
async function copyText(text: Promise<string>): Promise<void> {
  if (typeof ClipboardItem === 'undefined') return navigator.clipboard.writeText(await text)
  const type = 'text/plain'
  const item = new ClipboardItem({ [type]: text.then((said) => new Blob([said], { type })) })
  return navigator.clipboard.write([item])
}

function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has the file by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
