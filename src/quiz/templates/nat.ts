import type { Template } from '../template'

export const nat: readonly Template[] = []
