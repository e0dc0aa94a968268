import type { Template } from '../template'

export const refusals: readonly Template[] = []
