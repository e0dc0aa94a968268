import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConnTrack } from '../net/conntrack'
import { arrive } from '../net/exposure'
import { matches } from '../net/filter'
import type { Sandbox } from './sandbox'
import { clientAddress, firstSandbox } from './sandbox'
import { anySandbox } from './sandbox.test-support'
import { packetOf, siteOf } from './site'
import type { Step } from './story'
import { failing, isPrivate, knock, play } from './story'

type Parcel = Sandbox['parcels'][number]
const [STRANGER, NEIGHBOUR, HERE] = [0, 1, 2]
const syn = (client: number, port: number, address = '192.0.2.10', sourcePort = 51514): Parcel => ({
  client,
  kind: 'syn',
  sourcePort,
  to: { address, port },
})
const decided = ({ steps, decider }: { readonly steps: readonly Step[]; readonly decider: number }) => steps[decider]

/** The first sandbox with something changed. */
const changed = (more: Partial<Sandbox>): Sandbox => ({ ...firstSandbox(), ...more })

const PUBLISHED: Sandbox = changed({
  interfaces: [...firstSandbox().interfaces, { name: 'docker0', addresses: ['172.17.0.1/16'] }],
  containers: [
    {
      name: 'shop',
      addresses: ['172.17.0.2'],
      sockets: [{ protocol: 'tcp', local: { address: '0.0.0.0', port: 80 }, state: 'LISTEN', program: 'node' }],
      published: [{ protocol: 'tcp', hostPort: 8080, containerPort: 80 }],
    },
  ],
})

describe('the story of a parcel', () => {
  it('names the rule that decided, and of each rule before it the condition that did not hold', () => {
    const story = knock(firstSandbox(), syn(STRANGER, 443))
    expect(story.steps.find(({ kind }) => kind === 'chain')).toMatchObject({
      by: 2,
      action: 'accept',
      trials: [
        { rule: 0, fails: 'state' },
        { rule: 1, fails: 'iif' },
        { rule: 2, fails: undefined },
      ],
    })
    expect(decided(story)).toMatchObject({ kind: 'sockets', trials: [{ reason: 'takes' }] })
    expect(story.ending).toMatchObject({ kind: 'delivered', newcomer: true, socket: { local: { port: 443 } } })
  })

  it('names the policy where no rule decided, and what each asked for in vain', () => {
    const story = knock(firstSandbox(), syn(STRANGER, 22))
    expect(decided(story)).toMatchObject({ kind: 'chain', by: 'policy', action: 'drop' })
    expect(story.ending).toEqual({ kind: 'silence' })
    expect(story.heard).toBeUndefined()
    const step = decided(story)
    expect(step?.kind === 'chain' && step.trials.map(({ fails }) => fails)).toEqual([
      'state',
      'iif',
      'destinationPort',
      'source',
    ])
    expect(knock(firstSandbox(), syn(NEIGHBOUR, 22)).ending.kind).toBe('delivered')
  })

  it('says of every socket with the number why it does not get the packet', () => {
    const sandbox = changed({
      chains: [],
      sockets: [
        { protocol: 'udp', local: { address: '0.0.0.0', port: 80 }, state: 'UNCONN' },
        { protocol: 'tcp', local: { address: '127.0.0.1', port: 80 }, state: 'LISTEN' },
        { protocol: 'tcp', local: { address: '::', port: 80 }, state: 'LISTEN', v6only: true },
        { protocol: 'tcp', local: { address: '192.0.2.10', port: 80 }, state: 'LISTEN' },
        { protocol: 'tcp', local: { address: '0.0.0.0', port: 80 }, state: 'LISTEN' },
        {
          protocol: 'tcp',
          local: { address: '192.0.2.10', port: 80 },
          peer: { address: '198.51.100.9', port: 4 },
          state: 'ESTAB',
        },
      ],
    })
    const trials = (story: ReturnType<typeof knock>) => {
      const step = decided(story)
      return step?.kind === 'sockets' ? step.trials.map(({ socket, reason }) => `${socket.id} ${reason}`) : []
    }
    expect(trials(knock(sandbox, syn(STRANGER, 80)))).toEqual([
      '3 takes',
      '0 other-protocol',
      '1 other-address',
      '2 other-family',
      '4 less-exact',
      '5 other-peer',
    ])
    const stray = knock(sandbox, { ...syn(STRANGER, 80), kind: 'data' })
    expect(trials(stray)).toContain('3 no-newcomer')
    expect(stray.ending).toEqual({ kind: 'refused', by: 'host', how: 'rst' })
    expect(trials(knock(sandbox, syn(STRANGER, 81)))).toEqual([])
  })

  it('goes on where the one before ended: a connection that was made is there for the next parcel', () => {
    const stories = play(
      changed({
        parcels: [
          syn(NEIGHBOUR, 22),
          { ...syn(NEIGHBOUR, 22), kind: 'data' },
          { ...syn(NEIGHBOUR, 22), kind: 'fin' },
          { ...syn(NEIGHBOUR, 22), kind: 'data' },
        ],
      }),
    )
    expect(stories.map(({ ending }) => (ending.kind === 'delivered' ? ending.newcomer : ending.kind))).toEqual([
      true,
      false,
      false,
      'refused',
    ])
    const second = stories[1]?.steps.find(({ kind }) => kind === 'chain')
    expect(second).toMatchObject({ by: 0, context: { state: 'established' } })
  })

  it('remembers the flows of connections that are there from the beginning', () => {
    const window = {
      protocol: 'tcp',
      local: { address: '192.0.2.10', port: 22 },
      peer: { address: '203.0.113.7', port: 51514 },
      state: 'ESTAB',
    } as const
    const sandbox = changed({ sockets: [...firstSandbox().sockets, window] })
    const known = knock(sandbox, { ...syn(STRANGER, 22), kind: 'data' })
    expect(known.steps.find(({ kind }) => kind === 'chain')).toMatchObject({ by: 0, action: 'accept' })
    expect(known.ending).toMatchObject({ kind: 'delivered', newcomer: false })
    expect(knock(sandbox, { ...syn(STRANGER, 22), kind: 'data', sourcePort: 51515 }).ending.kind).toBe('silence')
  })

  it('shows a published port: the destination changes before the board for the machine itself is asked', () => {
    const story = knock(PUBLISHED, syn(STRANGER, 8080))
    expect(story.steps.map(({ kind, back }) => `${back ? '< ' : ''}${kind}`)).toEqual([
      'sent',
      'translated',
      'routed',
      'sockets',
      '< answer',
      '< translated',
    ])
    expect(story.steps[1]).toMatchObject({ by: { container: 'shop', publish: { hostPort: 8080 } } })
    expect(story.ending).toMatchObject({ kind: 'delivered', host: 'shop', socket: { local: { port: 80 } } })
    expect(story.heard?.source).toBe('192.0.2.10')
    const here = knock(PUBLISHED, syn(HERE, 8080, '127.0.0.1'))
    expect(here.steps.map(({ kind }) => kind)).toContain('proxy')
    expect(here.ending).toMatchObject({ kind: 'delivered', host: 'shop' })
  })

  it('tells of an answer that the way out does not let through', () => {
    const mute = changed({
      chains: [{ name: 'output', family: 'inet', hook: 'output', policy: 'drop', rules: [] }],
    })
    const story = knock(mute, syn(STRANGER, 443))
    expect(story.ending.kind).toBe('delivered')
    expect(story.heard).toBeUndefined()
    expect(story.steps.at(-1)).toMatchObject({ kind: 'chain', back: true, action: 'drop' })
    expect(story.steps.find(({ kind }) => kind === 'answer')).toMatchObject({ heard: false })
  })

  it('tells how a rule refuses', () => {
    const refusing = (action: 'reset' | 'port-unreachable') =>
      changed({
        chains: [{ name: 'input', family: 'inet', hook: 'input', policy: 'accept', rules: [{ match: {}, action }] }],
      })
    expect(knock(refusing('reset'), syn(STRANGER, 443)).ending).toEqual({ kind: 'refused', by: 'rule', how: 'rst' })
    expect(knock(refusing('port-unreachable'), syn(STRANGER, 443)).ending).toEqual({
      kind: 'refused',
      by: 'rule',
      how: 'icmp',
    })
    // A reset answers TCP only: a datagram passes that rule by.
    expect(knock(refusing('reset'), { ...syn(STRANGER, 53), kind: 'udp' }).ending.kind).toBe('delivered')
  })

  it('ends at once where nobody can send or no router knows the way', () => {
    const noSix = changed({ clients: [{ role: 'internet', addresses: ['203.0.113.7'], iif: 'eth0' }], parcels: [] })
    expect(knock(noSix, syn(0, 443, '2001:db8::10')).ending).toEqual({ kind: 'unsent' })
    expect(knock(firstSandbox(), syn(STRANGER, 443, '10.0.0.5')).steps.at(-1)).toEqual({
      kind: 'unrouted',
      why: 'private',
    })
    expect(['10.1.2.3', '172.31.0.1', '192.168.0.9', 'fd00::1', 'fe80::1'].every(isPrivate)).toBe(true)
    expect(['172.32.0.1', '192.0.2.1', '2001:db8::1'].some(isPrivate)).toBe(false)
    expect(knock(firstSandbox(), syn(NEIGHBOUR, 5432, '127.0.0.1')).steps.at(-1)).toEqual({
      kind: 'dropped',
      why: 'martian',
    })
  })

  it('is always the one of the model: verdict, answer and the rule that decided', () => {
    fc.assert(
      fc.property(anySandbox, (sandbox) => {
        const flows = new ConnTrack()
        const [parcel] = sandbox.parcels
        const [story] = play(sandbox)
        const client = parcel && sandbox.clients[parcel.client]
        const packet = parcel && packetOf(sandbox, parcel)
        if (!parcel || !client || !story) throw new Error('No parcel.')
        if (!packet) {
          expect(story.ending.kind).toBe('unsent')
          return
        }
        if (client.role === 'internet' && isPrivate(parcel.to.address)) return
        const { verdict, answer, walk } = arrive(siteOf(sandbox), packet, client.iif, flows)
        expect(story.heard).toEqual(answer)
        const delivered = verdict?.kind === 'listener' || verdict?.kind === 'connection'
        expect(story.ending.kind === 'delivered').toBe(delivered)
        const last = walk.steps.findLast(({ filtered }) => filtered)?.filtered
        const chain = story.steps.findLast((step) => step.kind === 'chain' && !step.back)
        expect(chain?.kind === 'chain' ? chain.by : undefined).toBe(last?.by)
        for (const step of story.steps) {
          if (step.kind !== 'chain') continue
          for (const { rule, fails } of step.trials)
            expect(fails === undefined, 'a rule is passed over only for a condition').toBe(rule === step.by)
        }
      }),
    )
  })

  it('names a condition that does not hold alone either', () => {
    fc.assert(
      fc.property(anySandbox, ({ chains, ...rest }) => {
        const sandbox = { chains, ...rest }
        const [parcel] = sandbox.parcels
        const packet = parcel && packetOf(sandbox, parcel)
        if (!packet) return
        for (const { match } of chains.flatMap(({ rules }) => rules)) {
          const found = failing(match, packet, { iif: 'eth0', state: 'new' })
          expect(found === undefined).toBe(matches(match, packet, { iif: 'eth0', state: 'new' }))
          if (found) expect(found in match).toBe(true)
        }
      }),
    )
  })
})

describe('a client', () => {
  it('writes from its address of the right family', () => {
    const [stranger] = firstSandbox().clients
    expect(stranger && clientAddress(stranger, 4)).toBe('203.0.113.7')
    expect(stranger && clientAddress(stranger, 6)).toBe('3fff:7::7')
  })
})
