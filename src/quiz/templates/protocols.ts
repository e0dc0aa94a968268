import type { Template } from '../template'

export const protocols: readonly Template[] = []
