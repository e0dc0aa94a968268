import type { QuestionWords } from '../../questions'

export const firewall: QuestionWords['firewall'] = {}
