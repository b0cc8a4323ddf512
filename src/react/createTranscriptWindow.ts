import {
  elementScroll,
  observeElementOffset,
  observeElementRect,
  Virtualizer,
  type VirtualizerOptions,
} from '@tanstack/virtual-core'
import type { Transcript } from '../captions/transcript.js'
import { createListeners } from './createListeners.js'
import { type LineGroup, toLineGroups } from './toLineGroups.js'

/** The part of a transcript that is mounted. */
interface TranscriptView {
  groups: readonly { group: LineGroup; index: number }[]
  /** Of what is not mounted before it, in px. */
  beforePx: number
  /** Of everything, in px. */
  totalPx: number
  /** The newest line is in sight; what comes next will be, too. */
  isAtEnd: boolean
}

/** Mounts what can be seen of a transcript, outside React, and stays at its end until the reader goes elsewhere. */
export interface TranscriptWindow {
  getSnapshot(): TranscriptView
  getServerSnapshot(): TranscriptView
  subscribe(listener: () => void): () => void
  /** For `ref` of the element that scrolls. */
  setScroller(element: HTMLElement | null): void
  /** For `ref` of a group's element, which has `data-index`, and as children nothing but its lines. */
  measure(element: HTMLElement | null): void
  /** To be called when React has changed the elements. */
  afterRender(): void
  /** Scrolls to a line. */
  show(id: string): void
  /** Scrolls to the newest line, and follows what comes. */
  showEnd(): void
}

/** Of a line that was never mounted. */
const ESTIMATED_LINE_PX = 28
/** About a line: whoever is this near to the end wants to follow. */
const END_PX = 40
const EMPTY: TranscriptView = { groups: [], beforePx: 0, totalPx: 0, isAtEnd: true }

export function createTranscriptWindow(transcript: Transcript): TranscriptWindow {
  let groups: readonly LineGroup[] = []
  let scroller: HTMLElement | null = null
  let view: TranscriptView | null = null
  let isPlaced = false
  /** The line to scroll to once it is mounted. */
  let wanted: string | null = null
  const virtualizer = new Virtualizer<HTMLElement, HTMLElement>(toOptions())

  function toOptions(): VirtualizerOptions<HTMLElement, HTMLElement> {
    return {
      count: groups.length,
      getScrollElement: () => scroller,
      getItemKey: (index) => groups[index]?.key ?? index,
      estimateSize: (index) => (groups[index]?.mostLines ?? 0) * ESTIMATED_LINE_PX,
      anchorTo: 'end',
      followOnAppend: true,
      scrollEndThreshold: END_PX,
      scrollToFn: elementScroll,
      observeElementRect,
      observeElementOffset,
      onChange: change,
    }
  }

  function change(): void {
    view = null
    listeners.tell()
  }

  function update(): void {
    groups = toLineGroups(groups, transcript.getIds(), (id) => transcript.getLine(id) !== undefined)
    virtualizer.setOptions(toOptions())
    change()
  }

  function look(): TranscriptView {
    const items = virtualizer.getVirtualItems()
    const mounted = items.flatMap(({ index }) => {
      const group = groups[index]
      return group ? [{ group, index }] : []
    })
    const { scrollElement, scrollOffset, scrollRect } = virtualizer
    const totalPx = virtualizer.getTotalSize()
    // Not asked of the element: that has yet to be rendered.
    const remainingPx = totalPx - (scrollRect?.height ?? 0) - (scrollOffset ?? 0)
    return {
      groups: mounted,
      beforePx: items[0]?.start ?? 0,
      totalPx,
      isAtEnd: !scrollElement || remainingPx <= END_PX,
    }
  }

  /** A group may be taller than the window: only the line itself tells where it is. */
  function showWanted(): void {
    const group = groups.find(({ ids }) => wanted !== null && ids.includes(wanted))
    const element = group && virtualizer.elementsCache.get(group.key)
    const line = element?.isConnected && element.children[group?.ids.indexOf(wanted ?? '') ?? -1]
    if (!line || !scroller) return
    wanted = null
    const { top, height } = line.getBoundingClientRect()
    const fromTop = top - scroller.getBoundingClientRect().top + scroller.scrollTop
    virtualizer.scrollToOffset(fromTop - (scroller.clientHeight - height) / 2)
  }

  const listeners = createListeners(() => {
    const unsubscribe = transcript.subscribeIds(update)
    update()
    virtualizer._willUpdate()
    return () => {
      unsubscribe()
      virtualizer._didMount()()
      isPlaced = false
    }
  })

  return {
    getSnapshot() {
      view ??= look()
      return view
    },
    getServerSnapshot: () => EMPTY,
    subscribe: listeners.subscribe,
    setScroller(element) {
      scroller = element
    },
    measure: virtualizer.measureElement,
    afterRender() {
      virtualizer._willUpdate()
      if (wanted !== null) showWanted()
      if (isPlaced || !virtualizer.scrollElement || groups.length === 0) return
      isPlaced = true
      virtualizer.scrollToEnd()
    },
    show(id) {
      const index = groups.findIndex(({ ids }) => ids.includes(id))
      if (index < 0) return
      wanted = id
      virtualizer.scrollToIndex(index, { align: 'center' })
      change()
    },
    showEnd() {
      wanted = null
      virtualizer.scrollToEnd()
      // The button that was clicked goes.
      scroller?.focus({ preventScroll: true })
    },
  }
}
