import { useEffect } from 'preact/hooks'
import { createStore } from 'zustand/vanilla'
import type { Language } from '../../words/language'

/** The language that the page speaks for a while instead of the player's own: a class has one for everybody in it. */
export const lentLanguage = createStore<{ readonly language: Language | undefined }>(() => ({ language: undefined }))

/** Speaks this language as long as the component is shown. */
export function useLentLanguage(language: Language | undefined): void {
  useEffect(() => {
    lentLanguage.setState({ language })
  }, [language])
  useEffect(() => () => lentLanguage.setState({ language: undefined }), [])
}
