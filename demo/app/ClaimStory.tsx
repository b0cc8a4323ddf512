import type { StoryEntry } from '../protocol.ts'
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
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <section className="log-scroll log-short" aria-labelledby="story-heading" tabIndex={0}>
          <ol className="events">
            {rows.toReversed().map(({ number, at, sentence, decision }) => (
              <li key={number} data-decision={decision}>
                <time>{new Date(at).toLocaleTimeString('en-GB')}</time> {sentence}
              </li>
            ))}
          </ol>
        </section>
      )}
    </div>
  )
}
