import type { Template } from '../template'

export const balancing: readonly Template[] = []
