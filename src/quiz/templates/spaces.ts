import type { Template } from '../template'

export const spaces: readonly Template[] = []
