import { execFileSync } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dissect, emptyDissection } from '../src/net/capture/dissect'
import { CaptureParser } from '../src/net/capture/parser'
import { median } from './median'

const SIZE = 100 * 1024 * 1024
const ROUNDS = 3
const PIECE = 1 << 20

/** A capture of 100 MB: the sample's packets over and over. */
async function makeCapture(file: string): Promise<void> {
  const sample = readFileSync('assets/sample.pcap')
  const [header, records] = [sample.subarray(0, 24), sample.subarray(24)]
  const out = createWriteStream(file)
  out.write(header)
  for (let written = header.length; written < SIZE; written += records.length)
    if (!out.write(records)) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
  await new Promise<void>((resolve) => out.end(() => resolve()))
}

async function readThrough(file: string, take: (piece: Buffer) => void): Promise<number> {
  const begin = performance.now()
  for await (const piece of createReadStream(file, { highWaterMark: PIECE })) if (Buffer.isBuffer(piece)) take(piece)
  return performance.now() - begin
}

/** Reading the five-tuples of a 100 MB capture beside reading its bytes alone, and beside tshark where it is installed. */
export async function benchCapture(print: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'port-authority-bench-'))
  const file = join(folder, 'big.pcap')
  try {
    await makeCapture(file)
    const megabytes = statSync(file).size / 1e6
    const times = { bare: [] as number[], plain: [] as number[], ours: [] as number[] }
    let packets = 0
    let most = 0
    const before = process.memoryUsage().rss
    for (let round = 0; round < ROUNDS; round++) {
      times.bare.push(await readThrough(file, () => undefined))
      let sum = 0
      times.plain.push(
        await readThrough(file, (piece) => {
          // A plain read-through looks at every byte once.
          for (let at = 0; at < piece.length; at += 1) sum = (sum + (piece[at] ?? 0)) | 0
        }),
      )
      const found = emptyDissection()
      let ports = 0
      const parser = new CaptureParser((buffer, start, captured, _original, linkType) => {
        dissect(buffer, start, captured, linkType, found)
        ports += found.destinationPort
      })
      times.ours.push(
        await readThrough(file, (piece) => {
          parser.push(piece)
          most = Math.max(most, process.memoryUsage.rss())
        }),
      )
      parser.end()
      packets = parser.packets
      if (sum === 0 || ports === 0 || parser.damage) throw new Error('The capture was not read.')
    }
    const [bare, plain, ours] = [median(times.bare), median(times.plain), median(times.ours)]
    print(`${megabytes.toFixed(0)} MB, ${packets} packets`)
    print(
      `reading alone ${((megabytes / bare) * 1000).toFixed(0)} MB/s, looking at every byte ${((megabytes / plain) * 1000).toFixed(0)} MB/s, five-tuples ${((megabytes / ours) * 1000).toFixed(0)} MB/s`,
    )
    print(
      `speed as a share: ${(bare / ours).toFixed(2)} of reading alone (target: at least 0.5), ${(plain / ours).toFixed(2)} of looking at every byte`,
    )
    print(`memory grew by ${((most - before) / 1e6).toFixed(0)} MB while 100 MB went through`)
    const tshark = timeTshark(file)
    print(
      tshark === undefined
        ? 'tshark is not installed: not compared'
        : `tshark -T fields takes ${(tshark / ours).toFixed(1)} times as long (target: more than 1)`,
    )
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function timeTshark(file: string): number | undefined {
  const fields = ['ip.src', 'ip.dst', 'tcp.srcport', 'tcp.dstport', 'udp.srcport', 'udp.dstport'].flatMap((name) => [
    '-e',
    name,
  ])
  const begin = performance.now()
  try {
    execFileSync('tshark', ['-n', '-r', file, '-T', 'fields', ...fields], { stdio: ['ignore', 'ignore', 'ignore'] })
    return performance.now() - begin
  } catch {
    return undefined
  }
}
