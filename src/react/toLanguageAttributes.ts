const RIGHT_TO_LEFT = ['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']

/** The attributes of an element that holds text in this language; the browser looks at the text where it is not known. */
export function toLanguageAttributes(language: string): {
  lang?: string
  dir: 'ltr' | 'rtl' | 'auto'
} {
  const script = scriptOf(language)
  if (!script) return { dir: 'auto' }
  return { lang: language, dir: RIGHT_TO_LEFT.includes(script) ? 'rtl' : 'ltr' }
}

/** undefined for `'auto'`, and for what is no language tag at all. */
function scriptOf(language: string): string | undefined {
  try {
    return new Intl.Locale(language).maximize().script
  } catch {
    return undefined
  }
}
