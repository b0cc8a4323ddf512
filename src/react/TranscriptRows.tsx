'use client'

import { type ReactNode, useLayoutEffect, useSyncExternalStore } from 'react'
import type { TranscriptWindow } from './createTranscriptWindow.js'
import { type RowLook, TranscriptRow } from './TranscriptRow.js'

interface TranscriptRowsProps {
  /** Of the same transcript as `look`. */
  lineWindow: TranscriptWindow
  look: RowLook
  currentId: string | null
  /** Names what scrolls. */
  label: string
  jumpLabel: string
}

/** Margins of lines count for the group's height. */
const CONTAINED = { display: 'flow-root' }

/** The part of a transcript that can be seen, in an element that scrolls as if all of it were there. */
export function TranscriptRows({
  lineWindow,
  look,
  currentId,
  label,
  jumpLabel,
}: TranscriptRowsProps): ReactNode {
  const { setScroller, measure, afterRender, showEnd } = lineWindow
  const { groups, beforePx, totalPx, isAtEnd } = useSyncExternalStore(
    lineWindow.subscribe,
    lineWindow.getSnapshot,
    lineWindow.getServerSnapshot,
  )
  useLayoutEffect(() => afterRender())
  return (
    <div className="stt-transcript" style={{ position: 'relative' }}>
      <section
        ref={setScroller}
        className="stt-scroller"
        aria-label={label}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
        tabIndex={0}
        style={{
          height: 'var(--stt-transcript-height, 24rem)',
          overflowX: 'hidden',
          overflowY: 'auto',
          overflowAnchor: 'none',
        }}
      >
        <div style={{ height: totalPx }}>
          <div style={{ transform: `translateY(${beforePx}px)` }}>
            {groups.map(({ group, index }) => (
              <div key={group.key} ref={measure} data-index={index} style={CONTAINED}>
                {group.ids.map((id) => (
                  <TranscriptRow key={id} id={id} look={look} isCurrent={id === currentId} />
                ))}
              </div>
            ))}
          </div>
        </div>
      </section>
      {!isAtEnd && (
        <button type="button" className="stt-jump" onClick={showEnd}>
          {jumpLabel}
        </button>
      )}
    </div>
  )
}
