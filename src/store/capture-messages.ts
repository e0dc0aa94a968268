import * as v from 'valibot'

const Damage = v.optional(v.pipe(v.string(), v.maxLength(400)))

/** What the page asks the worker: first whose recording it is, then the packets of one host. */
export const Request = v.variant('kind', [
  v.object({ kind: v.literal('survey'), file: v.instance(Blob) }),
  v.object({ kind: v.literal('collect'), file: v.instance(Blob), address: v.string(), most: v.number() }),
])
export type Request = v.InferOutput<typeof Request>

const Host = v.object({ address: v.string(), inbound: v.number(), outbound: v.number(), doors: v.number() })

const Record = v.object({ bytes: v.instance(Uint8Array), ipOffset: v.optional(v.number()), time: v.number() })

/** What the worker answers. */
export const Answer = v.variant('kind', [
  v.object({ kind: v.literal('progress'), bytes: v.number(), packets: v.number() }),
  v.object({ kind: v.literal('survey'), packets: v.number(), hosts: v.array(Host), damage: Damage }),
  v.object({ kind: v.literal('collected'), records: v.array(Record) }),
  v.object({ kind: v.literal('failed') }),
])
export type Answer = v.InferOutput<typeof Answer>
