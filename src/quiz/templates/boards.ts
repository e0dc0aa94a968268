import type { Template } from '../template'

export const boards: readonly Template[] = []
