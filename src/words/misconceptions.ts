import type { Cluster } from '../lessons/cluster'
import type { MisconceptionId } from '../lessons/misconception'
import * as en from './en/misconceptions'
import type { ClusterWords, Misconception } from './en/misconceptions'
import { catalogue } from './language'

export type { ClusterWords, Misconception } from './en/misconceptions'

/** What the wrong ideas say, and what is right. They come with the screens that show them. */
export let misconceptions: Readonly<Record<MisconceptionId, Misconception>> = en.misconceptions

/** The names of the groups of wrong ideas. */
export let clusters: Readonly<Record<Cluster, ClusterWords>> = en.clusters

catalogue<Pick<typeof en, 'misconceptions' | 'clusters'>>(en, { es: () => import('./es/misconceptions') }, (spoken) => {
  misconceptions = spoken.misconceptions
  clusters = spoken.clusters
})
