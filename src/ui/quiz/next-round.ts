import { asksOf } from '../../quiz/asks'
import type { Answered } from '../../quiz/record'
import { nextRound } from '../../quiz/record'
import { writeRound } from '../../quiz/round'
import { TEMPLATES } from '../../quiz/templates'
import { questionWords } from '../../words/questions'
import { roundHash } from '../app/route'
import { newSeed } from '../app/seed'

/** The address of a round built from what was answered: what is shaky comes first. */
export const nextRoundHash = (answers: readonly Answered[]): string =>
  roundHash(writeRound(nextRound(answers, TEMPLATES, (template) => asksOf(template, questionWords), newSeed())))
