import type { Words } from '..'

export const stage: Words['stage'] = {
  nobody: 'nadie escucha',
  out: 'llama fuera',
}
