/** The mutation keys under which operations show: for `useIsMutating`, `useMutationState` and filters. */
export const sttKeys = {
  all: ['realtime-stt'],
  enable: (appId: string, channel: string) => ['realtime-stt', 'enable', appId, channel],
  disable: (appId: string, channel: string) => ['realtime-stt', 'disable', appId, channel],
  update: (appId: string, channel: string) => ['realtime-stt', 'update', appId, channel],
} as const
