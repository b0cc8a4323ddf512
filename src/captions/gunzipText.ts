/** What comes out of so much is at most a thousand times as much, also where a stream does not wait for its reader. */
const SLICE_BYTES = 512

/** Undoes gzip, and decodes UTF-8. Rejects what is damaged, and what would be more than `maxBytes`. */
export async function gunzipText(packed: Uint8Array, maxBytes: number): Promise<string> {
  let position = 0
  const slices = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      controller.enqueue(packed.slice(position, position + SLICE_BYTES))
      position += SLICE_BYTES
      if (position >= packed.length) controller.close()
    },
  })
  const reader = slices.pipeThrough(new DecompressionStream('gzip')).getReader()
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let text = ''
  let length = 0
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    length += value.length
    if (length > maxBytes) break
    text += decoder.decode(value, { stream: true })
  }
  await reader.cancel()
  throw new RangeError('More than a caption holds.')
}
