import type { Token } from 'markdown-it'
import MarkdownIt from 'markdown-it'
import type { Block, Inline, Rich } from './rich'
import { asLines, asParagraph, joined, plainText, toPlain } from './rich'

/** HTML, headings, tables and the like are no part of a question: they stay the text that was typed. */
const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false }).disable([
  'table',
  'blockquote',
  'hr',
  'reference',
  'html_block',
  'heading',
  'lheading',
  'strikethrough',
  'autolink',
  'html_inline',
])

/** How much Markdown may do. */
export interface Allowed {
  /** Whether pictures are shown; without, what they show is said in words. */
  readonly images: boolean
}

const WORDS_ONLY: Allowed = { images: false }

const isLink = (to: string) => /^(?:https?:|mailto:)/i.test(to)
const isImage = (from: string) => /^https:\/\//i.test(from)

/** Takes tokens up to the one that closes what was opened before `at`; returns where that one is. */
function inlines(tokens: readonly Token[], at: number, allowed: Allowed): { of: Inline[]; end: number } {
  const of: Inline[] = []
  let index = at
  for (; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token || token.nesting < 0) break
    if (token.nesting > 0) {
      const inner = inlines(tokens, index + 1, allowed)
      index = inner.end
      const to = String(token.attrGet('href') ?? '')
      if (inner.of.length === 0) continue
      if (token.type === 'strong_open') of.push({ kind: 'strong', of: inner.of })
      else if (token.type === 'em_open') of.push({ kind: 'emphasis', of: inner.of })
      else if (isLink(to)) of.push({ kind: 'link', to, of: inner.of })
      else of.push(...inner.of)
    } else if (token.type === 'code_inline')
      of.push({ kind: token.content.trim() === '' ? 'text' : 'code', text: token.content })
    else if (token.type === 'softbreak' || token.type === 'hardbreak') of.push({ kind: 'break' })
    else if (token.type === 'image') {
      const text = markdown.renderer.renderInlineAsText(token.children ?? [], markdown.options, {})
      const from = String(token.attrGet('src') ?? '')
      of.push(allowed.images && isImage(from) ? { kind: 'image', from, text } : { kind: 'text', text })
    } else of.push({ kind: 'text', text: token.content })
  }
  return { of: joined(of), end: index }
}

/** A list that does not begin with 1 keeps its numbers as text. */
function listOf(first: number | undefined, items: readonly Rich[]): Block[] {
  if (first === undefined || first === 1) return [{ kind: 'list', ordered: first === 1, items }]
  return items.flatMap((item, index): Block[] => {
    const number: Inline = { kind: 'text', text: `${first + index}. ` }
    const [head, ...rest] = item
    return head?.kind === 'paragraph'
      ? [{ kind: 'paragraph', of: joined([number, ...head.of]) }, ...rest]
      : [{ kind: 'paragraph', of: [number] }, ...item]
  })
}

function blocks(tokens: readonly Token[], at: number, allowed: Allowed): { rich: Block[]; end: number } {
  const rich: Block[] = []
  let index = at
  for (; index < tokens.length; index++) {
    const token = tokens[index]
    if (!token || token.nesting < 0) break
    if (token.type === 'inline') rich.push(...asParagraph(inlines(token.children ?? [], 0, allowed).of))
    else if (token.type === 'fence' || token.type === 'code_block') rich.push(...asLines(token.content))
    else if (token.type === 'bullet_list_open' || token.type === 'ordered_list_open') {
      const items: Rich[] = []
      for (index++; tokens[index]?.type === 'list_item_open'; index++) {
        const item = blocks(tokens, index + 1, allowed)
        items.push(item.rich)
        index = item.end
      }
      rich.push(...listOf(token.type === 'bullet_list_open' ? undefined : Number(token.attrGet('start') ?? 1), items))
    } else if (token.nesting > 0) {
      const inner = blocks(tokens, index + 1, allowed)
      rich.push(...inner.rich)
      index = inner.end
    }
  }
  return { rich, end: index }
}

/** Control characters have no place in a text; some would be lost on the way through Markdown. */
const printable = (text: string): string => text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, ' ')

/** Reads Markdown: paragraphs, line breaks as typed, emphasis, code, lists, links, and pictures if they are allowed. */
export const readMarkdown = (text: string, allowed: Allowed = WORDS_ONLY): Rich =>
  blocks(markdown.parse(printable(text), {}), 0, allowed).rich

/** Reads one line of Markdown, as in an option: no lists, no blocks. */
export function readLine(text: string, allowed: Allowed = WORDS_ONLY): Rich {
  const [token] = markdown.parseInline(printable(text).trim(), {})
  return [...asParagraph(inlines(token?.children ?? [], 0, allowed).of)]
}

const entity = (character: string) => `&#${character.codePointAt(0) ?? 32};`

/** A text so that Markdown reads it as itself; `starts` if it may begin a line. */
function escaped(text: string, starts: boolean, ends: boolean): string {
  let said = text
    .replaceAll(/[\\`*_[\]!|]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[\n\r\t\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/g, entity)
  if (starts)
    said = said
      .replace(/^[ =~]+/, (found) => found.replaceAll(/./g, entity))
      .replace(/^[#:+-]/, String.raw`\$&`)
      .replace(/^(\d{1,9})([.)])/, String.raw`$1\$2`)
  return ends ? said.replace(/ +$/, (found) => entity(' ').repeat(found.length)) : said
}

/** A run of backticks that the text does not have. */
function fence(text: string, least: number): string {
  const longest = [...text.matchAll(/`+/g)].reduce((length, [run]) => Math.max(length, run.length), 0)
  return '`'.repeat(Math.max(least, longest + 1))
}

function codeSpan(text: string): string {
  const marks = fence(text, 1)
  const pad = /^[ `]|[ `]$/.test(text) ? ' ' : ''
  return marks + pad + text + pad + marks
}

interface Marks {
  readonly emphasis: string
  readonly strong: string
}
const PLAIN: Marks = { emphasis: '*', strong: '**' }
const GUARDED: Marks = { emphasis: '_', strong: '**' }
const OTHER: Readonly<Record<string, string>> = { '*': '_', _: '*', '**': '__', __: '**' }

/** The marks within something that is stressed so. */
const inside = (marks: Marks, kind: 'emphasis' | 'strong'): Marks =>
  marks === PLAIN ? PLAIN : { ...marks, [kind]: OTHER[marks[kind]] ?? '' }

const isStressed = (part: Inline | undefined) => part?.kind === 'strong' || part?.kind === 'emphasis'

/**
 * Whether asterisks begin or end emphasis depends on the letters and signs beside them (CommonMark 0.31, section 6.2). Where they
 * do not, the letter beside a mark is written as an entity, which ends with a sign, and neighbours have different `marks`.
 * `begins` and `ends` say whether what is written stands at the beginning or end of a line.
 */
function writeInlines(parts: readonly Inline[], begins: boolean, ends: boolean, marks: Marks): string {
  const beside = (text: string, index: number) => {
    if (marks === PLAIN) return text
    const after = isStressed(parts[index - 1]) ? text.replace(/^[\p{L}\p{N}]/u, entity) : text
    return isStressed(parts[index + 1]) ? after.replace(/[\p{L}\p{N}]$/u, entity) : after
  }
  return parts
    .map((part, index): string => {
      const starts = index === 0 ? begins : parts[index - 1]?.kind === 'break'
      const stops = index === parts.length - 1 ? ends : parts[index + 1]?.kind === 'break'
      switch (part.kind) {
        case 'text':
          return beside(escaped(part.text, starts, stops), index)
        case 'code':
          return codeSpan(part.text)
        case 'strong':
          return marks.strong + writeInlines(part.of, false, false, inside(marks, 'strong')) + marks.strong
        case 'emphasis':
          return marks.emphasis + writeInlines(part.of, false, false, inside(marks, 'emphasis')) + marks.emphasis
        case 'link':
          return `[${writeInlines(part.of, false, false, marks)}](<${part.to}>)`
        case 'image':
          return `![${escaped(part.text, false, false)}](<${part.from}>)`
        case 'break':
          return '\n'
      }
    })
    .join('')
}

const indented = (text: string, by: number) => text.replaceAll(/\n(?=[^\n])/g, `\n${' '.repeat(by)}`)

function writeBlock(block: Block, again: boolean, marks: Marks): string {
  if (block.kind === 'paragraph') return writeInlines(block.of, true, true, marks)
  if (block.kind === 'lines') {
    const marks = fence(block.text, 3)
    return `${marks}\n${block.text}\n${marks}`
  }
  return block.items
    .map((item, index) => {
      const mark = block.ordered ? `${index + 1}${again ? ')' : '.'}` : again ? '*' : '-'
      return `${mark} ${indented(writeBlocks(item, marks), mark.length + 1)}`
    })
    .join('\n')
}

function writeBlocks(rich: Rich, marks = PLAIN): string {
  // Two lists in a row are two lists only if their marks differ.
  let again = false
  return rich
    .map((block, index) => {
      const before = rich[index - 1]
      again = block.kind === 'list' && before?.kind === 'list' && before.ordered === block.ordered && !again
      return writeBlock(block, again, marks)
    })
    .join('\n\n')
}

const unstressed = (parts: readonly Inline[]): Inline[] =>
  joined(
    parts.flatMap((part): readonly Inline[] => {
      if (part.kind === 'strong' || part.kind === 'emphasis') return unstressed(part.of)
      return [part.kind === 'link' ? { ...part, of: unstressed(part.of) } : part]
    }),
  )

const withoutStress = (rich: Rich): Rich =>
  rich.map((block): Block => {
    if (block.kind === 'paragraph') return { ...block, of: unstressed(block.of) }
    return block.kind === 'list' ? { ...block, items: block.items.map((item) => withoutStress(item)) } : block
  })

/** Plain text in paragraphs, its line breaks kept. */
export const paragraphs = (text: string): Rich =>
  text
    .split(/\n[^\S\n]*\n\s*/)
    .flatMap((part) =>
      asParagraph(
        part
          .split('\n')
          .flatMap((line, index): Inline[] => [
            ...(index > 0 ? [{ kind: 'break' } as const] : []),
            { kind: 'text', text: line },
          ]),
      ),
    )

const ALL: Allowed = { images: true }

function writeChecked(rich: Rich, read: (text: string, allowed: Allowed) => Rich): string {
  for (const [wanted, marks] of [
    [rich, PLAIN] as const,
    [rich, GUARDED] as const,
    [withoutStress(rich), PLAIN] as const,
  ]) {
    const text = writeBlocks(wanted, marks)
    if (JSON.stringify(read(text, ALL)) === JSON.stringify(wanted)) return text
  }
  return writeBlocks(paragraphs(toPlain(rich)))
}

/**
 * The text as Markdown that reads back as the same. Emphasis that Markdown cannot write where it stands is left out; no
 * word ever is.
 */
export const writeMarkdown = (rich: Rich): string => writeChecked(rich, readMarkdown)

/** The text as one line of Markdown, as in an option. */
export const writeLine = (rich: Rich): string =>
  writeChecked(rich.length === 1 && rich[0]?.kind === 'paragraph' ? rich : plainText(toPlain(rich)), readLine)
