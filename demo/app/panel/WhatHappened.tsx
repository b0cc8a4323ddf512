import { memo } from 'react'
import type { ServiceState } from '../../protocol.ts'
import { LogScroll } from '../controls/LogScroll.tsx'
import { storySentence } from './storySentence.ts'

/** Every decision of every device as a sentence, the newest last: what stands there stays there. */
export const WhatHappened = memo(function WhatHappened({ story }: Pick<ServiceState, 'story'>) {
  const rows = story.flatMap((entry) => {
    const sentence = storySentence(entry)
    return sentence === null ? [] : [{ ...entry, sentence }]
  })
  return (
    <div className="card log what-happened">
      <h2 id="story-heading">What just happened</h2>
      {rows.length === 0 ? (
        <p className="empty">Nothing yet. Whoever wants to start a task claims it first.</p>
      ) : (
        <LogScroll headingId="story-heading" last={rows.at(-1)?.number}>
          <ol className="events">
            {rows.map(({ number, at, sentence, decision }) => (
              <li key={number} data-decision={decision}>
                <time>{new Date(at).toLocaleTimeString('en-GB')}</time>
                <span>{sentence}</span>
              </li>
            ))}
          </ol>
        </LogScroll>
      )}
    </div>
  )
})
