import { useEffect, useLayoutEffect, useState } from 'preact/hooks'
import type { SettingsStore } from '../../store/settings-store'
import type { Language } from '../../words/language'
import { LANGUAGES, language, languageFor, speak } from '../../words/language'
import { use } from '../use'
import { lentLanguage } from './lent-language'

/** The language that the player wants: the one chosen in the settings, or the best one for the browser's. */
export function wantedLanguage(settings: SettingsStore): Language {
  const chosen = settings.getState().settings.language
  return chosen === 'system' ? languageFor(navigator.languages) : chosen
}

interface Spoken {
  /** What the words are in. */
  readonly language: Language
  /** The language that is wanted and could not be fetched. */
  readonly missing: Language | undefined
}

/** Follows the settings. Whoever uses it is rendered anew, with all below it, when the words are there. */
export function useLanguage(settings: SettingsStore): Spoken {
  const [spoken, setSpoken] = useState<Spoken>({ language, missing: undefined })
  const own = use(settings, () => wantedLanguage(settings))
  const wanted = use(lentLanguage, (state) => state.language) ?? own
  useEffect(() => {
    let gone = false
    const arrived = () => {
      if (!gone) setSpoken({ language: wanted, missing: undefined })
    }
    const failed = () => {
      if (gone) return
      setSpoken({ language, missing: wanted })
      // Screens to come have their words in the language that stays.
      speak(language).catch(() => undefined)
    }
    speak(wanted).then(arrived, failed)
    return () => {
      gone = true
    }
  }, [wanted])
  useLayoutEffect(() => {
    document.documentElement.lang = spoken.language
    document.documentElement.dir = LANGUAGES[spoken.language].dir
  }, [spoken.language])
  return spoken
}
