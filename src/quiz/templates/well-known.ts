import type { Template } from '../template'

export const wellKnown: readonly Template[] = []
