import type { Choice, Task } from '../../exchange/task'
import { ownViews } from '../../exchange/task'
import { teach } from '../../words/teach'
import { Views } from '../quiz/Views'
import { RichLine, RichText } from './RichText'

/** A question with its answer, as a teacher looks at it. */
export function TaskView({ task }: { readonly task: Omit<Task, 'number'> }) {
  const { stem, views, explanation, source } = task
  return (
    <div class="task">
      <div class="task-paper">
        <div class="task-stem">
          <RichText rich={stem} />
        </div>
        <Solution task={task} />
        {(explanation.length > 0 || source) && (
          <div class="task-why">
            <strong>{teach.item.explanation}</strong>
            <RichText rich={explanation} />
            {source && <cite>{source}</cite>}
          </div>
        )}
      </div>
      {views.length > 0 && <Views views={ownViews(views)} />}
    </div>
  )
}

function Solution({ task: { body } }: { readonly task: Omit<Task, 'number'> }) {
  switch (body.kind) {
    case 'choose':
    case 'several':
      return <Options options={body.options} />
    case 'type':
      return (
        <ul class="task-options">
          {body.entries.map(({ text, right, feedback }) => (
            <li key={text} class={right ? 'right' : 'wrong'}>
              <Mark right={right} />
              <span class="mono">{text}</span>
              {feedback.length > 0 && (
                <span class="task-feedback">
                  <RichLine rich={feedback} />
                </span>
              )}
            </li>
          ))}
        </ul>
      )
    case 'order':
      return (
        <ol class="task-order">
          {body.order.map((place) => (
            <li key={place}>
              <RichLine rich={body.items[place] ?? []} />
            </li>
          ))}
          {body.items.map((item, index) =>
            body.order.includes(index) ? null : (
              <li key={index} class="nowhere">
                <RichLine rich={item} /> <em>({teach.item.nowhere})</em>
              </li>
            ),
          )}
        </ol>
      )
    case 'match':
      return (
        <ul class="task-pairs">
          {body.left.map((left, index) => (
            <li key={index}>
              <span>
                <RichLine rich={left} />
              </span>
              <span aria-hidden="true">→</span>
              <strong>
                <RichLine rich={body.right[body.pairs[index] ?? 0] ?? []} />
              </strong>
            </li>
          ))}
        </ul>
      )
  }
}

function Options({ options }: { readonly options: readonly Choice[] }) {
  return (
    <ul class="task-options">
      {options.map(({ text, right, feedback }, index) => (
        <li key={index} class={right ? 'right' : 'wrong'}>
          <Mark right={right} />
          <span>
            <RichLine rich={text} />
          </span>
          {feedback.length > 0 && (
            <span class="task-feedback">
              <RichLine rich={feedback} />
            </span>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A tick or a cross, and the word for who does not see it. */
function Mark({ right }: { readonly right: boolean }) {
  return (
    <>
      <svg class="task-mark" viewBox="0 0 16 16" aria-hidden="true">
        <path
          d={right ? 'M2 8.500l4 4l8 -9' : 'M3 3l10 10M13 3L3 13'}
          fill="none"
          stroke="currentColor"
          stroke-width="2.200"
        />
      </svg>
      <span class="sr-only">{right ? teach.item.right : teach.item.wrong}:</span>
    </>
  )
}
