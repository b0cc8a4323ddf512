/**
 * The mutation keys under which operations show: for `useIsMutating`, `useMutationState` and filters. Each operation that
 * sends something is one mutation, however many components asked for it; its data is {@link SttMutationData}.
 *
 * @example
 * ```tsx
 * import { useIsMutating } from '@tanstack/react-query'
 * import { sttKeys } from 'react-realtime-stt'
 *
 * export function Spinner() {
 *   const count = useIsMutating({ mutationKey: sttKeys.all })
 *   return count > 0 ? <p role="status">One moment…</p> : null
 * }
 * ```
 */
export const sttKeys = {
  /** Of every operation. */
  all: ['realtime-stt'],
  /** Of `enable()` in one channel. */
  enable: (appId: string, channel: string) => ['realtime-stt', 'enable', appId, channel],
  /** Of `disable()` in one channel. */
  disable: (appId: string, channel: string) => ['realtime-stt', 'disable', appId, channel],
  /** Kept for changes of a running task, which the client does not make yet. */
  update: (appId: string, channel: string) => ['realtime-stt', 'update', appId, channel],
} as const
