import type { ComponentChildren } from 'preact'
import { endpointText } from '../../net/tuple'
import { baysOf } from '../../quiz/bays'
import type { Machine } from '../../quiz/machine'
import type { TextView, View } from '../../quiz/view'
import type { SetWords } from '../../words/set-words'
import type { Paper, Task } from '../../exchange/task'
import { ownViews } from '../../exchange/task'
import { RichLine, RichText } from './RichText'

type Words = SetWords['sheet']

interface SheetProps {
  readonly paper: Paper
  /** The seed that makes all variants again: that of the set, not of the variant. */
  readonly seed: number
  readonly words: Words
}

/** The letter of an option: A for the first. */
const letter = (index: number): string => String.fromCharCode(65 + index)

interface FramedProps extends SheetProps {
  readonly class: string
  readonly heading: string
  readonly children: ComponentChildren
}

/** A sheet whose footer stands on each of its pages: a table repeats it, in every browser. */
function Framed({ class: name, paper, seed, words, heading, children }: FramedProps) {
  return (
    <article class={`sheet ${name}`} aria-label={`${heading} ${words.variant(paper.variant)}`}>
      <table role="presentation">
        <tbody>
          <tr>
            <td>{children}</td>
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <td class="sheet-foot">{words.footer(paper.title.trim(), paper.variant, seed.toString(36))}</td>
          </tr>
        </tfoot>
      </table>
    </article>
  )
}

/** The questions, with room for the answers. */
export function Worksheet(props: SheetProps) {
  const { paper, words } = props
  return (
    <Framed class="worksheet" heading={paper.title} {...props}>
      <header class="sheet-head">
        <h2>{paper.title.trim() || words.variant(paper.variant)}</h2>
        <span class="sheet-variant">{words.variant(paper.variant)}</span>
        <p class="sheet-lines">
          <span>{words.name}</span>
          <i />
          <span>{words.date}</span>
          <i class="short" />
        </p>
      </header>
      <ol class="sheet-questions">
        {paper.tasks.map((task) => (
          <li key={task.number} class="sheet-question">
            <span class="sheet-number">{task.number}</span>
            <div class="sheet-task">
              <RichText rich={task.stem} />
              {ownViews(task.views).map((view, index) => (
                <Figure key={index} view={view} />
              ))}
              <Room task={task} words={words} />
            </div>
          </li>
        ))}
      </ol>
    </Framed>
  )
}

/** The answers with their reasons. */
export function AnswerSheet(props: SheetProps) {
  const { paper, words } = props
  return (
    <Framed class="answer-sheet" heading={words.answerSheet} {...props}>
      <header class="sheet-head">
        <h2>
          {words.answerSheet}: {paper.title.trim()}
        </h2>
        <span class="sheet-variant">{words.variant(paper.variant)}</span>
      </header>
      <ol class="sheet-questions">
        {paper.tasks.map((task) => (
          <li key={task.number} class="sheet-question">
            <span class="sheet-number">{task.number}</span>
            <div class="sheet-task">
              <p class="sheet-answer">
                <Answer task={task} words={words} />
              </p>
              <RichText rich={task.explanation} />
              {task.source && <p class="sheet-source">{words.source(task.source)}</p>}
            </div>
          </li>
        ))}
      </ol>
    </Framed>
  )
}

function Answer({ task: { body }, words }: { readonly task: Task; readonly words: Words }) {
  switch (body.kind) {
    case 'choose':
    case 'several':
      return (
        <>
          {body.options.map(({ text, right }, index) =>
            right ? (
              <span key={index} class="sheet-solution">
                <b>{letter(index)}</b> <RichLine rich={text} />
              </span>
            ) : null,
          )}
        </>
      )
    case 'type':
      return (
        <b>
          {body.entries
            .filter(({ right }) => right)
            .map(({ text }) => text)
            .join(' / ')}
        </b>
      )
    case 'order':
      return (
        <>
          {body.order.map((place, index) => (
            <span key={place} class="sheet-solution">
              <b>{index + 1}</b> <RichLine rich={body.items[place] ?? []} />
            </span>
          ))}
          {body.items.map((item, index) =>
            body.order.includes(index) ? null : (
              <span key={index} class="sheet-solution">
                <b>–</b> <RichLine rich={item} /> ({words.nowhere})
              </span>
            ),
          )}
        </>
      )
    case 'match':
      return (
        <>
          {body.left.map((left, index) => (
            <span key={index} class="sheet-solution">
              <b>{letter(body.pairs[index] ?? 0)}</b> <RichLine rich={left} />
            </span>
          ))}
        </>
      )
  }
}

/** Where the learner answers. */
function Room({ task: { body }, words }: { readonly task: Task; readonly words: Words }) {
  switch (body.kind) {
    case 'choose':
    case 'several':
      return (
        <>
          {body.kind === 'several' && <p class="sheet-how">{words.chooseAll}</p>}
          <ol class={`sheet-options ${body.kind}`}>
            {body.options.map(({ text }, index) => (
              <li key={index}>
                <i class="box" />
                <b>{letter(index)}</b>
                <span>
                  <RichLine rich={text} />
                </span>
              </li>
            ))}
          </ol>
        </>
      )
    case 'type':
      return (
        <p class="sheet-lines">
          <span>{words.answer}</span>
          <i class="short" />
        </p>
      )
    case 'order':
      return (
        <>
          <p class="sheet-how">{words.numberItems}</p>
          <ul class="sheet-options">
            {body.items.map((item, index) => (
              <li key={index}>
                <i class="blank" />
                <span>
                  <RichLine rich={item} />
                </span>
              </li>
            ))}
          </ul>
        </>
      )
    case 'match':
      return (
        <>
          <p class="sheet-how">{words.writeLetters}</p>
          <div class="sheet-match">
            <ul class="sheet-options">
              {body.left.map((item, index) => (
                <li key={index}>
                  <i class="blank" />
                  <span>
                    <RichLine rich={item} />
                  </span>
                </li>
              ))}
            </ul>
            <ol class="sheet-options">
              {body.right.map((item, index) => (
                <li key={index}>
                  <b>{letter(index)}</b>
                  <span>
                    <RichLine rich={item} />
                  </span>
                </li>
              ))}
            </ol>
          </div>
        </>
      )
  }
}

const lineText = (line: TextView['lines'][number]) => line.map(({ text }) => text).join('')

/** A view in black on white. */
function Figure({ view }: { readonly view: View }) {
  switch (view.kind) {
    case 'text': {
      const lines = view.lines.map((line) => lineText(line))
      // Columns stay columns, so their letters get as small as the longest line needs.
      const inColumns = lines.filter((line) => /\S {2,}\S/.test(line)).length > 1
      const widest = Math.max(...lines.map((line) => line.length), 1)
      return (
        <figure class="sheet-terminal">
          {view.command && <figcaption>$ {view.command}</figcaption>}
          <pre class={inColumns ? 'columns' : ''} style={{ '--chars': widest }}>
            {lines.join('\n')}
          </pre>
        </figure>
      )
    }
    case 'papers':
      return (
        <dl class="sheet-facts">
          {view.rows.map(({ field, name, value }) => (
            <div key={field}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )
    case 'doors':
      return <PaperDoors machine={view.machine} />
  }
}

/** The picture of doors and windows in ink: a lit lamp is a full circle, a window a box with who is behind it. */
function PaperDoors({ machine }: { readonly machine: Machine }) {
  return (
    <figure class="sheet-doors">
      <figcaption>{[machine.name, ...machine.addresses].join('  ')}</figcaption>
      <div>
        {baysOf(machine).map(({ id, kind, port, protocol, address, program, windows }) => (
          <div key={id} class={`sheet-bay ${kind}`}>
            <span class="sheet-door">
              <i class={kind === 'listening' ? 'lamp lit' : 'lamp'} />
              <b>
                {port}/{protocol}
              </b>
              {kind === 'listening' && (
                <small>
                  {address} {program}
                </small>
              )}
            </span>
            {windows.map((socket) => (
              <span key={socket.id} class="sheet-window">
                {socket.peer && endpointText(socket.peer)} {socket.state !== 'ESTAB' && socket.state}
              </span>
            ))}
          </div>
        ))}
      </div>
    </figure>
  )
}
