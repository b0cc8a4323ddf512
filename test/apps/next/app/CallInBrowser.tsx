'use client'

import dynamic from 'next/dynamic'

/** The vendor's SDK asks for `window` when it is imported. */
export const CallInBrowser = dynamic(() => import('./Call.tsx'), { ssr: false })
