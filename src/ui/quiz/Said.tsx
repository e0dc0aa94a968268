import type { Piece } from '../../quiz/contrast'

/** A text with code between backticks; pieces that are lit stand out. */
export function Said({ text }: { readonly text: string | readonly Piece[] }) {
  const pieces = typeof text === 'string' ? [{ text, lit: false }] : text
  let code = false
  const parts = pieces.flatMap(({ text: whole, lit }) =>
    whole.split('`').map((part, index) => {
      if (index > 0) code = !code
      return { part, lit, code }
    }),
  )
  return (
    <>
      {parts.map(({ part, lit, code: isCode }, index) => {
        if (part === '') return null
        const said = lit ? <mark>{part}</mark> : part
        return isCode ? <code key={index}>{said}</code> : <span key={index}>{said}</span>
      })}
    </>
  )
}
