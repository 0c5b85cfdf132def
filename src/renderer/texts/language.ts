/** Languages the screens are written in, by their two-letter code. */
export type Language = 'en' | 'de'
export const languageCodes: readonly Language[] = ['en', 'de']
export type LanguageChoice = 'system' | Language
export const languageChoices: readonly LanguageChoice[] = ['system', ...languageCodes]

const storageKey = 'muster.language'

const stored = (): string | null => {
  try {
    return globalThis.window?.localStorage.getItem(storageKey) ?? null
  } catch {
    // A browser that refuses storage still shows the screens, in its own language.
    return null
  }
}

export const readLanguageChoice = (): LanguageChoice => languageChoices.find((choice) => choice === stored()) ?? 'system'

const wanted: readonly string[] = globalThis.navigator?.languages ?? []

/** The first of the system's languages that there is; English where there is none. */
const systemLanguage = (): Language => {
  for (const tag of wanted) {
    const found = languageCodes.find((code) => tag.toLowerCase().startsWith(code))
    if (found !== undefined) return found
  }
  return 'en'
}

const choice = readLanguageChoice()

/** Fixed for as long as the page lives: texts are plain values, so another language means loading the page again. */
export const language: Language = choice === 'system' ? systemLanguage() : choice

/** How dates and numbers are written: the person's own regional habit (`de-CH`, `en-US`) where it is of this language. */
export const locale: string = wanted.find((tag) => tag.toLowerCase().startsWith(language)) ?? { en: 'en-GB', de: 'de-DE' }[language]

/** Remembers the choice on this machine and shows everything anew in it, at the same place. */
export const chooseLanguage = (chosen: LanguageChoice): void => {
  if (chosen === readLanguageChoice()) return
  window.localStorage.setItem(storageKey, chosen)
  window.location.reload()
}
