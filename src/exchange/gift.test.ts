import * as fc from 'fast-check'
import type { GIFTQuestion, TextChoice } from 'gift-pegjs'
import { parse } from 'gift-pegjs'
import { describe, expect, it } from 'vitest'
import type { OwnQuestion } from '../quiz/set'
import { gift } from './gift'
import { everyTemplate, mutated, nastyQuestion, ownSet, paperOf, textOf, WANTED, words } from './papers.test-support'
import { readGift } from './read-gift'
import { toInlineHtml } from './rich'
import type { Paper, Task } from './task'
import { fullExplanation, ownTask } from './task'
import type { Unfit } from './target'

const exported = async (paper: Paper) => {
  const { unfit, write } = gift.prepare([paper], words.sheet, WANTED)
  const [file] = await write()
  return { unfit, text: textOf(file?.content) }
}

const fitting = (paper: Paper, unfit: readonly Unfit[]): readonly Task[] =>
  paper.tasks.filter((task) => !unfit.some(({ number }) => number === task.number))

/** gift-pegjs leaves its own placeholders in the right side of a pair. */
const decoded = (text: string) => text.replaceAll(/&&(\d{3});/g, (_, code: string) => String.fromCharCode(Number(code)))

const weightOf = ({ weight, isCorrect }: Pick<TextChoice, 'weight' | 'isCorrect'>) => weight ?? (isCorrect ? 100 : 0)
/** A bracket or percent sign at the beginning is written as an entity. */
const unwritten = (html: string) => html.replace('&#91;', '[').replace('&#37;', '%')
const said = (choice: Pick<TextChoice, 'feedback'>) => unwritten(choice.feedback?.text ?? '')

/** What a parsed question must say if nothing of the task was lost. */
function agrees(task: Task, question: GIFTQuestion | undefined): void {
  const { body } = task
  if (question?.type === 'MC' || question?.type === 'Short') {
    const choices = question.choices.map((choice) => [choice.text.text, weightOf(choice) > 0, said(choice)])
    if (body.kind === 'type')
      expect(choices).toEqual(
        body.entries.map(({ text, right, feedback }) => [
          text.replaceAll('*', String.raw`\*`),
          right,
          toInlineHtml(feedback),
        ]),
      )
    else if (body.kind === 'choose' || body.kind === 'several')
      expect(choices.map(([text, ...rest]) => [unwritten(String(text)), ...rest])).toEqual(
        body.options.map(({ text, right, feedback }) => [toInlineHtml(text), right, toInlineHtml(feedback)]),
      )
    else expect.fail(`${question.type} for ${body.kind}`)
  } else if (question?.type === 'Numerical' && body.kind === 'type') {
    const choices = Array.isArray(question.choices) ? question.choices : []
    expect(choices.map((choice) => [String(choice.text.number), weightOf(choice) > 0, said(choice)])).toEqual(
      body.entries
        .filter(({ text, right }) => right || /^\d+$/.test(text))
        .map(({ text, right, feedback }) => [String(Number(text)), right, toInlineHtml(feedback)]),
    )
  } else if (question?.type === 'Matching' && body.kind === 'match') {
    const pairs = question.matchPairs.map(({ subquestion, subanswer }) => [subquestion.text, decoded(subanswer)])
    for (const [index, left] of body.left.entries())
      expect(pairs).toContainEqual([toInlineHtml(left), decoded(toPlainLine(body.right[body.pairs[index] ?? -1]))])
    expect(pairs).toHaveLength(Math.max(body.left.length, new Set([...body.pairs, ...body.right.keys()]).size))
  } else if (question?.type === 'Matching' && body.kind === 'order') {
    const places = new Map(question.matchPairs.map(({ subquestion, subanswer }) => [subquestion.text, subanswer]))
    for (const [index, item] of body.items.entries()) {
      const place = body.order.indexOf(index)
      expect(places.get(toInlineHtml(item))).toBe(place < 0 ? words.sheet.nowhere : words.sheet.position(place + 1))
    }
  } else expect.fail(`${question?.type} for ${body.kind}`)
}

const toPlainLine = (rich: Parameters<typeof toInlineHtml>[0] | undefined): string =>
  toInlineHtml(rich ?? [])
    .replaceAll(/<\/?code>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')

async function roundTrip(paper: Paper): Promise<void> {
  const { unfit, text } = await exported(paper)
  const tasks = fitting(paper, unfit)
  const questions = text === '' ? [] : parse(text)
  expect(questions).toHaveLength(tasks.length)
  for (const [index, task] of tasks.entries()) {
    agrees(task, questions[index])
    const question = questions[index]
    if (question && 'globalFeedback' in question)
      expect(unwritten(question.globalFeedback?.text ?? '')).toBe(toInlineHtml(fullExplanation(task, words.sheet)))
  }
}

describe('GIFT', () => {
  it('says the same to gift-pegjs as every template says here: right answers, wrong ones, and feedback', async () => {
    for (const seed of [1, 2, 3]) await roundTrip(paperOf(everyTemplate(seed)))
  })

  it('says the same of own questions with every character that means something to it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 4 }), (questions) =>
        roundTrip(paperOf(ownSet(questions, 'T:: {=~#} \\ T'))),
      ),
      { numRuns: 300 },
    )
  })

  it('leaves no question out but those with answers that it would read as something else, and names them', async () => {
    const type = (text: string): OwnQuestion => ({
      kind: 'type',
      stem: 'Which?',
      options: [{ text, right: true, feedback: '' }],
      explanation: '',
    })
    const { unfit } = await exported(paperOf(ownSet([type('a->b'), type('a'), type('[html]')])))
    expect(unfit.map(({ number, because }) => [number, because])).toEqual([
      [1, [{ why: 'misread', text: 'a->b' }]],
      [3, [{ why: 'misread', text: '[html]' }]],
    ])
  })

  it('brings own questions back as they were', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(nastyQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
        const paper = paperOf(ownSet(questions))
        const { unfit, text } = await exported(paper)
        if (text === '') return
        const read = readGift(text, words.sheet)
        if ('fault' in read) return expect.fail(read.fault)
        expect(read.remarks).toEqual([])
        const bare = (task: Omit<Task, 'number'>) => {
          const { number: _, ...rest } = { number: 0, ...task }
          if (rest.body.kind !== 'type' || rest.body.expects === 'text') return rest
          // Wrong answers to a number that are no numbers stay behind; a number has no zeros before it.
          const entries = rest.body.entries
            .filter((entry) => entry.right || /^\d+$/.test(entry.text))
            .map((entry) => ({ ...entry, text: String(Number(entry.text)) }))
          return { ...rest, body: { ...rest.body, entries } }
        }
        expect(read.questions.map((own) => bare(ownTask(own, { images: false })))).toEqual(
          fitting(paper, unfit).map((task) => bare(task)),
        )
      }),
      { numRuns: 500 },
    )
  })
})

describe('a GIFT file from elsewhere', () => {
  const ok = (text: string) => {
    const read = readGift(text, words.sheet)
    return 'fault' in read ? expect.fail(read.fault) : read
  }

  it('keeps what is valid and names the line of what is not', () => {
    const file = [
      '// a comment',
      '$CATEGORY: ports',
      '',
      '::One:: Which port has SSH? {=22 ~23#That is Telnet. ~25 ####IANA}',
      '',
      'This one never ends {=a ~b',
      '',
      'Write about ports. {}',
      '',
      'How many ports are there? {#65536:0}',
      '',
      'About how many? {#60000..70000}',
      '',
      'UDP has ports of its own.{T#It has.#Right.}',
    ].join('\r\n')
    const { questions, remarks } = ok(file)
    expect(questions.map(({ stem, kind }) => [stem, kind])).toEqual([
      ['Which port has SSH?', 'choose'],
      ['How many ports are there?', 'type'],
      ['UDP has ports of its own.', 'choose'],
    ])
    expect(questions[0]).toEqual({
      kind: 'choose',
      stem: 'Which port has SSH?',
      options: [
        { text: '22', right: true, feedback: '' },
        { text: '23', right: false, feedback: 'That is Telnet.' },
        { text: '25', right: false, feedback: '' },
      ],
      explanation: 'IANA',
    })
    expect(questions[2]?.options).toEqual([
      { text: words.sheet.yes, right: true, feedback: 'Right.' },
      { text: words.sheet.no, right: false, feedback: 'It has.' },
    ])
    expect(remarks.map(({ line, why, taken }) => [line, why, taken])).toEqual([
      [6, 'unreadable', false],
      [8, 'kind', false],
      [12, 'range', false],
    ])
  })

  it('takes part marks as right or wrong, and says so', () => {
    const { questions, remarks } = ok('Which? {~%30%a ~%70%b ~%-100%c}')
    expect(questions[0]?.options.map(({ right }) => right)).toEqual([true, true, false])
    expect(remarks).toEqual([{ line: 1, why: 'part-marks', taken: true, about: 'Which? {~%30%a ~%70%b ~%-100%c}' }])
  })

  it('reads HTML as what it shows, and keeps what is no HTML', () => {
    const [question] = ok(
      '[html]<p>Run <code>ss</code> <b>now</b>.</p><pre>LISTEN\\n&lt;none&gt;</pre><script>x</script> <none> {=a ~b}',
    ).questions
    expect(question?.stem).toBe('Run `ss` **now**.\n\n```\nLISTEN\n<none>\n```\n\n&lt;none&gt;')
  })

  it('is refused when it is far too large, and when there is nothing in it', () => {
    expect(readGift('x'.repeat(3_000_000), words.sheet)).toEqual({ fault: 'too-large' })
    expect(readGift('\n\n// only this\n', words.sheet)).toEqual({ fault: 'empty' })
  })

  it('never breaks the reader, however it is damaged', async () => {
    const { text } = await exported(paperOf(ownSet(fc.sample(nastyQuestion, { numRuns: 3, seed: 3 }))))
    fc.assert(
      fc.property(mutated(text), (damaged) => {
        expect(readGift(damaged, words.sheet)).toBeDefined()
      }),
      { numRuns: 10_000 },
    )
  })
})
