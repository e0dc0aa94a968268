/** Reads a capture off the page's thread. The file's bytes stay in this browser: nothing here can send them anywhere. */
import * as v from 'valibot'
import { formatAddress } from '../net/address'
import { dissect, emptyDissection } from '../net/capture/dissect'
import { readCapture } from '../net/capture/read'
import { Survey } from '../net/capture/survey'
import type { Answer } from './capture-messages'
import { Request } from './capture-messages'

/** Bytes kept of a packet: all its headers and a good part of its data. */
const KEPT = 2048
/** Milliseconds between two reports of progress. */
const REPORT = 80

const tell = (answer: Answer) => postMessage(answer)

function progress() {
  let last = 0
  return (bytes: number, packets: number) => {
    const now = performance.now()
    if (now - last < REPORT) return
    last = now
    tell({ kind: 'progress', bytes, packets })
  }
}

async function survey(file: Blob): Promise<void> {
  const seen = new Survey()
  const found = emptyDissection()
  const { packets, damage } = await readCapture(
    file.stream(),
    (buffer, start, captured, _original, linkType) => {
      dissect(buffer, start, captured, linkType, found)
      seen.add(buffer, found)
    },
    progress(),
  )
  tell({ kind: 'survey', packets, hosts: seen.result().slice(0, 500), ...(damage && { damage }) })
}

async function collect(file: Blob, address: string, most: number): Promise<void> {
  const records: Extract<Answer, { kind: 'collected' }>['records'] = []
  const found = emptyDissection()
  await readCapture(
    file.stream(),
    (buffer, start, captured, _original, linkType, time) => {
      if (records.length >= most) return
      dissect(buffer, start, captured, linkType, found)
      if (found.family === 0 || found.destination < 0) return
      const ends = [found.source, found.destination].map((at) => formatAddress(buffer, at, found.family === 4 ? 4 : 6))
      if (!ends.includes(address)) return
      const bytes = buffer.slice(start, start + Math.min(captured, KEPT))
      records.push({ bytes, ipOffset: found.ip - start, time })
    },
    progress(),
  )
  tell({ kind: 'collected', records })
}

addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const request = v.parse(Request, data)
  const work = request.kind === 'survey' ? survey(request.file) : collect(request.file, request.address, request.most)
  work.catch(() => tell({ kind: 'failed' }))
})
