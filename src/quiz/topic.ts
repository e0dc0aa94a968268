import type { Cluster } from '../lessons/cluster'

/** What a round can be about. `mixed` is everything; a topic is a few clusters. */
export const TOPICS = [
  'well-known',
  'port-or-socket',
  'transports',
  'ranges',
  'binding',
  'filters',
  'nat',
  'containers',
  'security',
] as const
export type Topic = (typeof TOPICS)[number]

/** Every cluster belongs to at least one topic. */
export const CLUSTERS_OF: Readonly<Record<Topic, readonly Cluster[]>> = {
  'well-known': ['well-known', 'protocols'],
  'port-or-socket': ['sockets', 'replies'],
  transports: ['spaces', 'replies'],
  ranges: ['numbers'],
  binding: ['binding'],
  filters: ['firewall', 'refusals'],
  nat: ['nat'],
  containers: ['containers', 'balancing'],
  security: ['exposure', 'refusals'],
}
