/** Makes the code of `src/captions/caption.proto` where it is missing or out of date, or with `force` always. */
export function generate(options?: { force?: boolean }): void
