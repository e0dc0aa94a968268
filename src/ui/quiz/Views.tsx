import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { PapersView, Span, TextView, View } from '../../quiz/view'
import { fieldsOf } from '../../quiz/view'
import { quiz } from '../../words/quiz-screens'
import { Doors } from './Doors'

interface ViewsProps {
  readonly views: readonly View[]
  /** The field to light. */
  readonly lit?: string
  /** What it is called where a page has several. */
  readonly name?: string
}

/** What an engineer sees: outputs of tools, papers, the picture of doors and windows. On phones a long row is folded. */
export function Views({ views, lit, name }: ViewsProps) {
  const narrow = useMemo(() => matchMedia('(max-width: 40rem)').matches, [])
  const folded = narrow ? foldedOf(views) : new Set()
  const light = lit === undefined ? {} : { lit }
  const place = useRef<HTMLElement>(null)
  // The views stay in sight while the page scrolls; of those taller than the page, what is lit does, or else their end.
  useLayoutEffect(() => {
    const element = place.current
    if (!element) return undefined
    const measure = () => {
      const mark = element.querySelector('mark, .lit')
      const { top, bottom } = element.getBoundingClientRect()
      const needed = (mark?.getBoundingClientRect().bottom ?? bottom) - top
      element.style.setProperty('--needed', `${needed}px`)
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [lit])
  return (
    <section
      class="sights"
      ref={place}
      aria-label={name ?? (lit === undefined ? quiz.round.views : quiz.round.viewsAfter)}
    >
      {views.map((view, index) => {
        const shown =
          view.kind === 'text' ? (
            <Terminal key={index} view={view} {...light} />
          ) : view.kind === 'papers' ? (
            <Papers key={index} view={view} {...light} />
          ) : (
            <Doors key={index} machine={view.machine} {...light} />
          )
        if (!folded.has(view) || (lit !== undefined && fieldsOf(view).includes(lit))) return shown
        return (
          <details key={index} class="folded">
            <summary class={view.kind === 'text' ? 'mono' : ''}>
              {view.kind === 'text' ? view.command : quiz.round.doors}
            </summary>
            {shown}
          </details>
        )
      })}
    </section>
  )
}

/** What a phone shows at once, in lines. */
const ENOUGH = 24

/** About how many lines of a phone a view takes. */
function linesOf(view: View): number {
  if (view.kind === 'papers') return view.rows.length + 1
  if (view.kind === 'doors') return 8 + 2 * view.machine.sockets.length
  const columns = inColumns(view)
  return 2 + view.lines.reduce((sum, line) => sum + (columns ? 1 : Math.ceil(textOf(line).length / 36)), 0)
}

/** The views to fold so that the rest fits: tables that the picture of doors shows as well, then the last ones. */
function foldedOf(views: readonly View[]): ReadonlySet<View> {
  const folded = new Set<View>()
  const pictured = views.some(({ kind }) => kind === 'doors')
  const tables = views.filter((view) => pictured && view.kind === 'text' && inColumns(view))
  const order = [...tables, ...views.slice(1).toReversed()]
  for (const view of order) {
    const rest = views.filter((one) => !folded.has(one)).reduce((sum, one) => sum + linesOf(one), 0)
    if (rest > ENOUGH) folded.add(view)
  }
  return folded
}

const textOf = (line: TextView['lines'][number]): string => line.map(({ text }) => text).join('')

/** From here on a line that has one gap only is a sentence, and no row of a table. */
const SENTENCE = 90

/** True for what stands in columns: it may not wrap. */
function inColumns({ lines }: TextView): boolean {
  const texts = lines.map(textOf)
  const gaps = texts.map((text) => text.trimStart().match(/\S {2,}(?=\S)/g)?.length ?? 0)
  const rows = (least: number) => gaps.filter((count) => count >= least).length
  if (rows(2) > 1 || (lines.length > 1 && rows(3) > 0)) return true
  const spread = texts.some((text) => /\S {4,}\S/.test(text))
  return (rows(1) > 1 || spread) && texts.every(({ length }) => length <= SENTENCE)
}

/** Lines that may wrap ask for no more width than this, in characters, and are written a little larger. */
const WIDE = 52
const LARGER = 1.08

/** How many characters wide a tool's output wants to be. */
function widthOf(view: TextView): number {
  const longest = Math.max(...view.lines.map((line) => textOf(line).length))
  return inColumns(view) ? longest : Math.min(WIDE, longest) * LARGER
}

/** How many characters wide the views want to be. */
export const widestOf = (views: readonly View[]): number =>
  Math.max(0, ...views.flatMap((view) => (view.kind === 'text' ? [widthOf(view)] : [])))

/** The spaces before a line, a tab as two, and the line without them: wrapped, it hangs behind its own beginning. */
function indented(line: TextView['lines'][number]): { readonly indent: number; readonly spans: readonly Span[] } {
  const [first, ...others] = line
  const blank = /^\s*/.exec(first?.text ?? '')?.[0] ?? ''
  if (!first || blank === '') return { indent: 0, spans: line }
  return {
    indent: blank.replaceAll('\t', '  ').length,
    spans: [{ ...first, text: first.text.slice(blank.length) }, ...others],
  }
}

/** What a tool prints. Columns stay columns and scroll inside their box; other lines wrap. */
function Terminal({ view, lit }: { readonly view: TextView; readonly lit?: string }) {
  const box = useRef<HTMLPreElement>(null)
  const [scrolls, setScrolls] = useState(false)
  const columns = inColumns(view)
  useLayoutEffect(() => {
    const element = box.current
    if (!element) return undefined
    const measure = () => setScrolls(element.scrollWidth > element.clientWidth)
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    return () => observer.disconnect()
  }, [view])
  return (
    <figure class="terminal" style={{ '--chars': widthOf(view) }}>
      <figcaption class="mono">
        <span aria-hidden="true">$ </span>
        {view.command}
      </figcaption>
      <pre
        ref={box}
        class={`mono ${columns ? 'columns' : 'lines'}`}
        {...(scrolls && { tabIndex: 0, role: 'group', 'aria-label': view.command })}
      >
        {view.lines.map((line, row) => {
          const { indent, spans } = columns ? { indent: 0, spans: line } : indented(line)
          return (
            <span key={row} class="line-of" style={{ '--indent': indent }}>
              {spans.map(({ text, field }, index) =>
                field !== undefined && field === lit ? (
                  <mark key={index}>{text}</mark>
                ) : (
                  <span key={index}>{text}</span>
                ),
              )}
              {'\n'}
            </span>
          )
        })}
      </pre>
    </figure>
  )
}

function Papers({ view, lit }: { readonly view: PapersView; readonly lit?: string }) {
  return (
    <dl class="facts">
      {view.rows.map(({ field, name, value }) => (
        <div key={field} class={field === lit ? 'lit' : ''}>
          <dt>{name}</dt>
          <dd class="mono">{field === lit ? <mark>{value}</mark> : value}</dd>
        </div>
      ))}
    </dl>
  )
}
