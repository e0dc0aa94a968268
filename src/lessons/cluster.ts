/** The thirteen groups of misconceptions and of question templates; words/misconceptions.ts names them. */
export const CLUSTERS = [
  'sockets',
  'replies',
  'numbers',
  'well-known',
  'spaces',
  'binding',
  'refusals',
  'firewall',
  'nat',
  'containers',
  'balancing',
  'exposure',
  'protocols',
] as const

export type Cluster = (typeof CLUSTERS)[number]
