import { describe, expect, it } from 'vitest'
import { receive } from '../net/receive'
import { doorsOf } from '../shift/door'
import { modelPlayer, playThrough } from '../shift/player'
import { random } from '../shift/random'
import { resultOf, start } from '../shift/rules'
import { questions } from '../words/en/questions'
import type { Machine } from './machine'
import { connected, hostOf, waiting } from './machine'
import { data, postcard, segment, syn } from './packets'
import { levelOf } from './scene-level'
import { questionFrom } from './template'
import { TEMPLATES } from './templates'

const dice = random(3)
const door = { address: '192.0.2.10', port: 443 }
const client = { address: '203.0.113.7', port: 51844 }
const listener = waiting('tcp', { address: '0.0.0.0', port: 443 })
const window = connected('tcp', door, client)
const machine: Machine = {
  name: 'server',
  addresses: ['192.0.2.10'],
  sockets: [listener, window],
  programs: { [listener.id]: 'nginx' },
}

const played = (packets: Parameters<typeof levelOf>[0]['packets'], at: Machine = machine) =>
  playThrough(levelOf({ machine: at, packets }), 1, 'calm', modelPlayer)

describe('a scene on the stage', () => {
  it('shows the machine as it is, with its programs', () => {
    const [shown] = doorsOf(start(levelOf({ machine, packets: [data(dice, client, door)] }), 1, 'calm'))
    expect(shown).toMatchObject({ port: 443, program: 'nginx', kind: 'listening', windows: [{ id: window.id }] })
  })

  it('labels the window that a packet comes to, however many there are', () => {
    const others = [1, 2, 3, 4].map((port) => connected('tcp', door, { address: '198.51.100.4', port: 50_000 + port }))
    const crowded = { ...machine, sockets: [listener, window, ...others] }
    const [shown] = doorsOf(start(levelOf({ machine: crowded, packets: [data(dice, client, door)] }), 1, 'calm'))
    expect(shown?.windows.at(-1)?.id).toBe(window.id)
  })

  it('gives every packet the verdict of the model', () => {
    const packets = [data(dice, client, door), syn(dice, { address: '198.51.100.4', port: 40022 }, door)]
    const { decisions, finished } = played(packets)
    expect(finished).toBe(true)
    expect(decisions.map(({ truth }) => truth)).toEqual([
      { kind: 'connection', socket: window.id },
      { kind: 'listener', socket: listener.id },
    ])
    expect(decisions.every(({ right }) => right)).toBe(true)
  })

  it('bricks up a port that refuses', () => {
    const packet = postcard(dice, client, { address: '192.0.2.10', port: 53 })
    expect(levelOf({ machine, packets: [packet, packet] }).waves[0]?.bricks).toEqual([{ protocol: 'udp', port: 53 }])
    expect(played([packet]).decisions[0]?.truth).toEqual({ kind: 'icmp' })
  })

  it('lights a window for a SYN, and the data that follows finds it', () => {
    const newcomer = { address: '198.51.100.4', port: 40022 }
    const { decisions } = played([syn(dice, newcomer, door), data(dice, newcomer, door)])
    expect(decisions.map(({ truth }) => truth.kind)).toEqual(['listener', 'connection'])
  })

  it('puts a window out that a FIN or a RST has ended', () => {
    for (const flags of [{ fin: true, ack: true }, { rst: true }]) {
      const { decisions } = played([segment(dice, client, door, flags), data(dice, client, door)])
      expect(decisions.map(({ truth }) => truth.kind)).toEqual(['connection', 'rst'])
    }
  })

  it('is played to its end for every template that has one, as the model says', () => {
    for (const template of TEMPLATES)
      for (let seed = 1; seed <= 20; seed++) {
        const { scene } = questionFrom(template, seed, questions)
        if (!scene) continue
        const end = played(scene.packets, scene.machine)
        expect(end.decisions, `${template.id} ${seed}`).toHaveLength(scene.packets.length)
        expect(resultOf(end).accuracy).toBe(1)
        const [first] = scene.packets
        if (first)
          expect(end.decisions[0]?.truth, `${template.id} ${seed}`).toEqual(
            receive(hostOf(scene.machine), first).verdict,
          )
      }
  })
})
