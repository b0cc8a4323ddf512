import {
  type CaptionChoices,
  type CaptionLine,
  CaptionOverlay,
  CaptionSettings,
  createCaptionSettings,
  type RealtimeSttProviderProps,
  type Transcript,
  TranscriptPanel,
  useCaption,
  useCaptionIds,
  useCaptions,
  useTranscript,
} from 'react-realtime-stt'
import { expectTypeOf, test } from 'vitest'

test('default: what the hooks give', () => {
  expectTypeOf(useCaptions).returns.toEqualTypeOf<readonly CaptionLine[]>()
  expectTypeOf(useCaptionIds).returns.toEqualTypeOf<readonly string[]>()
  expectTypeOf(useCaption).returns.toEqualTypeOf<CaptionLine | undefined>()
  expectTypeOf(useTranscript).returns.toEqualTypeOf<Transcript>()
  expectTypeOf(useCaptions)
    .parameter(0)
    .toEqualTypeOf<{ max?: number | undefined; transcript?: Transcript | undefined } | undefined>()
})

test('default: a provider has a client, and may have a transcript', () => {
  expectTypeOf<RealtimeSttProviderProps>().pick('client').toBeObject()
  expectTypeOf<{ transcript: Transcript }>().not.toExtend<RealtimeSttProviderProps>()
})

test('default: every component works without a prop, and refuses unknown ones', () => {
  const all = [<CaptionOverlay key="1" />, <TranscriptPanel key="2" />, <CaptionSettings key="3" />]
  // @ts-expect-error no such prop
  const unknown = <CaptionOverlay sizes={3} />
  // @ts-expect-error labels are strings, or functions that make them
  const wrong = <CaptionOverlay labels={{ captions: 7 }} />
  expectTypeOf([all, unknown, wrong]).toBeArray()
})

test('default: what can be chosen', () => {
  const settings = createCaptionSettings({ storage: sessionStorage })
  settings.choose({ textSize: undefined, position: 'top' })
  // @ts-expect-error no such position
  settings.choose({ position: 'left' })
  expectTypeOf(settings.getSnapshot()).toEqualTypeOf<CaptionChoices>()
  expectTypeOf<CaptionChoices['language']>().toEqualTypeOf<string>()
})
