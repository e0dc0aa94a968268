import type { Level } from '../shift/level'
import type { AnnexContainer, StreetPlan } from '../shift/street-plan'

/** Floor 5, The Street Door and the Annex: numbers may be rewritten on the way. */
const STARS = [0.65, 0.85, 0.95] as const
const BOSS_STARS = [0.7, 0.85, 0.95] as const

const STREET = '203.0.113.1'
const INSIDE = '192.168.1.1'
const [FIRST, SECOND, THIRD] = ['192.168.1.10', '192.168.1.11', '192.168.1.12'] as const
const [WEB, SSH, DATABASE] = ['192.168.1.20', '192.168.1.21', '192.168.1.22'] as const

const SHOP = { address: '198.51.100.9', port: 443 } as const
const MAIL = { address: '198.51.100.25', port: 993 } as const
const NEWS = { address: '192.0.2.10', port: 443 } as const

const CALLS: StreetPlan = {
  street: STREET,
  inside: INSIDE,
  flats: [FIRST, SECOND, THIRD],
  forwards: [],
  calls: [
    { from: { address: FIRST, port: 51000 }, to: SHOP },
    { from: { address: SECOND, port: 52144 }, to: SHOP },
    { from: { address: THIRD, port: 40312 }, to: NEWS },
    { from: { address: SECOND, port: 47001 }, to: MAIL },
  ],
  servers: [SHOP, MAIL, NEWS],
  strange: [631, 8009],
}

/** 5.1: three flats, one address, and a list. */
const manyFlats: Level = {
  id: '5.1',
  floor: 5,
  boss: false,
  host: { name: 'flats', addresses: [STREET, FIRST, SECOND, THIRD] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 631, program: 'cupsd', address: FIRST },
        { protocol: 'tcp', port: 22, program: 'sshd', address: SECOND },
        { protocol: 'tcp', port: 8009, program: 'cast', address: THIRD },
      ],
      street: CALLS,
      deal: { 'nat-out': 3, 'nat-back': 4, 'nat-uninvited': 1 },
      first: 'nat-out',
      offers: ['tell'],
      views: ['fields'],
      board: 'street',
      glow: 1,
    },
    {
      opens: [],
      street: CALLS,
      deal: { 'nat-out': 1, 'nat-out-twin': 3, 'nat-back': 3, 'nat-uninvited': 3 },
      first: 'nat-out-twin',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'street',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['source-ip-alone-selects', 'source-port-alone-selects', 'router-routes-by-port', 'unsolicited-finds-host'],
  claims: ['S05', 'S15', 'S16', 'S17'],
}

const SIGNS: StreetPlan = {
  ...CALLS,
  flats: [WEB, SSH, DATABASE],
  calls: [],
  forwards: [
    { port: 8443, to: { address: WEB, port: 443 } },
    { port: 2222, to: { address: SSH, port: 22 } },
  ],
  strange: [3306, 443, 22],
}

/** 5.2: two signs, one of them hung by the player, and a flat that calls its own house. */
const forwardingSign: Level = {
  id: '5.2',
  floor: 5,
  boss: false,
  host: { name: 'flats', addresses: [STREET, WEB, SSH, DATABASE] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx', address: WEB },
        { protocol: 'tcp', port: 22, program: 'sshd', address: SSH },
        { protocol: 'tcp', port: 3306, program: 'mysqld', address: DATABASE },
      ],
      street: {
        ...SIGNS,
        forwards: [{ port: 2222, to: { address: SSH, port: 22 } }],
        strange: [3306, 22],
        missing: { port: 8443, to: { address: WEB, port: 443 } },
      },
      deal: { 'forward-in': 2, 'forward-none': 1, 'forward-sign': 1 },
      first: 'forward-in',
      offers: ['tell'],
      views: ['fields'],
      board: 'street',
      glow: 1,
    },
    {
      opens: [],
      street: SIGNS,
      deal: { 'forward-in': 2, 'forward-label': 3, 'forward-out': 4, 'forward-none': 3, hairpin: 2 },
      first: 'forward-label',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'street',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['forward-keeps-port', 'nat-is-firewall', 'hairpin-always-works', 'reply-keeps-ports'],
  claims: ['S07', 'S20', 'S28'],
}

const DOCK = '192.0.2.80'
const SITE: AnnexContainer = { name: 'web', address: '172.17.0.2', listens: 80, signs: ['8080:80'] }
const API: AnnexContainer = { name: 'api', address: '172.17.0.3', listens: 80, signs: [] }
const STORE: AnnexContainer = { name: 'db', address: '172.17.0.4', listens: 5432, signs: [] }

/** 5.3: two annexes with an 80 of their own, and a sign to write. */
const annexOnTheRoof: Level = {
  id: '5.3',
  floor: 5,
  boss: false,
  host: { name: 'dock-host', addresses: [DOCK, '172.17.0.2', '172.17.0.3', '172.17.0.4'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 80, program: 'web', address: '172.17.0.2' },
        { protocol: 'tcp', port: 80, program: 'api', address: '172.17.0.3' },
        { protocol: 'tcp', port: 5432, program: 'db', address: '172.17.0.4' },
      ],
      annex: {
        host: DOCK,
        containers: [SITE, API, STORE],
        strange: [5432, 80],
        missing: { container: 'api', port: 8081, street: true },
      },
      deal: { 'annex-in': 3, 'annex-none': 2, 'annex-sign': 1 },
      first: 'annex-in',
      offers: ['tell'],
      views: ['fields'],
      board: 'annex',
      glow: 1,
    },
    {
      opens: [],
      annex: { host: DOCK, containers: [SITE, { ...API, signs: ['8081:80'] }, STORE], strange: [5432, 80] },
      deal: { 'annex-in': 6, 'annex-none': 3 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'annex',
      glow: 0,
    },
    {
      opens: [],
      annex: {
        host: DOCK,
        containers: [SITE, { ...API, signs: ['8081:80'] }, STORE],
        strange: [5432],
        missing: { container: 'db', port: 15432, street: true },
      },
      deal: { 'annex-sign': 1 },
      offers: ['tell'],
      views: ['fields'],
      board: 'annex',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['publish-reversed', 'expose-publishes', 'port-unique-across-hosts'],
  claims: ['S12', 'S27'],
}

const OPEN_STORE: AnnexContainer = { ...STORE, signs: ['5432:5432'] }
const STAFF_STORE: AnnexContainer = { ...STORE, signs: ['127.0.0.1:5432:5432'] }
const CUSTOMERS: AnnexContainer = { ...SITE, signs: ['80:80'] }

/** 5.4: a rule that is never asked, and a sign with an address in front. */
const signForStaff: Level = {
  id: '5.4',
  floor: 5,
  boss: false,
  host: { name: 'dock-host', addresses: [DOCK, '172.17.0.2', '172.17.0.4', '127.0.0.1'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 80, program: 'web', address: '172.17.0.2' },
        { protocol: 'tcp', port: 5432, program: 'db', address: '172.17.0.4' },
      ],
      annex: { host: DOCK, containers: [CUSTOMERS, OPEN_STORE], strange: [22], drops: [5432] },
      deal: { 'annex-in': 5, 'annex-local': 2 },
      offers: ['tell'],
      views: ['fields'],
      board: 'annex',
      glow: 1,
    },
    {
      opens: [],
      annex: {
        host: DOCK,
        containers: [CUSTOMERS, STORE],
        strange: [5432],
        drops: [5432],
        missing: { container: 'db', port: 5432, street: false },
      },
      deal: { 'annex-sign': 1, 'annex-none': 1 },
      first: 'annex-sign',
      offers: ['tell'],
      views: ['fields'],
      board: 'annex',
      glow: 0,
    },
    {
      opens: [],
      annex: { host: DOCK, containers: [CUSTOMERS, STAFF_STORE], strange: [22] },
      deal: { 'annex-in': 4, 'annex-local': 3 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'annex',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['publish-stays-private', 'wildcard-is-localhost', 'loopback-reachable-outside'],
  claims: ['S12', 'S28', 'S31', 'S07'],
}

const HOME = '192.168.1.20'
const BLOCK: StreetPlan = {
  ...CALLS,
  flats: [FIRST, SECOND, HOME, SSH],
  calls: [
    { from: { address: FIRST, port: 51000 }, to: SHOP },
    { from: { address: SECOND, port: 52144 }, to: SHOP },
    { from: { address: FIRST, port: 40312 }, to: NEWS },
  ],
  forwards: [
    { port: 443, to: { address: HOME, port: 8080 } },
    { port: 2222, to: { address: SSH, port: 22 } },
  ],
  strange: [5432, 8080, 80],
}
const ROOF = {
  host: HOME,
  containers: [SITE, STAFF_STORE],
  strange: [80],
}

/** 5.5, the boss: a street door, a sign, and another sign behind it, both ways. */
const apartmentBlock: Level = {
  id: '5.5',
  floor: 5,
  boss: true,
  host: { name: 'flats', addresses: [STREET, HOME, SSH, '172.17.0.2', '172.17.0.4'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd', address: SSH },
        { protocol: 'tcp', port: 80, program: 'web', address: '172.17.0.2' },
        { protocol: 'tcp', port: 5432, program: 'db', address: '172.17.0.4' },
      ],
      street: BLOCK,
      annex: ROOF,
      deal: { 'two-signs-in': 4, 'nat-out': 2, 'nat-back': 2, 'nat-uninvited': 1 },
      first: 'two-signs-in',
      offers: ['tell'],
      views: ['fields'],
      board: 'street',
      glow: 0,
    },
    {
      opens: [],
      street: BLOCK,
      annex: ROOF,
      deal: { 'two-signs-in': 3, 'two-signs-back': 4, 'forward-none': 2, 'annex-local': 1 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'annex',
      glow: 0,
    },
    {
      opens: [],
      street: BLOCK,
      annex: ROOF,
      deal: { 'two-signs-in': 3, 'two-signs-back': 4, 'nat-out-twin': 2, 'nat-back': 2, 'forward-none': 1 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'street',
      glow: 0,
    },
  ],
  stars: BOSS_STARS,
  teaches: ['forward-keeps-port', 'publish-reversed', 'publish-stays-private', 'unsolicited-finds-host'],
  claims: ['S05', 'S12', 'S16', 'S17', 'S27', 'S31'],
}

export const STREET_DOOR: readonly Level[] = [manyFlats, forwardingSign, annexOnTheRoof, signForStaff, apartmentBlock]
