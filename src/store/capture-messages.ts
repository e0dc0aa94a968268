import * as v from 'valibot'

const offset = v.number()

/** `net/capture/damage.ts` as it comes over from the worker. */
const Damage = v.variant('kind', [
  v.object({ kind: v.literal('empty') }),
  v.object({ kind: v.literal('foreign'), starts: v.pipe(v.array(v.number()), v.readonly()) }),
  v.object({ kind: v.literal('cut-header'), bytes: v.number(), wanted: v.number() }),
  v.object({ kind: v.literal('cut-packet'), offset, missing: v.number() }),
  v.object({ kind: v.literal('packet-too-long'), offset, length: v.number(), most: v.number() }),
  v.object({ kind: v.literal('block-length'), offset, length: v.number() }),
  v.object({ kind: v.literal('block-ends-differ'), offset, first: v.number(), last: v.number() }),
  v.object({ kind: v.literal('byte-order'), offset }),
  v.object({ kind: v.literal('no-interface'), offset, wanted: v.number(), known: v.number() }),
  v.object({ kind: v.literal('gzip') }),
])

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
  v.object({ kind: v.literal('survey'), packets: v.number(), hosts: v.array(Host), damage: v.optional(Damage) }),
  v.object({ kind: v.literal('collected'), records: v.array(Record) }),
  v.object({ kind: v.literal('failed') }),
])
export type Answer = v.InferOutput<typeof Answer>
