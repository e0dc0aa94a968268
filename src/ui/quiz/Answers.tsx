import type { Given } from '../../quiz/course'
import type { Answer, Body } from '../../quiz/question'
import { Choices, Several } from './Choices'
import type { Pairs } from './Match'
import { Match } from './Match'
import { Order } from './Order'
import { TypedAnswer } from './TypedAnswer'

/** What has been put together so far, before it is handed in. */
export interface Draft {
  readonly several: readonly string[]
  readonly type: string
  readonly order: readonly string[]
  readonly match: Pairs
}

export const NO_DRAFT: Draft = { several: [], type: '', order: [], match: [] }

interface AnswersProps {
  readonly body: Body
  /** The question with its answer once it is over: then nothing can be changed any more. */
  readonly given: Pick<Given, 'answer' | 'marked'> | undefined
  readonly digits: boolean
  readonly draft: Draft
  readonly problem: string | undefined
  readonly onDraft: (part: Partial<Draft>) => void
  readonly onAnswer: (answer: Answer) => void
}

/** The ways to answer a question, by its kind. */
export function Answers({ body, given, digits, draft, problem, onDraft, onAnswer }: AnswersProps) {
  const shared = { digits, given: given ? (given.answer ?? null) : undefined }
  switch (body.kind) {
    case 'choose':
    case 'predict':
      return <Choices body={body} {...shared} onAnswer={onAnswer} />
    case 'several':
      return <Several body={body} {...shared} draft={draft.several} onDraft={(several) => onDraft({ several })} />
    case 'type':
      return (
        <TypedAnswer
          body={body}
          {...shared}
          draft={draft.type}
          right={given?.marked.right ?? false}
          problem={problem}
          onDraft={(type) => onDraft({ type })}
        />
      )
    case 'order':
      return <Order body={body} {...shared} draft={draft.order} onDraft={(order) => onDraft({ order })} />
    case 'match':
      return <Match body={body} {...shared} draft={draft.match} onDraft={(match) => onDraft({ match })} />
  }
}
