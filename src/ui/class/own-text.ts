import { useEffect, useState } from 'preact/hooks'
import type { Inline, Rich } from '../../exchange/rich'
import type { BlindQuestion } from '../../room/blind'
import { ownBody } from '../../room/blind'
import type { Solved } from '../../room/view'
import type { Body, Item } from '../../quiz/question'
import type { OwnQuestion } from '../../quiz/set'

/** How a teacher's Markdown is read. It is fetched when the first own question comes. */
type Read = (typeof import('../../exchange/markdown'))['readMarkdown']

let reader: Read | undefined

/** Reads Markdown once that is there; undefined until then, and where it is not needed. */
export function useMarkdown(needed: boolean): Read | undefined {
  const [read, setRead] = useState<{ readonly read: Read | undefined }>({ read: reader })
  useEffect(() => {
    if (!needed || read.read) return
    const fetched = import('../../exchange/markdown').then((module) => (reader = module.readMarkdown))
    // Without it the text is shown as it was written.
    fetched.then((one) => setRead({ read: one })).catch(() => undefined)
  }, [needed])
  return read.read
}

const saidOf = (part: Inline): string => {
  switch (part.kind) {
    case 'code':
      return `\`${part.text}\``
    case 'text':
    case 'image':
      return part.text
    case 'break':
      return ' '
    default:
      return part.of.map(saidOf).join('')
  }
}

const lineOf = (rich: Rich): string =>
  rich
    .map((block) =>
      block.kind === 'paragraph'
        ? block.of.map(saidOf).join('')
        : block.kind === 'lines'
          ? `\`${block.text}\``
          : block.items.map(lineOf).join(', '),
    )
    .join(' ')

/** Markdown as one line of text with code between backticks, as options are written. */
export const asLine = (text: string, read: Read | undefined): string => (read ? lineOf(read(text)) || text : text)

const withLines = <One extends Item>(items: readonly One[], read: Read): One[] =>
  items.map((item) => ({ ...item, text: asLine(item.text, read) }))

/** The body of an own question with its Markdown read. */
export function readBody(body: Body, read: Read | undefined): Body {
  if (!read || !('options' in body)) return body
  return { ...body, options: withLines(body.options, read) }
}

/** A question as it stands on a screen: blind, or with its answer. */
export interface Readable {
  readonly own: OwnQuestion | undefined
  readonly stem: string
  /** The stem of an own question with its form. */
  readonly rich: Rich | undefined
  readonly body: Body
}

/** What stands on the screen of a blind question, and of the same question once its answer may be seen. */
export function readable(
  question: BlindQuestion,
  solved: Solved | undefined,
  images: boolean,
  read: Read | undefined,
): Readable {
  const own = solved && 'own' in solved ? solved.own : undefined
  const body = own ? ownBody(own) : solved && 'question' in solved ? solved.question.body : question.body
  return {
    own,
    stem: question.stem,
    rich: question.own && read ? read(question.stem, { images }) : undefined,
    body: question.own ? readBody(body, read) : body,
  }
}
