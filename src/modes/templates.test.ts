import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelPlayer, playThrough } from '../shift/player'
import { resultOf } from '../shift/rules'
import type { Blueprint } from './blueprint'
import { BUILD_ACTIONS, BUILD_OFFERS, builtLevel, readBlueprint, writeBlueprint } from './blueprint'
import { BUILD_KINDS, groupsAt, offersFor } from './blueprint-kinds'
import { readBlueprintLink, writeBlueprintLink } from './blueprint-link'
import { placeOf } from './blueprint-place'
import { faultsOf } from './playable'
import { TEMPLATE_IDS, fromTemplate } from './templates'

const WORDS = { title: 'A level', intro: '', goal: '', debrief: '' }
const template = (id: (typeof TEMPLATE_IDS)[number]) => fromTemplate(id, WORDS)
const told = (blueprint: Blueprint) => faultsOf(blueprint).map(({ at, reason }) => [at.join('.'), reason])

/** The template with something changed in its first wave, or beside it. */
const wave = (blueprint: Blueprint, change: Partial<Blueprint['waves'][number]>): Blueprint => ({
  ...blueprint,
  waves: blueprint.waves.map((one, at) => (at === 0 ? { ...one, ...change } : one)),
})

describe('a template', () => {
  it.each(TEMPLATE_IDS)('%s comes back from a file and a link, and is won by who asks the model', (id) => {
    const blueprint = template(id)
    expect(readBlueprint(writeBlueprint(blueprint))).toEqual({ blueprint })
    expect(readBlueprintLink(writeBlueprintLink(blueprint) ?? '')).toEqual({ blueprint })
    expect(told(blueprint)).toEqual([])
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const end = playThrough(builtLevel(blueprint), seed, 'calm', modelPlayer)
        expect(resultOf(end)).toMatchObject({ stars: 3, accuracy: 1 })
      }),
      { numRuns: 8 },
    )
  })

  it('looks like the floor where its boxes are at home', () => {
    const floors = TEMPLATE_IDS.map((id) => [id, builtLevel(template(id)).floor])
    expect(Object.fromEntries(floors)).toMatchObject({ doors: 0, rules: 4, street: 5, block: 5, service: 6 })
  })

  it('is there for every place, and every kind of traffic is at home in one', () => {
    const places = new Set(TEMPLATE_IDS.map((id) => placeOf(template(id))))
    expect([...places].toSorted()).toEqual(['annex', 'balancer', 'block', 'cluster', 'host', 'street'])
    const dealt = (['host', 'street', 'annex', 'block', 'cluster', 'balancer'] as const).flatMap((place) =>
      groupsAt(place).flatMap(({ kinds }) => kinds),
    )
    expect(BUILD_KINDS.filter((kind) => !dealt.includes(kind))).toEqual([])
    expect(BUILD_KINDS.filter((kind) => offersFor(kind).length === 0)).toEqual([])
  })
})

describe('what can be built', () => {
  const start = fc.constantFrom(...TEMPLATE_IDS.map(template))
  const port = fc.constantFrom(22, 53, 80, 443, 3306, 8080, 30_080, 51_000)
  const ports = fc.array(fc.oneof(port, fc.constant({ from: 1, to: 1023 })), { minLength: 1, maxLength: 2 })
  const rule = fc.record({
    match: fc.record(
      {
        protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'icmp' as const),
        source: fc.constantFrom('203.0.113.0/24', '198.51.100.0/24', '198.51.100.9'),
        destinationPort: ports,
        state: fc.constantFrom<('new' | 'established' | 'related')[]>(['established', 'related'], ['new']),
      },
      { requiredKeys: [] },
    ),
    action: fc.constantFrom(...BUILD_ACTIONS),
  })
  const gate = fc.record({
    rules: fc.array(rule, { maxLength: 4 }),
    policy: fc.constantFrom('accept' as const, 'drop' as const),
    notebook: fc.boolean(),
  })
  const door = fc.record({
    protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    port,
    program: fc.constant('p'),
    speaks: fc.constantFrom('http' as const, 'ssh' as const),
  })
  const built = fc
    .record({
      from: start,
      kinds: fc.array(fc.tuple(fc.nat(100), fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 4 }),
      opens: fc.array(door, { maxLength: 2 }),
      gate: fc.option(gate),
      port,
      first: fc.nat(3),
    })
    .map(({ from, kinds, opens, gate: board, port: number, first }): Blueprint => {
      const here = groupsAt(placeOf(from)).flatMap((group) => group.kinds)
      const deal = Object.fromEntries(kinds.map(([at, count]) => [here[at % here.length], count]))
      const atHost = placeOf(from) === 'host'
      const changed = wave(from, {
        deal,
        offers: [...BUILD_OFFERS],
        knocks: ['22/tcp', `${number}/tcp`, '53/udp'],
        servers: [{ address: '198.51.100.9', port: number }],
        calls: [{ from: 41_000, to: { address: '198.51.100.9', port: 443 } }],
        guests: 3,
        ...(atHost && { opens: [...(from.waves[0]?.opens ?? []), ...opens] }),
        ...(atHost && board && { gate: board }),
      })
      const { street, annex, cluster, balancer } = changed
      return {
        ...changed,
        ...(street && {
          street: {
            ...street,
            forwards: street.forwards.map((one) => ({ ...one, port: number })),
            flats: street.flats.slice(0, 3 - (first % 2)),
            missing: { port: 2222, to: { address: street.flats[0] ?? '', port: number } },
          },
        }),
        ...(annex && {
          annex: {
            ...annex,
            strange: [number],
            drops: [8080],
            missing: { container: 'api', port: number, street: first > 1 },
          },
        }),
        ...(cluster && {
          cluster: { ...cluster, pods: cluster.pods.map((pod, at) => ({ ...pod, ready: at !== first })) },
        }),
        ...(balancer && {
          balancer: {
            ...balancer,
            desks: balancer.desks.map((desk, at) => (at === first ? { ...desk, port: number } : desk)),
          },
        }),
      }
    })

  it('is either won, whatever the seed, or refused with a place; and it comes back from its file and link', () => {
    let won = 0
    fc.assert(
      fc.property(built, fc.nat(), (blueprint, seed) => {
        const read = readBlueprint(writeBlueprint(blueprint))
        if ('faults' in read) throw new RangeError(JSON.stringify(read.faults))
        expect(read).toEqual({ blueprint })
        expect(readBlueprintLink(writeBlueprintLink(blueprint) ?? '')).toEqual({ blueprint })
        const faults = faultsOf(blueprint)
        if (faults.length > 0) return faults.every(({ at }) => at.length > 0)
        won++
        return resultOf(playThrough(builtLevel(blueprint), seed, 'calm', modelPlayer)).accuracy === 1
      }),
      { numRuns: 120 },
    )
    expect(won).toBeGreaterThan(15)
  })
})

describe('a box on the way that cannot be says where and why', () => {
  const [street, annex, service, desk, rules] = [
    template('street'),
    template('annex'),
    template('service'),
    template('balancer'),
    template('rules'),
  ]
  const boards = rules.waves[0]?.gate ?? { rules: [], policy: 'drop' as const, notebook: true }
  it.each<[string, Blueprint, unknown]>([
    [
      'two boxes that do not belong together',
      { ...street, ...(desk.balancer && { balancer: desk.balancer }) },
      [['balancer', 'one-place']],
    ],
    [
      'a gate’s question at a street door',
      wave(street, { deal: { 'line-accept': 2 } }),
      [['waves.0.deal.line-accept', 'wrong-place']],
    ],
    [
      'a street door’s question at a host',
      wave(rules, { deal: { 'nat-out': 2 } }),
      [['waves.0.deal.nat-out', 'wrong-place']],
    ],
    [
      'a flat on the street',
      {
        ...street,
        ...(street.street && {
          street: { ...street.street, flats: ['192.168.1.10', '192.168.1.11', '192.168.1.20', '198.51.100.3'] },
        }),
      },
      [['street.flats.3', 'wrong-side']],
    ],
    [
      'a sign that leads to no flat',
      {
        ...street,
        ...(street.street && {
          street: { ...street.street, forwards: [{ port: 80, to: { address: '192.168.1.99', port: 80 } }] },
        }),
      },
      [['street.forwards.0.to.address', 'not-a-flat']],
    ],
    [
      'a number that has a sign after all',
      { ...street, ...(street.street && { street: { ...street.street, strange: [443] } }) },
      [['street.strange.0', 'has-sign']],
    ],
    [
      'a sign that docker cannot read',
      {
        ...annex,
        ...(annex.annex && {
          annex: { ...annex.annex, containers: [{ name: 'web', address: '172.17.0.2', listens: 80, signs: ['8080'] }] },
        }),
      },
      [['annex.containers.0.signs.0', 'no-sign']],
    ],
    [
      'a sign to a number where nobody listens inside',
      {
        ...annex,
        ...(annex.annex && {
          annex: {
            ...annex.annex,
            containers: [{ name: 'web', address: '172.17.0.2', listens: 80, signs: ['8080:81'] }],
          },
        }),
      },
      [['annex.containers.0.signs.0', 'nobody-listens']],
    ],
    [
      'a Service of an app that no Pod is of',
      {
        ...service,
        ...(service.cluster && {
          cluster: { ...service.cluster, pods: service.cluster.pods.filter(({ app }) => app === 'web') },
        }),
      },
      [['cluster.services.1.app', 'no-such-name']],
    ],
    [
      'a desk without a wing that is well',
      {
        ...desk,
        ...(desk.balancer && {
          balancer: { ...desk.balancer, wings: desk.balancer.wings.map((one) => ({ ...one, listens: [80] })) },
        }),
      },
      [
        ['balancer.desks.0.wings', 'nobody-listens'],
        ['balancer.desks.1.wings', 'nobody-listens'],
      ],
    ],
    [
      'a port of no protocol in a rule',
      wave(rules, { gate: { ...boards, rules: [{ match: { destinationPort: [80] }, action: 'accept' }] } }),
      [['waves.0.gate.rules.0.match.protocol', 'needs-protocol']],
    ],
    [
      'a rule on flows without a notebook',
      wave(rules, {
        gate: { ...boards, notebook: false, rules: [{ match: { state: ['established'] }, action: 'accept' }] },
      }),
      [['waves.0.gate.rules.0.match.state', 'needs-notebook']],
    ],
    [
      'a board on which no line refuses',
      wave(rules, { gate: { ...boards, rules: boards.rules.slice(1, 3) }, deal: { 'line-refuse': 1 } }),
      [['waves.0.deal.line-refuse', 'nothing-to-deal']],
    ],
    [
      'a gate before IPv6 alone',
      { ...rules, host: { name: 'x', addresses: ['2001:db8::5'] } },
      [['host.addresses.0', 'street-address-first']],
    ],
    [
      'a bet on nobody',
      wave(template('doors'), { deal: { 'count-bet': 1 } }),
      [['waves.0.deal.count-bet', 'needs-crowd']],
    ],
    [
      'a missing sign that any sign would do for',
      {
        ...wave(annex, { deal: { 'annex-sign': 1 } }),
        ...(annex.annex && {
          annex: { ...annex.annex, missing: { container: 'api', port: 80, street: true } },
        }),
      },
      [['annex.missing.port', 'nothing-to-tell-apart']],
    ],
  ])('%s', (_, blueprint, faults) => {
    expect(readBlueprint(writeBlueprint(blueprint))).toEqual({ blueprint })
    expect(told(blueprint)).toEqual(faults)
  })
})
