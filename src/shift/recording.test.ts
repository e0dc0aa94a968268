import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCapture } from '../net/capture/read'
import { levelById } from '../levels'
import { RECORDED_NIGHT } from './recorded-night'
import { withRecording } from './recording'
import { modelPlayer, playThrough } from './player'
import { reasonLine } from '../words/reasons'
import { litIn } from './capture-level'
import { tupleOf } from '../net/packet'
import { words } from '../words'
import { tell } from '../words/tell'
import { decide, packetsIn, resultOf, start } from './rules'
import type { TellArrival } from './shift'
import { atDesk, packetOf } from './shift'

const level = () => {
  const found = levelById('7.2')
  if (!found) throw new RangeError('There is no level 7.2.')
  return found
}

describe('the recorded night', () => {
  it('holds frames of the recording as they are, in their order', async () => {
    const recorded: string[] = []
    await readCapture(
      new Blob([readFileSync('evidence/night/recorded-night.pcap')]).stream(),
      (buffer, start, captured, _original, _link, time) =>
        recorded.push(`${time} ${Buffer.from(buffer.subarray(start, start + captured)).toString('base64')}`),
    )
    const kept = RECORDED_NIGHT.map(([time, frame]) => `${time} ${frame}`)
    expect(kept.length).toBeGreaterThan(60)
    expect(recorded.filter((frame) => kept.includes(frame))).toEqual(kept)
  })

  it('is dealt to the level that plays it and to no other, once', () => {
    expect(withRecording(level()).capture?.arrivals.length).toBeGreaterThan(20)
    expect(withRecording(level())).toBe(withRecording(level()))
    const other = levelById('1.1')
    expect(other && withRecording(other)).toBe(other)
  })

  it('asks whose an ICMP error is: the connection whose datagram it quotes, and the answer names it', () => {
    const end = playThrough(level(), 1, 'calm', modelPlayer)
    const errors = end.decisions.filter(({ arrival }) => packetOf(arrival)?.transport.protocol === 'icmp')
    expect(errors.map(({ truth }) => truth)).toEqual([
      { kind: 'connection', socket: 'udp 198.51.100.9:443 192.0.2.150:58212' },
    ])
    expect(errors.map(reasonLine)).toEqual([
      'Protocol ICMP, no port: the packet that it quotes was sent to 198.51.100.9:443 from here.',
    ])
    let shift = start(level(), 1, 'calm')
    while (packetOf(atDesk(shift))?.transport.protocol !== 'icmp') shift = decide(shift, modelPlayer(shift))
    const { reason } = decide(shift, { kind: 'drop' }).decisions.at(-1) ?? {}
    expect(reason).toMatchObject({ misconception: 'icmp-has-port', field: 'protocol' })
  })

  it('lit ten conversations by its end, as its last words say, behind nine doors', () => {
    expect(litIn(playThrough(level(), 1, 'calm', modelPlayer))).toEqual({ windows: 10, doors: 9, protocols: 2 })
  })

  it('asks for doors, windows and both refusals: answers to own calls, and a neighbour who tries four doors', () => {
    const kinds = playThrough(level(), 1, 'calm', modelPlayer).decisions.map(({ truth }) => truth.kind)
    expect(new Set(kinds)).toEqual(new Set(['connection', 'listener', 'rst', 'icmp', 'tell']))
  })

  it('is as many packets and errands as its goal says', () => {
    const asks = playThrough(level(), 1, 'calm', modelPlayer).decisions.map(({ arrival }) => arrival.asks)
    expect(asks.filter((one) => one === 'route')).toHaveLength(23)
    expect(asks.filter((one) => one === 'tell')).toHaveLength(7)
    expect(packetsIn(level())).toBe(30)
    expect(words.levels('7.2').goal).toBe('Sort 23 packets into conversations, and say who is the client in seven.')
  })
})

describe('who the client of a recorded conversation is', () => {
  const tells = Array.from({ length: 200 }, (_, seed) =>
    playThrough(level(), seed, 'calm', modelPlayer).decisions.flatMap(({ arrival }) =>
      arrival.asks === 'tell' ? [arrival] : [],
    ),
  )
  const rightOf = ({ options }: TellArrival) => options.filter(({ misconception }) => !misconception)

  it('is asked after the last packet of that conversation, of each at most once, with two ends and one way out', () => {
    for (const asked of tells) {
      expect(new Set(asked.map(({ print }) => print?.command.match(/port \d+/)?.[0])).size).toBe(7)
      for (const one of asked) {
        expect(one.options.map(({ told }) => told.kind).toSorted()).toEqual(['end', 'end', 'say'])
        expect(rightOf(one)).toHaveLength(1)
      }
    }
    const played = playThrough(level(), 3, 'calm', modelPlayer).decisions.map(({ arrival }) => arrival)
    for (const [index, one] of played.entries()) {
      if (one.asks !== 'tell') continue
      const port = Number(one.print?.command.match(/port (\d+)/)?.[1])
      const mine = played.map((other) => {
        const tuple = 'packet' in other ? tupleOf(other.packet) : undefined
        return tuple !== undefined && [tuple.source.port, tuple.destination.port].includes(port)
      })
      expect(mine.slice(0, index)).toContain(true)
      expect(mine.slice(index)).not.toContain(true)
    }
  })

  it('is who sent the SYN or the first datagram of the lines that are shown, and is not told by lines without', () => {
    for (const { print, options, why } of tells.flat()) {
      const [first = ''] = print?.lines ?? []
      const [source = ''] = /(?<=^IP )\S+/.exec(first) ?? []
      const right = options.find(({ misconception }) => !misconception)?.told
      if (why === 'no-syn') {
        expect(print?.lines.join()).not.toContain('[S')
        expect(right).toEqual({ kind: 'say', saying: 'not-in-lines' })
      } else expect(right?.kind === 'end' && `${right.end.address}.${right.end.port}`).toBe(source)
    }
    expect(new Set(tells.flat().map(({ why }) => why))).toEqual(new Set(['sent-syn', 'sent-first', 'no-syn']))
  })

  it('costs a star whoever goes by the numbers alone: the higher one is the client', () => {
    for (let seed = 0; seed < 200; seed++) {
      const end = playThrough(level(), seed, 'calm', (shift) => {
        const arrival = atDesk(shift)
        const options = arrival?.asks === 'tell' ? arrival.options.map(({ told }) => told) : []
        const [told] = options
          .filter((one) => one.kind === 'end')
          .toSorted((one, other) => other.end.port - one.end.port)
        return told ? { kind: 'tell', told } : modelPlayer(shift)
      })
      expect(resultOf(end).stars).toBe(2)
    }
  })

  it('is told in one line by each idea that leads astray, in both languages', async () => {
    const ideas = new Set(
      tells.flat().flatMap(({ options }) => options.flatMap(({ misconception }) => misconception ?? [])),
    )
    expect(ideas).toEqual(
      new Set([
        'reply-keeps-ports',
        'source-port-is-door',
        'above-1023-is-ephemeral',
        'ephemeral-always-49152',
        'client-uses-service-port',
      ]),
    )
    const spanish = (await import('../words/es/tell')).tell
    for (const lines of [tell.wrongAt.client, spanish.wrongAt.client])
      expect(new Set(Object.keys(lines))).toEqual(ideas)
  })
})
