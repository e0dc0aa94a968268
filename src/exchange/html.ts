import { Parser } from 'htmlparser2'
import { paragraphs } from './markdown'
import type { Block, Inline, Rich } from './rich'
import { asLines, asParagraph } from './rich'

const STRESS: Readonly<Record<string, 'strong' | 'emphasis'>> = {
  b: 'strong',
  strong: 'strong',
  i: 'emphasis',
  em: 'emphasis',
}
const CODE = new Set(['code', 'tt', 'kbd', 'samp', 'var'])
/** Elements that begin and end a paragraph. */
const BLOCK = new Set(
  'p div section article header footer blockquote table tbody thead tr dl dt dd h1 h2 h3 h4 h5 h6 hr form fieldset'.split(
    ' ',
  ),
)
const LIST = new Set(['ul', 'ol'])
const KNOWN = new Set([
  ...BLOCK,
  ...LIST,
  ...CODE,
  ...Object.keys(STRESS),
  ...'pre li br a img span font u s sub sup small big q td th caption label center html body head'.split(' '),
])
/** Elements of which nothing is shown. */
const HIDDEN = new Set(['script', 'style', 'template', 'iframe', 'object'])

/** How deep elements may stand in one another; what is deeper is as if it stood there. */
const DEEPEST = 20

/** What is being put together: a list of blocks, the paragraph that is open, and the stresses around it. */
interface Frame {
  readonly element: string
  readonly blocks: Block[]
  readonly ordered: boolean
  readonly items: Rich[]
}

/**
 * Reads the HTML of somebody's question: paragraphs, stress, code, lists, links and pictures. Other elements are left away
 * and their text stays; what is no element of HTML (`<none>`) is text. Scripts and styles are dropped.
 */
function readHtml(html: string): Rich {
  const frames: Frame[] = [{ element: '', blocks: [], ordered: false, items: [] }]
  const around: {
    readonly element: string
    readonly kind: 'strong' | 'emphasis' | 'code' | 'link'
    readonly to: string
  }[] = []
  let open: Inline[] = []
  let lines: string | undefined
  let hidden = 0

  const frame = (): Frame => frames.at(-1) ?? { element: '', blocks: [], ordered: false, items: [] }
  /** Every run of text carries its stresses; neighbours with the same ones are put together in the end. */
  const add = (part: Inline) => {
    const dressed = around.toReversed().reduce<Inline>((inner, { kind, to }) => {
      if (kind === 'code') return inner.kind === 'text' ? { kind: 'code', text: inner.text } : inner
      return kind === 'link' ? { kind, to, of: [inner] } : { kind, of: [inner] }
    }, part)
    open.push(dressed)
  }
  const close = () => {
    frame().blocks.push(...asParagraph(open))
    open = []
  }

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (HIDDEN.has(name)) hidden += 1
        if (hidden > 0) return
        if (lines !== undefined) {
          if (name === 'br') lines += '\n'
          return
        }
        if (!KNOWN.has(name)) return add({ kind: 'text', text: html.slice(parser.startIndex, parser.endIndex + 1) })
        if (name === 'br') return add({ kind: 'break' })
        if (name === 'pre') {
          close()
          lines = ''
        } else if (LIST.has(name) && frames.length < DEEPEST) {
          close()
          frames.push({ element: name, blocks: [], ordered: name === 'ol', items: [] })
        } else if (name === 'li') endItem()
        else if (BLOCK.has(name)) close()
        else if (name === 'td' || name === 'th') add({ kind: 'text', text: ' ' })
        else if (name === 'img') {
          const { src = '', alt = '' } = attributes
          add(src.startsWith('https://') ? { kind: 'image', from: src, text: alt } : { kind: 'text', text: alt })
        } else if (around.length < DEEPEST) {
          const to = attributes['href'] ?? ''
          const stress = STRESS[name]
          if (stress) around.push({ element: name, kind: stress, to: '' })
          else if (CODE.has(name)) around.push({ element: name, kind: 'code', to: '' })
          else if (name === 'a' && /^(?:https?:|mailto:)/i.test(to) && !around.some(({ kind }) => kind === 'link'))
            around.push({ element: name, kind: 'link', to })
        }
      },
      onclosetag(name, implied) {
        if (HIDDEN.has(name)) {
          hidden = Math.max(0, hidden - 1)
          return
        }
        if (hidden > 0) return
        if (lines !== undefined) {
          if (name !== 'pre') return
          frame().blocks.push(...asLines(lines))
          lines = undefined
        } else if (!KNOWN.has(name)) {
          if (!implied) add({ kind: 'text', text: `</${name}>` })
        } else if (LIST.has(name) && frame().element === name) {
          endItem()
          const { ordered, items } = frame()
          frames.pop()
          if (items.length > 0) frame().blocks.push({ kind: 'list', ordered, items })
        } else if (BLOCK.has(name)) close()
        else {
          const at = around.findLastIndex((one) => one.element === name)
          if (at >= 0) around.splice(at, 1)
        }
      },
      ontext(text) {
        if (hidden > 0) return
        if (lines === undefined) add({ kind: 'text', text })
        else lines += text
      },
    },
    { recognizeSelfClosing: true },
  )

  function endItem() {
    close()
    const { element, blocks, items } = frame()
    if (element === '') return
    if (blocks.length > 0) items.push(blocks.splice(0))
  }

  parser.end(html)
  close()
  while (frames.length > 1) {
    endItem()
    const { ordered, items } = frame()
    frames.pop()
    if (items.length > 0) frame().blocks.push({ kind: 'list', ordered, items })
  }
  return frame().blocks
}

/** Text of a format that may hold HTML; without a tag or an entity it is plain text. */
export const readLoose = (text: string): Rich => (/[<&]/.test(text) ? readHtml(text) : paragraphs(text))
