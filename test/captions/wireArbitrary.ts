import fc from 'fast-check'
import type { CaptionWire, CaptionWireVersion } from 'react-realtime-stt/testing'

export const WIRE_VERSIONS: readonly CaptionWireVersion[] = ['v5', 'v6', 'v7.0', 'v7.2', 'v7.2.3']

/** Every habit a bot of this version may have. */
export const wireArbitrary = (version: CaptionWireVersion): fc.Arbitrary<CaptionWire> =>
  fc.record(
    {
      version: fc.constant(version),
      format: fc.constantFrom(
        ...(version === 'v5' || version === 'v6'
          ? (['protobuf'] as const)
          : (['protobuf', 'json'] as const)),
      ),
      prefix: fc.constantFrom('again', 'tail'),
      hasStarts: fc.boolean(),
      hasWholeAtEnd: fc.boolean(),
      hasOriginal: fc.boolean(),
    },
    { noNullPrototype: true },
  )

/** Whether sentences have ids. */
export const isNamed = ({ version, format }: CaptionWire) =>
  version === 'v7.2.3' || (version === 'v7.2' && format === 'protobuf')

/** Where nothing but its order tells what a piece goes on from. */
export const isOrderNeeded = ({ hasStarts, prefix }: CaptionWire) => !hasStarts && prefix === 'tail'

/** How late a message may be, in ms. A whole that comes before one of its pieces may look like another piece. */
export const reorderArbitrary = (wire: CaptionWire) =>
  fc.constantFrom(...(isOrderNeeded(wire) && wire.hasWholeAtEnd ? [0] : [0, 300, 5_000]))
