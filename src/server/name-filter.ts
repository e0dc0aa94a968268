import naughty from 'naughty-words/es.json' with { type: 'json' }
import { DataSet, englishDataset, englishRecommendedTransformers, parseRawPattern, RegExpMatcher } from 'obscenity'
import { tidyName } from '../room/name'

/** Spanish words that nobody puts on the wall, as the matcher reads a name: small letters without marks. */
const spanish = new DataSet<{ originalWord: string }>()
for (const listed of naughty) {
  const word = listed.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  // As whole words: parts of them are in good ones.
  if (/^[a-z ]+$/.test(word))
    spanish.addPhrase((phrase) => phrase.setMetadata({ originalWord: word }).addPattern(parseRawPattern(`|${word}|`)))
}

const matchers = [
  new RegExpMatcher({ ...englishDataset.build(), ...englishRecommendedTransformers }),
  new RegExpMatcher({ ...spanish.build(), ...englishRecommendedTransformers }),
]

/** The name as it may stand on the wall; undefined if it is nothing to read or nothing for a class. */
export function fitName(wanted: string): string | undefined {
  const name = tidyName(wanted)
  return name !== undefined && matchers.every((matcher) => !matcher.hasMatch(name)) ? name : undefined
}
