import * as v from 'valibot'
import type { OwnFault, OwnQuestion } from '../quiz/set'
import { OwnSchema, ownFaults } from '../quiz/set'

/** Why a question of a file is not taken, or taken with a change. Its words stand in the message catalogue. */
export type RemarkReason =
  | OwnFault
  | 'unreadable'
  | 'open-quote'
  | 'kind'
  | 'range'
  | 'wildcard'
  | 'part-marks'
  | 'any-of-several'
  | 'right-place'
  | 'too-long'

export interface Remark {
  /** The line of the file, or the row of the sheet, from 1. */
  readonly line: number
  readonly why: RemarkReason
  /** Whether the question was taken all the same. */
  readonly taken: boolean
  /** What of the file it is about. */
  readonly about: string
}

/** Why a file gives nothing at all. */
export type FileFault = 'too-large' | 'no-header' | 'not-a-sheet' | 'empty' | 'unknown-format'

export interface Imported {
  readonly questions: readonly OwnQuestion[]
  readonly remarks: readonly Remark[]
}

export type Read = Imported | { readonly fault: FileFault }

/** Bytes of a file with questions at most: a thousand long questions. */
export const MOST_BYTES = 2_000_000
/** Questions of one file at most. */
export const MOST_QUESTIONS = 1000

/** The beginning of a text, to know it again. */
export const glance = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return Array.from(line).length > 60 ? `${Array.from(line).slice(0, 59).join('')}…` : line
}

/** Collects questions and remarks while a file is read. */
export interface Collector {
  /** Takes a question if it can be asked; `changed` says what is other than in the file. */
  question(line: number, about: string, question: OwnQuestion, changed?: readonly RemarkReason[]): void
  refuse(line: number, about: string, why: RemarkReason): void
  readonly full: boolean
  done(): Read
}

export function collector(): Collector {
  const questions: OwnQuestion[] = []
  const remarks: Remark[] = []
  const remark = (line: number, about: string, why: RemarkReason, taken: boolean) =>
    remarks.push({ line, why, taken, about: glance(about) })
  return {
    question(line, about, question, changed = []) {
      const [fault] = ownFaults(question)
      const read = v.safeParse(OwnSchema, question)
      if (fault) remark(line, about, fault, false)
      else if (!read.success) remark(line, about, 'too-long', false)
      else {
        questions.push(read.output)
        for (const why of changed) remark(line, about, why, true)
      }
    },
    refuse: (line, about, why) => remark(line, about, why, false),
    get full() {
      return questions.length >= MOST_QUESTIONS
    },
    done: () => (questions.length === 0 && remarks.length === 0 ? { fault: 'empty' } : { questions, remarks }),
  }
}
