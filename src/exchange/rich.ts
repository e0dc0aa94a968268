/**
 * Text with a little form, as questions have it: the only things that Markdown, HTML and paper are made from here. Whatever
 * else somebody writes stays plain text, so there is nothing to clean up afterwards.
 */
export type Rich = readonly Block[]

export type Block =
  | { readonly kind: 'paragraph'; readonly of: readonly Inline[] }
  /** Preformatted lines. */
  | { readonly kind: 'lines'; readonly text: string }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly items: readonly Rich[] }

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis'; readonly of: readonly Inline[] }
  /** To http, https or mailto only. */
  | { readonly kind: 'link'; readonly to: string; readonly of: readonly Inline[] }
  /** From https only. */
  | { readonly kind: 'image'; readonly from: string; readonly text: string }
  | { readonly kind: 'break' }

/** Puts neighbours of one kind together; white space is one space, as HTML and Markdown have it. */
export function joined(parts: readonly Inline[]): Inline[] {
  const all: Inline[] = []
  for (const part of parts) {
    const last = all.at(-1)
    const instead = (one: Inline) => all.splice(-1, 1, one)
    if ('text' in part && part.text === '') continue
    if ('of' in part && part.of.length === 0) continue
    if (part.kind === 'text') {
      const text = (last?.kind === 'text' ? last.text + part.text : part.text).replaceAll(/[\t\n\r ]+/g, ' ')
      if (last?.kind === 'text') instead({ kind: 'text', text })
      else all.push({ kind: 'text', text })
    } else if (part.kind === 'code' && last?.kind === 'code') instead({ kind: 'code', text: last.text + part.text })
    else if (part.kind === 'link' && last?.kind === 'link' && part.to === last.to)
      instead({ ...last, of: joined([...last.of, ...part.of]) })
    else if ((part.kind === 'strong' || part.kind === 'emphasis') && last?.kind === part.kind)
      instead({ kind: part.kind, of: joined([...last.of, ...part.of]) })
    else all.push(part)
  }
  return all
}

/** A paragraph of these parts: it begins and ends with something to read, and so does each of its lines. Of nothing none is made. */
export function asParagraph(parts: readonly Inline[]): readonly Block[] {
  const all = joined(parts)
  const isEdge = (index: number) => index < 0 || index >= all.length || all[index]?.kind === 'break'
  const trimmed = all.flatMap((part, index): readonly Inline[] => {
    if (part.kind !== 'text') return [part]
    const start = isEdge(index - 1) ? part.text.replace(/^ /, '') : part.text
    const text = isEdge(index + 1) ? start.replace(/ $/, '') : start
    return text === '' ? [] : [{ kind: 'text', text }]
  })
  const first = trimmed.findIndex(({ kind }) => kind !== 'break')
  const last = trimmed.findLastIndex(({ kind }) => kind !== 'break')
  return first < 0 ? [] : [{ kind: 'paragraph', of: trimmed.slice(first, last + 1) }]
}

/** A paragraph of the text as it is. */
export const plainText = (text: string): Rich =>
  text === '' ? [] : [{ kind: 'paragraph', of: [{ kind: 'text', text }] }]

/** A text of ours: what stands between backticks is code, everything else is as it is. */
export function codeText(text: string): Rich {
  const of = text
    .split('`')
    .map((part, index): Inline => ({ kind: index % 2 === 1 ? 'code' : 'text', text: part }))
    .filter((part) => !('text' in part) || part.text !== '')
  return of.length > 0 ? [{ kind: 'paragraph', of }] : []
}

/** Preformatted lines without blank ones around them. Of nothing but blanks none are made. */
export function asLines(lines: string): readonly Block[] {
  const text = lines.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
  return text === '' ? [] : [{ kind: 'lines', text }]
}

function plainInline(part: Inline): string {
  switch (part.kind) {
    case 'text':
    case 'code':
      return part.text
    case 'strong':
    case 'emphasis':
      return part.of.map((one) => plainInline(one)).join('')
    case 'link': {
      const text = part.of.map((one) => plainInline(one)).join('')
      return text === part.to ? text : `${text} (${part.to})`
    }
    case 'image':
      return part.text
    case 'break':
      return '\n'
  }
}

const plainBlock = (block: Block): string => {
  if (block.kind === 'lines') return block.text
  if (block.kind === 'paragraph') return block.of.map((part) => plainInline(part)).join('')
  return block.items
    .map((item, index) => {
      const mark = block.ordered ? `${index + 1}. ` : '- '
      return mark + toPlain(item).replaceAll('\n', `\n${' '.repeat(mark.length)}`)
    })
    .join('\n')
}

/** The text without its form, in as many lines as it takes. */
export const toPlain = (rich: Rich): string => rich.map((block) => plainBlock(block)).join('\n\n')

/**
 * The text on one line; undefined where that would change it: more than one preformatted line, a list, or a picture.
 */
export function toLine(rich: Rich): string | undefined {
  if (hasImage(rich)) return undefined
  const flat = rich.every((block) => block.kind !== 'list' && (block.kind !== 'lines' || !block.text.includes('\n')))
  if (!flat) return undefined
  return rich
    .map((block) => (block.kind === 'lines' ? block.text.trim() : plainBlock(block).replaceAll(/\s+/g, ' ').trim()))
    .join(' ')
}

const inlineImage = (part: Inline): boolean =>
  part.kind === 'image' || ('of' in part && part.of.some((one) => inlineImage(one)))

/** Whether a picture belongs to the text. */
export const hasImage = (rich: Rich): boolean =>
  rich.some((block) =>
    block.kind === 'list'
      ? block.items.some((item) => hasImage(item))
      : block.kind === 'paragraph' && block.of.some((part) => inlineImage(part)),
  )

/** Characters that XML 1.0 cannot hold at all. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu

/** The text for an element or attribute of XML or HTML. */
export const xmlText = (text: string): string =>
  text
    .replaceAll(NOT_XML, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')

function inlineHtml(part: Inline): string {
  const inside = (of: readonly Inline[]) => of.map((one) => inlineHtml(one)).join('')
  switch (part.kind) {
    case 'text':
      return xmlText(part.text)
    case 'code':
      return `<code>${xmlText(part.text)}</code>`
    case 'strong':
      return `<strong>${inside(part.of)}</strong>`
    case 'emphasis':
      return `<em>${inside(part.of)}</em>`
    case 'link':
      return `<a href="${xmlText(part.to)}">${inside(part.of)}</a>`
    case 'image':
      return `<img src="${xmlText(part.from)}" alt="${xmlText(part.text)}"/>`
    case 'break':
      return '<br/>'
  }
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${block.of.map((part) => inlineHtml(part)).join('')}</p>`
    case 'lines':
      return `<pre>${xmlText(block.text)}</pre>`
    case 'list': {
      const name = block.ordered ? 'ol' : 'ul'
      return `<${name}>${block.items.map((item) => `<li>${toInlineHtml(item)}</li>`).join('')}</${name}>`
    }
  }
}

/** The text as HTML that is XHTML too, in blocks. */
export const toHtml = (rich: Rich): string => rich.map((block) => blockHtml(block)).join('')

/** The text as HTML without a paragraph around it, where it is no more than one. */
export function toInlineHtml(rich: Rich): string {
  const [block, ...more] = rich
  return block?.kind === 'paragraph' && more.length === 0
    ? block.of.map((part) => inlineHtml(part)).join('')
    : toHtml(rich)
}
