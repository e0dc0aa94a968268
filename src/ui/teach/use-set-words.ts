import { useEffect, useState } from 'preact/hooks'
import type { Language } from '../../words/language'
import type { SetWords } from '../../words/set-words'
import { setWords } from '../../words/set-words'

/** The words for sets in a language: undefined until they are there. */
export function useSetWords(language: Language): SetWords | 'failed' | undefined {
  const [loaded, setLoaded] = useState<{ readonly language: Language; readonly words: SetWords | 'failed' }>()
  useEffect(() => {
    let gone = false
    const take = (words: SetWords | 'failed') => {
      if (!gone) setLoaded({ language, words })
    }
    setWords(language).then(take, () => take('failed'))
    return () => {
      gone = true
    }
  }, [language])
  return loaded?.language === language ? loaded.words : undefined
}
