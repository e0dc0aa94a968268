import type { Template } from '../template'

export const binding: readonly Template[] = []
