import type { Words } from '..'

export const teach: Words['teach'] = {
  title: 'Para docentes',
}
