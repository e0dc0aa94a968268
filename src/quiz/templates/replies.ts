import type { Template } from '../template'

export const replies: readonly Template[] = []
