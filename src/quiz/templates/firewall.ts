import type { Template } from '../template'

export const firewall: readonly Template[] = []
