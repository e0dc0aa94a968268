import { report as en } from './en/class-report'
import { catalogue } from './language'

/** The words of the report, of the shared shift and of tasks without a server. They come with those screens. */
export type ReportWords = typeof en

export let report: ReportWords = en

catalogue<ReportWords>(
  en,
  { es: () => import('./es/class-report').then((part) => part.report) },
  (spoken) => (report = spoken),
)
