import { existsSync, readdirSync, readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { damageSentence } from './damage'
import { dissect, emptyDissection } from './dissect'
import { CaptureParser } from './parser'
import { readCapture } from './read'
import { TUPLES_HEADER, tupleLine } from './tuples'

const OURS = 'evidence/captures'
/** Recordings of other projects, read where they are present. */
const OTHERS = '../shared/evidence/captures'

const folders = [OURS, OTHERS].filter((folder) => existsSync(folder))
const captures = folders.flatMap((folder) =>
  readdirSync(folder)
    .filter((name) => /\.pcap(ng)?$/.test(name))
    .map((name) => `${folder}/${name}`),
)

/** The bytes as a stream in pieces of these sizes, over and over. */
const streamOf = (bytes: Uint8Array, sizes: readonly number[] = [65_536]): ReadableStream<Uint8Array> => {
  let at = 0
  let turn = 0
  return new ReadableStream({
    pull(controller) {
      if (at >= bytes.length) return controller.close()
      const size = sizes[turn++ % sizes.length] ?? 1
      controller.enqueue(bytes.subarray(at, at + size))
      at += size
    },
  })
}

const tuplesOf = async (bytes: Uint8Array, sizes?: readonly number[]) => {
  const lines = [TUPLES_HEADER]
  const found = emptyDissection()
  const end = await readCapture(streamOf(bytes, sizes), (buffer, start, captured, _original, linkType) => {
    dissect(buffer, start, captured, linkType, found)
    lines.push(tupleLine(lines.length, buffer, found))
  })
  return { text: `${lines.join('\n')}\n`, ...end }
}

describe('a capture file', () => {
  it('is provided for this test', () => expect(captures.length).toBeGreaterThanOrEqual(7))

  it.each(captures)('%s has the five-tuples that tshark reads', async (path) => {
    const { text, damage } = await tuplesOf(readFileSync(path))
    expect(text).toBe(readFileSync(path.replace(/\.pcap(ng)?$/, '.tuples.csv'), 'utf8'))
    expect(damage).toBeUndefined()
  })

  it('gives the same packets however it is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...captures),
        fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 8 }),
        async (path, sizes) => {
          const bytes = readFileSync(path)
          expect(await tuplesOf(bytes, sizes)).toEqual(await tuplesOf(bytes))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('may be compressed', async () => {
    const { packets, damage } = await tuplesOf(readFileSync(`${OURS}/bad/compressed.pcap.gz`), [100])
    expect({ packets, damage }).toEqual({ packets: 32, damage: undefined })
  })
})

describe('a damaged file', () => {
  const expected: Record<string, { size: number; packets: number; error: boolean }> = JSON.parse(
    readFileSync(`${OURS}/bad/EXPECT.json`, 'utf8'),
  )

  it.each(Object.entries(expected))('%s gives what stands before the damage, and one sentence', async (name, bar) => {
    const { packets, damage } = await tuplesOf(readFileSync(`${OURS}/bad/${name}`), [97])
    expect(packets).toBe(bar.packets)
    // An empty file is no error to tshark; to a person who dropped it, it is.
    expect(damage !== undefined).toBe(bar.error || name === 'empty.pcap')
    if (damage) expect(damageSentence(damage, packets)).toMatch(/^[A-Z][^\n]{20,200}\.$/)
  })

  it('that was compressed says so and keeps what could be unpacked', async () => {
    const packed = readFileSync(`${OURS}/bad/compressed.pcap.gz`)
    const { damage } = await tuplesOf(packed.subarray(0, 700), [50])
    expect(damage?.kind).toMatch(/gzip|cut-packet/)
  })

  it('never throws, hangs or yields more packets than fit, whichever bytes are changed', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...captures.map((path) => readFileSync(path)).filter(({ length }) => length < 4000)),
        fc.array(fc.tuple(fc.nat(4000), fc.nat(255)), { maxLength: 12 }),
        fc.nat(4000),
        (original, changes, cut) => {
          const bytes = Uint8Array.from(original)
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value
          const piece = bytes.subarray(0, cut)
          const found = emptyDissection()
          let captured = 0
          const parser = new CaptureParser((buffer, start, length, _original, linkType) => {
            dissect(buffer, start, length, linkType, found)
            tupleLine(1, buffer, found)
            captured += length
          })
          parser.push(piece)
          parser.end()
          expect(captured).toBeLessThanOrEqual(piece.length)
          expect(parser.packets * 16).toBeLessThanOrEqual(piece.length)
        },
      ),
      { numRuns: 10_000 },
    )
  })
})
