/** Prints the five-tuple of every packet of a capture as CSV: `npm run -s tuples -- FILE` (`-` reads standard input). */
import { createReadStream } from 'node:fs'
import { Readable } from 'node:stream'
import { damageSentence } from '../src/net/capture/damage'
import { dissect, emptyDissection } from '../src/net/capture/dissect'
import { readCapture } from '../src/net/capture/read'
import { TUPLES_HEADER, tupleLine } from '../src/net/capture/tuples'

const [file] = process.argv.slice(2)

/** The bytes of a Node stream as a web stream. */
function bytesOf(source: Readable): ReadableStream<Uint8Array> {
  const pieces = source[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else if (value instanceof Uint8Array) controller.enqueue(value)
    },
  })
}

if (!file) {
  console.error('Which capture? Say: npm run -s tuples -- FILE.pcap')
  process.exit(2)
}

const lines: string[] = [TUPLES_HEADER]
const found = emptyDissection()
let frame = 0
const flush = () => {
  process.stdout.write(`${lines.join('\n')}\n`)
  lines.length = 0
}

try {
  const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 1 << 20 })
  const { packets, damage } = await readCapture(bytesOf(source), (buffer, start, captured, _original, linkType) => {
    dissect(buffer, start, captured, linkType, found)
    lines.push(tupleLine(++frame, buffer, found))
    if (lines.length >= 5000) flush()
  })
  if (lines.length > 0) flush()
  if (damage) {
    console.error(damageSentence(damage, packets))
    process.exitCode = 1
  }
} catch (error) {
  console.error(`${file} could not be read: ${error instanceof Error ? error.message : String(error)}`)
  process.exitCode = 1
}
