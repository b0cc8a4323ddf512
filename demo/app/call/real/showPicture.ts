import type { Picture } from './realSdk.ts'

type Show = (element: HTMLElement) => () => void

const shows = new WeakMap<Picture, Show>()

/** How a picture is shown: the same function for the same track, so that nothing restarts it. */
export function showPicture(track: Picture): Show {
  const show = shows.get(track) ?? toShow(track)
  shows.set(track, show)
  return show
}

const toShow =
  (track: Picture): Show =>
  (element) => {
    track.play(element)
    return () => track.stop()
  }
