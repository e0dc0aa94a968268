import type { Damage } from './damage'
import type { TakePacket } from './parser'
import { CaptureParser } from './parser'

/** How reading a capture ended. */
export interface ReadEnd {
  readonly packets: number
  readonly damage: Damage | undefined
}

/**
 * Reads a capture from a stream, gzip'ed or not, with bounded memory. `onBytes` hears how many bytes of the stream have been
 * read. Never rejects because of what the file holds: damage is in the result. Errors of the stream itself are passed on.
 */
export async function readCapture(
  stream: ReadableStream<Uint8Array>,
  take: TakePacket,
  onBytes: (bytes: number, packets: number) => void = () => undefined,
): Promise<ReadEnd> {
  const parser = new CaptureParser(take)
  let read = 0
  const { first, rest } = await peek(stream)
  const counted = rest.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(piece, controller) {
        read += piece.length
        onBytes(read, parser.packets)
        controller.enqueue(piece)
      },
    }),
  )
  const packed = first[0] === 0x1f && first[1] === 0x8b
  if (!packed) {
    await feed(counted, parser)
    return { packets: parser.packets, damage: parser.damage }
  }
  try {
    await feed(counted.pipeThrough(unpacking()), parser)
  } catch (error) {
    if (!(error instanceof TypeError) && !isZlibError(error)) throw error
    return { packets: parser.packets, damage: parser.damage ?? { kind: 'gzip' } }
  }
  return { packets: parser.packets, damage: parser.damage }
}

/** The platform's own decompression, typed for bytes of any buffer. */
function unpacking(): ReadableWritablePair<Uint8Array, Uint8Array> {
  const { readable, writable } = new DecompressionStream('gzip')
  return {
    readable,
    writable: new WritableStream<Uint8Array>(
      ((writer) => ({
        write: (piece) => writer.write(new Uint8Array(piece)),
        close: () => writer.close(),
        abort: (reason) => writer.abort(reason),
      }))(writable.getWriter()),
    ),
  }
}

const isZlibError = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' && /^(Z_|ERR_)/.test(error.code)

async function feed(stream: ReadableStream<Uint8Array>, parser: CaptureParser): Promise<void> {
  const reader = stream.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) break
    parser.push(value)
    if (parser.damage) {
      await reader.cancel()
      return
    }
  }
  parser.end()
}

/** The first piece of a stream, and the stream with that piece still in it. */
async function peek(stream: ReadableStream<Uint8Array>) {
  const reader = stream.getReader()
  let first: Uint8Array = new Uint8Array()
  let over = false
  while (first.length < 2 && !over) {
    const { done, value } = await reader.read()
    over = done
    if (value) {
      const joined = new Uint8Array(first.length + value.length)
      joined.set(first)
      joined.set(value, first.length)
      first = joined
    }
  }
  const rest = new ReadableStream<Uint8Array>({
    start(controller) {
      if (first.length > 0) controller.enqueue(first)
      if (over) controller.close()
    },
    async pull(controller) {
      if (over) return
      const { done, value } = await reader.read()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    cancel: (reason) => reader.cancel(reason),
  })
  return { first, rest }
}
