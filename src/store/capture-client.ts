import * as v from 'valibot'
import type { Damage } from '../net/capture/damage'
import type { HostSeen } from '../net/capture/survey'
import type { RecordedPacket } from '../shift/capture-level'
import { Answer, type Request } from './capture-messages'

/** What a recording holds. `damage` tells where reading had to stop, and why. */
export interface CaptureSurvey {
  readonly packets: number
  readonly hosts: readonly HostSeen[]
  readonly damage: Damage | undefined
}

export interface Reading {
  /** Hears how many bytes of the file and how many packets have been read. */
  readonly onProgress: (bytes: number, packets: number) => void
  /** Aborting ends the worker at once; the promise then rejects with the signal's reason. */
  readonly signal: AbortSignal
}

/** How many packets of a host are looked at when its shift is dealt. */
const MOST = 20_000

/** Reads through a file and tells whose recording it is. Rejects when the file cannot be read at all. */
export async function surveyCapture(file: Blob, reading: Reading): Promise<CaptureSurvey> {
  const answer = await ask({ kind: 'survey', file }, reading)
  if (answer.kind !== 'survey') throw new TypeError('The worker answered something else than it was asked.')
  return { packets: answer.packets, hosts: answer.hosts, damage: answer.damage }
}

/** The packets that one address got or sent, at most 20,000, in the order of the file. */
export async function collectCapture(
  file: Blob,
  address: string,
  reading: Reading,
): Promise<readonly RecordedPacket[]> {
  const answer = await ask({ kind: 'collect', file, address, most: MOST }, reading)
  if (answer.kind !== 'collected') throw new TypeError('The worker answered something else than it was asked.')
  return answer.records.map(({ bytes, ipOffset, time }) => ({ bytes, ipOffset, time }))
}

function ask(request: Request, { onProgress, signal }: Reading): Promise<Answer> {
  const worker = new Worker(new URL('./capture-worker.ts', import.meta.url), { type: 'module' })
  return new Promise<Answer>((resolve, reject) => {
    const abort = () =>
      reject(signal.reason instanceof Error ? signal.reason : new DOMException('Cancelled', 'AbortError'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    worker.addEventListener('error', () => reject(new Error('The capture worker failed.')))
    worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      const answer = v.parse(Answer, data)
      if (answer.kind === 'progress') onProgress(answer.bytes, answer.packets)
      else if (answer.kind === 'failed') reject(new Error('The file could not be read.'))
      else resolve(answer)
    })
    worker.postMessage(request)
  }).finally(() => worker.terminate())
}
