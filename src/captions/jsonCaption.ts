import * as z from 'zod/mini'

/** Numbers, says the vendor; JSON made of Protobuf has them as text. */
const int64 = z.union([z.number(), z.string()])
const id = z.nullish(z.pipe(int64, z.transform(String)))
const ms = z.nullish(
  z.pipe(
    int64,
    z.transform((value) => (Number.isSafeInteger(Number(value)) ? Number(value) : 0)),
  ),
)

const segment = z.object({
  text: z.nullish(z.string()),
  /** Of a translation. */
  texts: z.nullish(z.array(z.string())),
  language: z.nullish(z.string()),
  isFinal: z.nullish(z.boolean()),
  /** When it begins. */
  offset: ms,
  duration: ms,
  textTs: ms,
  sentenceId: id,
})

const transcript = z.extend(segment, { uid: id, results: z.nullish(z.array(segment)) })

const translation = z.pipe(
  z.looseObject({ ...transcript.shape, original_transcript: z.nullish(transcript) }),
  z.transform((body) => ({ ...body, results: body.results ?? numberedResults(body) })),
)

/** The JSON of the caption bot, of any version. */
export const jsonCaption = z.object({
  transcript: z.nullish(transcript),
  translation: z.nullish(translation),
})

/** What lacks in a segment is the message's; up to v7.2.2 the message is the only segment. */
export type JsonSegment = z.infer<typeof segment>
export type JsonTranscript = z.infer<typeof transcript>

/** Up to v7.2.2: `results0`, and what its name promises. */
function numberedResults(body: Readonly<Record<string, unknown>>): JsonSegment[] | undefined {
  const results = Object.keys(body).filter((key) => /^results\d+$/.test(key))
  return results.length === 0
    ? undefined
    : results.flatMap((key) => z.safeParse(segment, body[key]).data ?? [])
}
