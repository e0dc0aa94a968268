import type { MisconceptionId } from '../lessons/misconception'
import type { Answer, Body, Typed } from './question'

/** What an answer is worth, and which ideas it shows. */
export interface Marked {
  readonly right: boolean
  readonly misconceptions: readonly MisconceptionId[]
  /** False when a typed text cannot be read as what was asked: ask again, nothing is lost. */
  readonly readable: boolean
}

const PORT = /^(?:(?:tcp|udp)\s*[/:\s]\s*)?:?(\d{1,3}(?:[,.'\u202f\u00a0 ]\d{3})*|\d+)(?:\s*\/\s*(?:tcp|udp))?$/i
const NUMBER = /^[+]?(\d{1,3}(?:[,.'\u202f\u00a0 ]\d{3})+|\d+)$/

/**
 * What was typed in its one form, or undefined if it cannot be read: `443`, `tcp/443`, `443/tcp`, `:443` and `65,535` are
 * numbers; a text is compared without surrounding spaces, doubled spaces and capitals.
 */
export function readTyped(expects: Typed, text: string): string | undefined {
  const trimmed = text.trim()
  if (expects === 'text') return trimmed === '' ? undefined : trimmed.replaceAll(/\s+/g, ' ').toLowerCase()
  const digits = (expects === 'port' ? PORT : NUMBER).exec(trimmed)?.[1]?.replaceAll(/\D/g, '')
  return digits === undefined || digits.length > 15 ? undefined : String(Number(digits))
}

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)]
const sameSet = (a: readonly string[], b: readonly string[]) =>
  new Set(a).size === new Set(b).size && a.every((item) => b.includes(item))

/** Marks an answer against a question's body. An answer of another kind is not readable. */
export function mark(body: Body, answer: Answer): Marked {
  const unreadable: Marked = { right: false, misconceptions: [], readable: false }
  const wrong = (misconceptions: readonly (MisconceptionId | undefined)[]): Marked => ({
    right: false,
    misconceptions: unique(misconceptions.filter((id) => id !== undefined)),
    readable: true,
  })
  const right: Marked = { right: true, misconceptions: [], readable: true }
  switch (body.kind) {
    case 'choose':
    case 'predict': {
      if (answer.kind !== 'choose' && answer.kind !== 'predict') return unreadable
      const option = body.options.find(({ means }) => means === answer.means)
      return option ? (option.right ? right : wrong([option.misconception])) : unreadable
    }
    case 'several': {
      if (answer.kind !== 'several') return unreadable
      const chosen = body.options.filter(({ means }) => answer.means.includes(means))
      const missed = body.options.filter((option) => option.right && !chosen.includes(option))
      const extra = chosen.filter((option) => !option.right)
      if (missed.length === 0 && extra.length === 0) return right
      const trap = body.traps.find((one) => sameSet(one.answer, answer.means))
      return wrong(trap ? [trap.misconception] : [...extra, ...missed].map(({ misconception }) => misconception))
    }
    case 'type': {
      if (answer.kind !== 'type') return unreadable
      const given = readTyped(body.expects, answer.text)
      if (given === undefined) return unreadable
      if ([body.answer, ...body.alsoRight].some((text) => readTyped(body.expects, text) === given)) return right
      return wrong([body.traps.find((trap) => readTyped(body.expects, trap.answer) === given)?.misconception])
    }
    case 'order': {
      if (answer.kind !== 'order') return unreadable
      const same = (order: readonly string[]) => order.join('\n') === answer.means.join('\n')
      return [body.order, ...body.alsoRight].some(same)
        ? right
        : wrong([body.traps.find((trap) => same(trap.answer))?.misconception])
    }
    case 'match': {
      if (answer.kind !== 'match') return unreadable
      const has = (left: string, to: string) => answer.pairs.some(([a, b]) => a === left && b === to)
      if (body.pairs.every(([a, b]) => has(a, b))) return right
      return wrong(body.traps.filter(({ answer: [a, b] }) => has(a, b)).map(({ misconception }) => misconception))
    }
  }
}
