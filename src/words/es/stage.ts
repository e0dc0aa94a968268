import type { Words } from '..'

export const stage: Words['stage'] = {
  nobody: 'nadie',
  out: 'llama fuera',
}
