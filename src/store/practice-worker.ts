/** Replays, surveys and fits a learner's log off the page's thread. */
import * as v from 'valibot'
import { fitted, fsrsOptimiser } from '../practice/optimise'
import { byTime, reviewsOf } from '../practice/log'
import type { MemorySettings } from '../practice/memory'
import type { Arrived } from './practice-db'
import { openPracticeDb } from './practice-db'
import type { Answer } from './practice-messages'
import { Request } from './practice-messages'
import { checkpointOf, replayOf, surveyOf } from './practice-work'

async function everything(): Promise<readonly Arrived[]> {
  const { db, fault } = await openPracticeDb()
  if (fault) throw new Error('A worker of this browser finds no database.')
  return db.after(0)
}

const logOf = (arrived: readonly Arrived[]) => arrived.map(({ event }) => event).toSorted(byTime)

async function answerTo(request: Request): Promise<Answer> {
  const { retention, weights } = request.settings
  const settings: MemorySettings = { retention, ...(weights && { weights }) }
  switch (request.kind) {
    case 'replay': {
      const { upTo = Number.POSITIVE_INFINITY } = request
      const arrived = (await everything()).filter(({ place }) => place <= upTo)
      return { kind: 'replayed', checkpoint: checkpointOf(replayOf(arrived, settings)) }
    }
    case 'survey': {
      const { kept, mixups, missing } = surveyOf(logOf(await everything()), settings)
      return { kind: 'surveyed', survey: { kept: { ...kept, bins: [...kept.bins] }, mixups: [...mixups], missing } }
    }
    case 'fit': {
      const reviews = reviewsOf(request.log ?? logOf(await everything()))
      const found = await fitted(reviews, settings, fsrsOptimiser)
      return { kind: 'fitted', fitted: found.kind === 'better' ? { ...found, weights: [...found.weights] } : found }
    }
  }
}

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  // The optimiser's own messages between its threads pass here too.
  const request = v.safeParse(Request, data)
  if (!request.success) return
  answerTo(request.output).then(
    (answer) => postMessage(answer),
    () => postMessage({ kind: 'failed' } satisfies Answer),
  )
})
