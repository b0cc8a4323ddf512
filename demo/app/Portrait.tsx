import type { ComponentType } from 'react'
import type { PersonId } from '../participants.ts'

const FACES: Readonly<Record<PersonId, ComponentType>> = {
  ada: Ada,
  grace: Grace,
  kenji: Kenji,
  lena: Lena,
}

/** A drawn face in place of a camera picture. */
export function Portrait({ id }: { id: PersonId }) {
  const Face = FACES[id]
  return (
    <svg className="portrait" viewBox="0 0 120 120" aria-hidden="true">
      <Face />
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

function Kenji() {
  return (
    <>
      <path d="M18 124c2-24 18-34 42-34s40 10 42 34z" fill="#2f4a6b" />
      <path d="M49 90l11 14 11-14 5 2-16 26-16-26z" fill="#dfe7f2" />
      <path d="M50 78h20v16c-4 6-16 6-20 0z" fill="#d2a075" />
      <ellipse cx="60" cy="60" rx="23" ry="27" fill="#ecc39a" />
      <path
        d="M35 60c-4-28 8-38 26-38 17 0 28 11 24 38-2-8-5-13-8-17-3 3-6 4-10 4 1-2 2-4 2-6-8 6-18 8-27 7-4 3-6 7-7 12z"
        fill="#1d1a1c"
      />
      <circle cx="51" cy="62" r="2.6" fill="#1d1a1c" />
      <circle cx="69" cy="62" r="2.6" fill="#1d1a1c" />
      <path
        d="M51 74c5 6 13 6 18 0z"
        fill="#ffffff"
        stroke="#8a4b35"
        strokeWidth="2.2"
        strokeLinejoin="round"
      />
    </>
  )
}

function Lena() {
  return (
    <>
      <path d="M30 100c-6-46 2-80 30-80s36 34 30 80z" fill="#d9772f" />
      <path d="M18 124c2-24 18-34 42-34s40 10 42 34z" fill="#b23a63" />
      <path d="M50 78h20v16c-4 6-16 6-20 0z" fill="#e3b08e" />
      <ellipse cx="60" cy="60" rx="23" ry="27" fill="#f8d3b6" />
      <path
        d="M36 60c-2-22 10-31 24-31s26 9 24 31c-4-8-7-13-11-17H47c-4 4-7 9-11 17z"
        fill="#d9772f"
      />
      <g fill="#d58b62">
        <circle cx="47" cy="69" r="1" />
        <circle cx="51" cy="71" r="1" />
        <circle cx="69" cy="71" r="1" />
        <circle cx="73" cy="69" r="1" />
      </g>
      <circle cx="51" cy="62" r="2.6" fill="#2e4a35" />
      <circle cx="69" cy="62" r="2.6" fill="#2e4a35" />
      <path
        d="M52 76c4 4 12 4 16 0"
        fill="none"
        stroke="#a44a3f"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
    </>
  )
}
