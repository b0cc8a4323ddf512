/** `'German (Austria)'` of `'de-AT'`; the code itself where the platform does not know it. */
export function toLanguageName(code: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: 'language' }).of(code) ?? code
  } catch {
    return code
  }
}
