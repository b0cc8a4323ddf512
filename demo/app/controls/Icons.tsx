import type { ReactNode } from 'react'

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  )
}

export function CaptionsIcon() {
  return (
    <Icon>
      <rect x="2.5" y="5" width="19" height="14" rx="3" />
      <path d="M10.5 10.2a2.4 2.4 0 1 0 0 3.6M17.5 10.2a2.4 2.4 0 1 0 0 3.6" />
    </Icon>
  )
}

export function MicrophoneIcon({ isOff }: { isOff: boolean }) {
  return (
    <Icon>
      <rect x="9" y="3" width="6" height="11" rx="3" />
      <path d="M5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3" />
      {isOff && <path d="M4 3.5l16 17" />}
    </Icon>
  )
}

export function CameraIcon({ isOff }: { isOff: boolean }) {
  return (
    <Icon>
      <rect x="2.5" y="6.5" width="13" height="11" rx="2.5" />
      <path d="M15.5 10.5l6-3v9l-6-3" />
      {isOff && <path d="M4 3.5l16 17" />}
    </Icon>
  )
}

export function SettingsIcon() {
  return (
    <Icon>
      <path d="M3 18L8 6l5 12M4.7 14h6.6M14.5 18l3.2-8 3.3 8M15.6 15.3h4.3" />
    </Icon>
  )
}

export function SpeakingIcon() {
  return (
    <Icon>
      <path className="speaking-bars" d="M5 10v4M10 6v12M15 8v8M20 10v4" />
    </Icon>
  )
}
