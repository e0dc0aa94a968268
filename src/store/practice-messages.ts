import * as v from 'valibot'
import { EventSchema } from '../practice/log'

const Settings = v.object({ retention: v.number(), weights: v.optional(v.array(v.number())) })

/** What the page asks the worker. The worker reads the log from the database; a page that has none sends it. */
export const Request = v.variant('kind', [
  v.object({ kind: v.literal('replay'), settings: Settings, upTo: v.optional(v.number()) }),
  v.object({ kind: v.literal('survey'), settings: Settings }),
  v.object({ kind: v.literal('fit'), settings: Settings, log: v.optional(v.array(EventSchema)) }),
])
export type Request = v.InferOutput<typeof Request>

const Retention = v.object({
  share: v.number(),
  low: v.number(),
  high: v.number(),
  promised: v.number(),
  trials: v.number(),
  logLoss: v.number(),
  bins: v.array(v.object({ foreseen: v.number(), recalled: v.number(), trials: v.number() })),
})

const Mixup = v.object({ port: v.number(), taken: v.number(), count: v.number(), last: v.number() })

const Fitted = v.variant('kind', [
  v.object({
    kind: v.literal('better'),
    weights: v.array(v.pipe(v.number(), v.finite())),
    logLoss: v.number(),
    before: v.number(),
    tried: v.number(),
  }),
  v.object({ kind: v.literal('no-better') }),
  v.object({ kind: v.literal('too-few'), missing: v.number() }),
  v.object({ kind: v.literal('cannot') }),
  v.object({ kind: v.literal('unreachable') }),
])

/** What the worker answers. */
export const Answer = v.variant('kind', [
  v.object({ kind: v.literal('replayed') /** See `checkpointOf`. */, checkpoint: v.unknown() }),
  v.object({
    kind: v.literal('surveyed'),
    survey: v.object({ kept: Retention, mixups: v.array(Mixup), missing: v.number() }),
  }),
  v.object({ kind: v.literal('fitted'), fitted: Fitted }),
  v.object({ kind: v.literal('failed') }),
])
export type Answer = v.InferOutput<typeof Answer>
