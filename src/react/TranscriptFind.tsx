'use client'

import { type KeyboardEvent, type ReactNode, useId, useSyncExternalStore } from 'react'
import type { TranscriptSearch } from './createTranscriptSearch.js'

/** What the search of a transcript says by itself. */
export interface TranscriptFindLabels {
  /** Names the field. @defaultValue `'Search the transcript'` */
  search: string
  /** On a button. @defaultValue `'Next match'` */
  next: string
  /** On a button. @defaultValue `'Previous match'` */
  previous: string
  /** While nothing is found yet. @defaultValue `'Searching…'` */
  searching: string
  /** Which match is shown, from 1, and of how many. @defaultValue `'2 of 17 lines'`, as an example */
  found: (position: number, count: number) => string
  /** After the whole search. @defaultValue `'Nothing found'` */
  nothing: string
}

interface TranscriptFindProps {
  /** As it was typed. */
  query: string
  onQuery: (query: string) => void
  search: TranscriptSearch
  labels: TranscriptFindLabels
}

/** Enter shows the next line that was found, with Shift the one before, Escape ends the search. */
export function TranscriptFind({ query, onQuery, search, labels }: TranscriptFindProps): ReactNode {
  const id = useId()
  const { count, position, isSearching } = useSyncExternalStore(
    search.subscribe,
    search.getSnapshot,
    search.getServerSnapshot,
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.shiftKey) search.previous()
    else if (event.key === 'Enter') search.next()
    else if (event.key === 'Escape') onQuery('')
    else return
    event.preventDefault()
  }
  const toStatus = () => {
    if (query.trim() === '') return ''
    if (count > 0) return labels.found(position, count)
    return isSearching ? labels.searching : labels.nothing
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: React 18 does not know <search>
    <div role="search" className="stt-find">
      <label htmlFor={id} className="stt-label">
        {labels.search}
      </label>{' '}
      <input
        id={id}
        type="search"
        className="stt-query"
        value={query}
        onChange={({ target }) => onQuery(target.value)}
        onKeyDown={onKeyDown}
      />{' '}
      <button type="button" className="stt-button" disabled={count === 0} onClick={search.previous}>
        {labels.previous}
      </button>{' '}
      <button type="button" className="stt-button" disabled={count === 0} onClick={search.next}>
        {labels.next}
      </button>{' '}
      <span role="status" className="stt-status">
        {toStatus()}
      </span>
    </div>
  )
}
