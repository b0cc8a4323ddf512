export interface Fact {
  term: string
  text: string
  note?: string
  isCode?: boolean
}

/** What a developer wants to know, and nobody else. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <details className="facts">
      <summary>For developers</summary>
      <dl>
        {facts.map(({ term, text, note, isCode }) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>
              {isCode ? <Code text={text} /> : text}
              {note && <small>{note}</small>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

/** May break in the middle, nowhere else. */
function Code({ text }: { text: string }) {
  const middle = text.length / 2
  return (
    <code>
      {text.slice(0, middle)}
      <wbr />
      {text.slice(middle)}
    </code>
  )
}
