import type { Template } from '../template'

export const containers: readonly Template[] = []
