import type { StoryEntry } from '../protocol.ts'
import { LogScroll } from './LogScroll.tsx'
import { storySentence } from './storySentence.ts'

/** Who claimed, who joined, and why, the newest first. */
export function ClaimStory({ story }: { story: readonly StoryEntry[] }) {
  const rows = story.flatMap((entry) => {
    const sentence = storySentence(entry)
    return sentence === null ? [] : [{ ...entry, sentence }]
  })
  return (
    <div className="log">
      <h3 id="story-heading">Who claimed, who joined</h3>
      {rows.length === 0 ? (
        <p className="empty">Nothing yet. Whoever wants to start a task claims it first.</p>
      ) : (
        <LogScroll headingId="story-heading" isShort>
          <ol className="events">
            {rows.toReversed().map(({ number, at, sentence, decision }) => (
              <li key={number} data-decision={decision}>
                <time>{new Date(at).toLocaleTimeString('en-GB')}</time> {sentence}
              </li>
            ))}
          </ol>
        </LogScroll>
      )}
    </div>
  )
}
