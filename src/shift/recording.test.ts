import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCapture } from '../net/capture/read'
import { levelById } from '../levels'
import { RECORDED_NIGHT } from './recorded-night'
import { withRecording } from './recording'
import { modelPlayer, playThrough } from './player'
import { reasonLine } from '../words/reasons'
import { litIn } from './capture-level'
import { decide, start } from './rules'
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
    expect(new Set(kinds)).toEqual(new Set(['connection', 'listener', 'rst', 'icmp']))
  })
})
