import { deflateSync, strToU8 } from 'fflate'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { modelPlayer, playThrough } from '../shift/player'
import { resultOf } from '../shift/rules'
import type { Blueprint } from './blueprint'
import { builtLevel, readBlueprint, writeBlueprint } from './blueprint'
import { LONGEST, readBlueprintLink, writeBlueprintLink } from './blueprint-link'
import { MOST } from './blueprint-parts'
import { faultsOf } from './playable'
import { TEMPLATE_IDS, fromTemplate } from './templates'

const SAMPLE: Blueprint = {
  kind: 'port-authority level',
  version: 1,
  title: 'Monday’s lab',
  intro: 'Two addresses and a database.',
  goal: 'Twelve packets.',
  debrief: 'The address decides, too.',
  host: { name: 'lab-1', addresses: ['192.0.2.40', '192.0.2.41'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 22, program: 'sshd', address: '192.0.2.40' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
      ],
      windows: [{ at: '443/tcp', like: 'strangers', count: 3 }],
      bricks: [{ protocol: 'tcp', port: 23 }],
      deal: { 'to-listener': 3, 'tcp-to-closed': 2, 'data-known': 2, 'other-entrance': 1 },
      offers: ['listener', 'connection', 'rst'],
      views: ['fields'],
    },
    {
      opens: [],
      stops: ['22/tcp'],
      closed: [{ protocol: 'udp', port: 161 }],
      deal: { 'udp-to-closed': 1, 'tcp-to-closed': 1, 'data-unknown': 2 },
      offers: ['listener', 'connection', 'rst', 'icmp', 'drop'],
      views: ['tcpdump', 'hex'],
    },
  ],
}

type Wave = Blueprint['waves'][number]
const withWave = (change: Partial<Wave>, index = 0): Blueprint => ({
  ...SAMPLE,
  waves: SAMPLE.waves.map((wave, at) => (at === index ? { ...wave, ...change } : wave)),
})
const told = (blueprint: Blueprint) =>
  faultsOf(blueprint).map(({ at, reason, detail }) => [at.join('.'), reason, ...(detail === undefined ? [] : [detail])])
const readFaults = (value: unknown) => {
  const read = readBlueprint(JSON.stringify(value))
  return 'faults' in read ? read.faults.map(({ at, reason }) => [at.join('.'), reason]) : []
}

describe('a level that somebody has built', () => {
  it('is read from a file and from a link as it was written', () => {
    expect(readBlueprint(writeBlueprint(SAMPLE))).toEqual({ blueprint: SAMPLE })
    const link = writeBlueprintLink(SAMPLE) ?? ''
    expect(link.length).toBeLessThan(900)
    expect(readBlueprintLink(link)).toEqual({ blueprint: SAMPLE })
  })

  it('keeps letters of every language in a link', () => {
    const title = 'Prüfung 港口 порт'
    expect(readBlueprintLink(writeBlueprintLink({ ...SAMPLE, title }) ?? '')).toEqual({
      blueprint: { ...SAMPLE, title },
    })
  })

  it('can be played, and is won by who asks the model, whatever the seed', () => {
    expect(told(SAMPLE)).toEqual([])
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const end = playThrough(builtLevel(SAMPLE), seed, 'calm', modelPlayer)
        expect(end.finished).toBe(true)
        expect(resultOf(end)).toMatchObject({ stars: 3, accuracy: 1 })
      }),
      { numRuns: 60 },
    )
  })
})

describe('what cannot be played says what cannot be', () => {
  it.each<[string, Blueprint, unknown]>([
    [
      'a verdict is missing',
      withWave({ offers: ['listener', 'connection'] }),
      [['waves.0.offers', 'verdict-missing', 'rst']],
    ],
    [
      'no door for datagrams',
      withWave({ opens: SAMPLE.waves[0]?.opens.slice(0, 2) ?? [], deal: { 'udp-to-listener': 1 } }),
      expect.arrayContaining([['waves.0.deal.udp-to-listener', 'nothing-to-deal']]),
    ],
    [
      'a door of an address that is not there',
      withWave({ opens: [{ protocol: 'tcp', port: 80, program: 'x', address: '192.0.2.99' }], windows: [] }),
      expect.arrayContaining([['waves.0.opens.0.address', 'no-such-address']]),
    ],
    [
      'a door twice',
      withWave({ opens: [...(SAMPLE.waves[0]?.opens ?? []), { protocol: 'tcp', port: 443, program: 'apache' }] }),
      [['waves.0.opens.3', 'door-refused', 'EADDRINUSE']],
    ],
    [
      'a door at one address under one at all',
      withWave({
        opens: [
          ...(SAMPLE.waves[0]?.opens ?? []),
          { protocol: 'tcp', port: 443, program: 'apache', address: '192.0.2.41' },
        ],
      }),
      [['waves.0.opens.3', 'door-refused', 'EADDRINUSE']],
    ],
    [
      'windows where nobody listens',
      withWave({ windows: [{ at: '8080/tcp', like: 'strangers', count: 2 }] }),
      [['waves.0.windows.0.at', 'nobody-listens']],
    ],
    [
      'windows of datagrams',
      withWave({ windows: [{ at: '53/udp', like: 'strangers', count: 2 }] }),
      [['waves.0.windows.0.at', 'nobody-listens']],
    ],
    ['a lamp goes out that is not lit', withWave({ stops: ['25/tcp'] }, 1), [['waves.1.stops.0', 'nobody-listens']]],
    [
      'more packets than a shift has',
      {
        ...SAMPLE,
        waves: SAMPLE.waves.flatMap((wave) =>
          [0, 1, 2].map((turn) => ({
            ...wave,
            opens: turn === 0 ? wave.opens : [],
            stops: [],
            windows: [],
            deal: { 'to-listener': 15 },
          })),
        ),
      },
      [['waves', 'too-many-packets', '90']],
    ],
    [
      'nobody comes',
      { ...SAMPLE, waves: SAMPLE.waves.map((wave) => ({ ...wave, deal: {} })) },
      [['waves', 'no-packets']],
    ],
    [
      'a host at every address',
      { ...SAMPLE, host: { name: 'x', addresses: ['0.0.0.0'] } },
      expect.arrayContaining([['host.addresses.0', 'no-such-address']]),
    ],
    ['more ends than windows', withWave({ deal: { fin: 9 } }), [['waves.0.deal.fin', 'nothing-to-deal']]],
  ])('%s', (_, blueprint, faults) => {
    expect(told(blueprint)).toEqual(faults)
  })
})

describe('a file that is not as it should be', () => {
  it.each<[string, unknown, unknown]>([
    ['something else', { kind: 'holiday' }, [['', 'not-a-level']]],
    ['from a newer version', { ...SAMPLE, version: 2 }, [['', 'newer-version']]],
    ['without a title', { ...SAMPLE, title: ' ' }, [['title', 'empty']]],
    ['with a title that is too long', { ...SAMPLE, title: 'x'.repeat(61) }, [['title', 'too-long']]],
    ['with a title that turns the writing round', { ...SAMPLE, title: 'abc\u202edef' }, [['title', 'odd-letters']]],
    ['with a part that nobody knows', { ...SAMPLE, script: 'alert(1)' }, [['script', 'unknown-part']]],
    [
      'with a port that is none',
      withWave({ opens: [{ protocol: 'tcp', port: 70_000, program: 'x' }] }),
      [['waves.0.opens.0.port', 'out-of-range']],
    ],
    [
      'with an address that is none',
      { ...SAMPLE, host: { name: 'x', addresses: ['192.0.2.300'] } },
      [['host.addresses.0', 'no-address']],
    ],
    ['without addresses', { ...SAMPLE, host: { name: 'x', addresses: [] } }, [['host.addresses', 'too-few']]],
    [
      'with too many waves',
      { ...SAMPLE, waves: Array.from({ length: 7 }, () => SAMPLE.waves[1]) },
      [['waves', 'too-many']],
    ],
    [
      'with traffic that nobody knows',
      { ...SAMPLE, waves: [{ ...SAMPLE.waves[0], deal: { flood: 3 } }] },
      [['waves.0.deal.flood', 'not-on-list']],
    ],
    ['with text where a list should be', { ...SAMPLE, waves: 'none' }, [['waves', 'wrong-kind']]],
    ['without waves', { ...SAMPLE, waves: undefined }, [['waves', 'missing']]],
    [
      'with windows at a port that is no port',
      { ...SAMPLE, waves: [{ ...SAMPLE.waves[0], windows: [{ at: '0/tcp', like: 'twins', count: 1 }] }] },
      [['waves.0.windows.0.at', 'no-port']],
    ],
  ])('%s says where and why', (_, value, faults) => {
    expect(readFaults(value)).toEqual(faults)
  })

  it('that is too large is refused by its size, before anything is read', () => {
    expect(readBlueprint(' '.repeat(MOST.letters + 1))).toEqual({ faults: [{ at: [], reason: 'too-large' }] })
    expect(readBlueprintLink(`z=${'A'.repeat(LONGEST + 1)}`)).toEqual({ faults: [{ at: [], reason: 'too-large' }] })
    const bomb = btoa(String.fromCharCode(...deflateSync(strToU8(' '.repeat(3_000_000)), { level: 9 })))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '')
    expect(bomb.length).toBeLessThan(LONGEST)
    expect(readBlueprintLink(`z=${bomb}`)).toEqual({ faults: [{ at: [], reason: 'too-large' }] })
  })

  /** A level of every place. */
  const ALL = [SAMPLE, ...TEMPLATE_IDS.map((id) => fromTemplate(id, { title: 'x', intro: '', goal: '', debrief: '' }))]
  const edit = fc.tuple(fc.nat(3000), fc.nat(3), fc.stringMatching(/^[ -~]$/))
  const mutate = (text: string, edits: readonly (readonly [number, number, string])[]) =>
    edits.reduce((before, [at, how, letter]) => {
      const place = at % (before.length + 1)
      const kept = before.slice(how === 0 ? place + 1 : place)
      return how === 3 ? before.slice(0, place) + letter : `${before.slice(0, place)}${how === 0 ? '' : letter}${kept}`
    }, text)

  it('never throws: 10,000 links with letters swapped, cut, doubled or made up', () => {
    const links = ALL.map((blueprint) => writeBlueprintLink(blueprint) ?? '')
    fc.assert(
      fc.property(fc.constantFrom(...links), fc.array(edit, { minLength: 1, maxLength: 4 }), (link, edits) => {
        const read = readBlueprintLink(mutate(link, edits))
        return 'blueprint' in read || read.faults.length > 0
      }),
      { numRuns: 10_000 },
    )
  })

  it('never throws: 10,000 changed files, and what is still read is a level that is won or refused', () => {
    const files = ALL.map((blueprint) => JSON.stringify(blueprint))
    let checked = 0
    fc.assert(
      fc.property(fc.constantFrom(...files), fc.array(edit, { minLength: 1, maxLength: 2 }), (file, edits) => {
        const read = readBlueprint(mutate(file, edits))
        if ('faults' in read) return read.faults.length > 0
        // Whole nights take their time: forty of them will do.
        if (checked++ > 40) return true
        return faultsOf(read.blueprint).every(({ at }) => at.length > 0)
      }),
      { numRuns: 10_000 },
    )
    expect(checked).toBeGreaterThan(40)
  })
})
