import { questions } from './en/questions'
import { misconceptions } from './en/misconceptions'
import { teach } from './en/teach'
import type { Language } from './language'

const en = { questions, misconceptions, sheet: teach.sheet }

/** The words that the questions of a set are made of. They are the set's own language, not that of the interface. */
export type SetWords = typeof en

const LOADERS: Readonly<Record<Language, () => Promise<SetWords>>> = {
  en: () => Promise.resolve(en),
  es: async () => {
    const [questions, misconceptions, words] = await Promise.all([
      import('./es/questions'),
      import('./es/misconceptions'),
      import('./es/teach'),
    ])
    return { ...questions, ...misconceptions, sheet: words.teach.sheet }
  },
}

/** Fetches the words for sets in a language. */
export const setWords = (language: Language): Promise<SetWords> => LOADERS[language]()
