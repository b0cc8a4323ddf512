import type { ReactNode } from 'react'
import type { PersonId } from '../../people.ts'

interface Face {
  skin: string
  /** In its shadow. */
  neck: string
  hair: string
  top: string
  eyes: string
  lips: string
  /** Behind the head, in the colour of the hair. */
  back?: ReactNode
  /** Over the forehead, in the colour of the hair. */
  front: ReactNode
  extra?: ReactNode
}

const LONG_BACK = <path d="M30 100c-6-46 2-80 30-80s36 34 30 80z" />
const SHORT_BACK = <path d="M32 60c-4-26 8-40 28-40s32 14 28 40c0 8-2 14-5 18H37c-3-4-5-10-5-18z" />
const SIDE_PARTING = (
  <path d="M36 58c2-18 12-26 24-26s22 8 24 26c-8-4-16-10-22-18-6 8-16 14-26 18z" />
)
const FRINGE = <path d="M36 60c-2-22 10-31 24-31s26 9 24 31c-4-8-7-13-11-17H47c-4 4-7 9-11 17z" />
const CROP = (
  <path d="M35 60c-4-28 8-38 26-38 17 0 28 11 24 38-2-8-5-13-8-17-3 3-6 4-10 4 1-2 2-4 2-6-8 6-18 8-27 7-4 3-6 7-7 12z" />
)
const GLASSES = (
  <g fill="none" stroke="#22262f" strokeWidth="2.2">
    <circle cx="50" cy="62" r="7.5" />
    <circle cx="70" cy="62" r="7.5" />
    <path d="M57.5 62h5" />
  </g>
)
const BEARD = (
  <path d="M38 64c0 18 10 25 22 25s22-7 22-25c-3 7-6 9-11 9-4-2-18-2-22 0-5 0-8-2-11-9z" />
)

const FACES: Readonly<Record<PersonId, Face>> = {
  ada: {
    skin: '#f0b48d',
    neck: '#d99a73',
    hair: '#3b2417',
    top: '#7c4dff',
    eyes: '#2b1a10',
    lips: '#9c4a3c',
    back: (
      <>
        <circle cx="60" cy="20" r="13" />
        <path d="M28 62c-4-30 12-42 32-42s36 12 32 42c-1 12-4 20-8 26H36c-4-6-7-14-8-26z" />
      </>
    ),
    front: SIDE_PARTING,
  },
  lena: {
    skin: '#f8d3b6',
    neck: '#e3b08e',
    hair: '#d9772f',
    top: '#b23a63',
    eyes: '#2e4a35',
    lips: '#a44a3f',
    back: LONG_BACK,
    front: FRINGE,
    extra: (
      <g fill="#d58b62">
        <circle cx="47" cy="69" r="1" />
        <circle cx="51" cy="71" r="1" />
        <circle cx="69" cy="71" r="1" />
        <circle cx="73" cy="69" r="1" />
      </g>
    ),
  },
  grace: {
    skin: '#98623f',
    neck: '#7d4f35',
    hair: '#c9ccd6',
    top: '#00796b',
    eyes: '#22140c',
    lips: '#52241a',
    back: SHORT_BACK,
    front: <path d="M36 56c0-20 12-28 25-28 14 0 23 8 23 28-4-10-10-16-18-17-10 4-22 6-30 17z" />,
    extra: GLASSES,
  },
  kenji: {
    skin: '#ecc39a',
    neck: '#d2a075',
    hair: '#1d1a1c',
    top: '#2f4a6b',
    eyes: '#1d1a1c',
    lips: '#8a4b35',
    front: CROP,
  },
  noor: {
    skin: '#d9a37a',
    neck: '#3f6fb5',
    hair: '#3f6fb5',
    top: '#345d99',
    eyes: '#2b1a10',
    lips: '#93453d',
    back: <path d="M26 104c-6-50 6-86 34-86s40 36 34 86z" />,
    front: <path d="M35 62c-3-26 9-37 25-37s28 11 25 37c-4-14-12-23-25-23s-21 9-25 23z" />,
  },
  mateo: {
    skin: '#c98d62',
    neck: '#ab7049',
    hair: '#2c1c14',
    top: '#c2571b',
    eyes: '#1e120b',
    lips: '#f0b9a4',
    front: CROP,
    extra: <g fill="#2c1c14">{BEARD}</g>,
  },
  ines: {
    skin: '#f3c5a0',
    neck: '#d8a07b',
    hair: '#6b3f22',
    top: '#1f7a5c',
    eyes: '#3a2616',
    lips: '#b04a52',
    back: LONG_BACK,
    front: SIDE_PARTING,
    extra: GLASSES,
  },
  omar: {
    skin: '#7a4a2e',
    neck: '#613820',
    hair: '#17110e',
    top: '#d1a21f',
    eyes: '#120c08',
    lips: '#c98a78',
    front: <path d="M37 54c1-17 11-24 23-24s22 7 23 24c-5-9-12-13-23-13s-18 4-23 13z" />,
    extra: <g fill="#17110e">{BEARD}</g>,
  },
}

/** A drawn face in place of a camera picture. It blinks, and its mouth moves while its tile says that it speaks. */
export function Portrait({ id }: { id: PersonId }) {
  const { skin, neck, hair, top, eyes, lips, back, front, extra } = FACES[id]
  return (
    <span className="portrait">
      <Layer>
        <g fill={hair}>{back}</g>
        <path d="M18 124c2-24 18-34 42-34s40 10 42 34z" fill={top} />
        <path d="M50 78h20v16c-4 6-16 6-20 0z" fill={neck} />
        <ellipse cx="60" cy="60" rx="23" ry="27" fill={skin} />
        <g fill={hair}>{front}</g>
        {extra}
        <path
          className="smile"
          d="M52 75c4 4 12 4 16 0"
          fill="none"
          stroke={lips}
          strokeWidth="2.6"
          strokeLinecap="round"
        />
      </Layer>
      <Layer className="eyes">
        <g fill={eyes}>
          <circle cx="51" cy="62" r="2.6" />
          <circle cx="69" cy="62" r="2.6" />
        </g>
      </Layer>
      <Layer className="mouth">
        <ellipse cx="60" cy="77" rx="6" ry="4" fill={lips} />
      </Layer>
    </span>
  )
}

/** Moved by itself it costs the page nothing: only whole elements move without the main thread, no parts of a drawing. */
function Layer({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <svg
      className={className}
      viewBox="0 0 120 120"
      preserveAspectRatio="xMidYMax meet"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}
