import * as v from 'valibot'
import { Answer, type Request } from './practice-messages'
import type { PracticeWork } from './practice-work'
import { readCheckpoint } from './practice-work'

async function ask<Kind extends Answer['kind']>(
  request: Request,
  kind: Kind,
): Promise<Extract<Answer, { readonly kind: Kind }>> {
  const worker = new Worker(new URL('./practice-worker.ts', import.meta.url), { type: 'module' })
  try {
    const answer = await new Promise<Answer>((resolve, reject) => {
      worker.addEventListener('error', () => reject(new Error('The worker of practice failed.')))
      worker.addEventListener('message', ({ data }: MessageEvent<unknown>) => resolve(v.parse(Answer, data)))
      worker.postMessage(request)
    })
    if (isKind(answer, kind)) return answer
    throw new Error('The worker of practice could not do what it was asked.')
  } finally {
    worker.terminate()
  }
}

const isKind = <Kind extends Answer['kind']>(
  answer: Answer,
  kind: Kind,
): answer is Extract<Answer, { readonly kind: Kind }> => answer.kind === kind

const plain = ({ retention, weights }: Parameters<PracticeWork['survey']>[0]) => ({
  retention,
  ...(weights && { weights: [...weights] }),
})

/** A worker for each piece of work; it ends with it. */
export const workElsewhere: PracticeWork = {
  replay: async (settings, upTo) => {
    const request: Request = { kind: 'replay', settings: plain(settings), ...(upTo !== undefined && { upTo }) }
    const { checkpoint } = await ask(request, 'replayed')
    const replayed = readCheckpoint(checkpoint, settings)
    if (!replayed) throw new Error('What the worker of practice replayed cannot be read.')
    return replayed
  },
  survey: async (settings) => (await ask({ kind: 'survey', settings: plain(settings) }, 'surveyed')).survey,
  fit: async (settings, log) => {
    const request: Request = { kind: 'fit', settings: plain(settings), ...(log && { log: [...log] }) }
    return (await ask(request, 'fitted')).fitted
  },
}
