import type { Words } from '..'

export const quiz: Words['quiz'] = {
  title: 'Preguntas',
}
