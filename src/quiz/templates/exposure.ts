import type { Template } from '../template'

export const exposure: readonly Template[] = []
