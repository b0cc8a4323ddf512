import type { PersonId } from './people.ts'

/** A drawn face in place of a camera picture. */
export function Portrait({ id }: { id: PersonId }) {
  return (
    <svg className="portrait" viewBox="0 0 120 120" aria-hidden="true">
      {id === 'ada' ? <Ada /> : <Grace />}
    </svg>
  )
}

function Ada() {
  return (
    <>
      <circle cx="60" cy="20" r="13" fill="#3b2417" />
      <path
        d="M28 62c-4-30 12-42 32-42s36 12 32 42c-1 12-4 20-8 26H36c-4-6-7-14-8-26z"
        fill="#3b2417"
      />
      <path d="M18 124c2-24 18-34 42-34s40 10 42 34z" fill="#7c4dff" />
      <path d="M50 78h20v16c-4 6-16 6-20 0z" fill="#d99a73" />
      <ellipse cx="60" cy="60" rx="23" ry="27" fill="#f0b48d" />
      <path
        d="M36 58c2-18 12-26 24-26s22 8 24 26c-8-4-16-10-22-18-6 8-16 14-26 18z"
        fill="#3b2417"
      />
      <circle cx="51" cy="62" r="2.6" fill="#2b1a10" />
      <circle cx="69" cy="62" r="2.6" fill="#2b1a10" />
      <path
        d="M52 74c4 4.5 12 4.5 16 0"
        fill="none"
        stroke="#9c4a3c"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </>
  )
}

function Grace() {
  return (
    <>
      <path
        d="M32 60c-4-26 8-40 28-40s32 14 28 40c0 8-2 14-5 18H37c-3-4-5-10-5-18z"
        fill="#c9ccd6"
      />
      <path d="M18 124c2-24 18-34 42-34s40 10 42 34z" fill="#00796b" />
      <path d="M48 92l12 12 12-12 6 3-18 22-18-22z" fill="#e8f5f2" />
      <path d="M50 78h20v16c-4 6-16 6-20 0z" fill="#7d4f35" />
      <ellipse cx="60" cy="60" rx="23" ry="27" fill="#98623f" />
      <path
        d="M36 56c0-20 12-28 25-28 14 0 23 8 23 28-4-10-10-16-18-17-10 4-22 6-30 17z"
        fill="#c9ccd6"
      />
      <g fill="none" stroke="#22262f" strokeWidth="2.2">
        <circle cx="50" cy="62" r="7.5" />
        <circle cx="70" cy="62" r="7.5" />
        <path d="M57.5 62h5" />
      </g>
      <circle cx="50" cy="62" r="2.4" fill="#22140c" />
      <circle cx="70" cy="62" r="2.4" fill="#22140c" />
      <path
        d="M53 75c4 3.5 10 3.5 14 0"
        fill="none"
        stroke="#52241a"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </>
  )
}
