import type { Template } from '../template'

export const numbers: readonly Template[] = []
