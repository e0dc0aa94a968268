import type { GatePlan, Level } from '../shift/level'

/** Floor 4, The Gatehouse: reachable is what the rules let through and a lamp takes. */
const STARS = [0.65, 0.85, 0.95] as const
const BOSS_STARS = [0.7, 0.85, 0.95] as const

const WEST = '203.0.113.0/24'
const EAST = '198.51.100.0/24'

/** 4.1: outside, with a building that one does not know. */
const silence: Level = {
  id: '4.1',
  floor: 4,
  boss: false,
  host: { name: 'stranger-host', addresses: ['192.0.2.80'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd' },
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
      ],
      outside: true,
      gate: {
        policy: 'accept',
        notebook: true,
        rules: [{ match: { protocol: 'tcp', destinationPort: [3306, 5432] }, action: 'drop' }],
      },
      knocks: ['22/tcp', '80/tcp', '443/tcp', '23/tcp', '8080/tcp', '3306/tcp', '5432/tcp'],
      deal: { 'knock-tcp': 7 },
      offers: ['tell'],
      views: ['fields'],
      board: 'map',
      glow: 1,
    },
    {
      opens: [],
      outside: true,
      gate: {
        policy: 'accept',
        notebook: true,
        rules: [
          { match: { protocol: 'tcp', destinationPort: [3306, 5432] }, action: 'drop' },
          { match: { protocol: 'tcp', destinationPort: [25, 6379] }, action: 'admin-prohibited' },
          { match: { protocol: 'udp', destinationPort: [161, 514] }, action: 'drop' },
        ],
      },
      knocks: ['25/tcp', '6379/tcp', '5000/tcp', '3306/tcp', '53/udp', '123/udp', '161/udp', '514/udp', '69/udp'],
      deal: { 'knock-tcp': 4, 'knock-udp': 5 },
      offers: ['tell'],
      views: ['fields'],
      board: 'map',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['closed-is-silent', 'udp-silence-means-open', 'refused-means-host-down'],
  claims: ['S24', 'S36', 'S30'],
}

const BROAD_FIRST: GatePlan = {
  policy: 'drop',
  notebook: true,
  rules: [
    { match: { protocol: 'tcp', destinationPort: [80, 443] }, action: 'accept' },
    { match: { protocol: 'tcp', source: WEST, destinationPort: [80] }, action: 'drop' },
    { match: { protocol: 'udp', destinationPort: [53] }, action: 'accept' },
    { match: { protocol: 'tcp', source: EAST, destinationPort: [22] }, action: 'accept' },
    { match: { protocol: 'tcp', destinationPort: [{ from: 1, to: 1023 }] }, action: 'reset' },
    { match: { protocol: 'tcp', source: EAST, destinationPort: [8080] }, action: 'accept' },
  ],
}

/** The same board after the guard has put the narrow rule above the broad one, and the broad refusal above ssh. */
const [allWeb, noWest, names, eastSsh, low, eastAdmin] = BROAD_FIRST.rules
const NARROW_FIRST: GatePlan = {
  ...BROAD_FIRST,
  rules: [noWest, allWeb, names, low, eastSsh, eastAdmin].flatMap((rule) => rule ?? []),
}

/** 4.2: six rules, read from the top. */
const firstMatch: Level = {
  id: '4.2',
  floor: 4,
  boss: false,
  host: { name: 'harbour-6', addresses: ['192.0.2.40'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd' },
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
        { protocol: 'tcp', port: 8080, program: 'java' },
      ],
      gate: BROAD_FIRST,
      closed: [{ protocol: 'tcp', port: 3306 }],
      deal: { 'line-accept': 4, 'line-policy': 2, 'line-transport': 2 },
      first: 'line-accept',
      offers: ['tell'],
      views: ['fields'],
      board: 'gate',
      glow: 1,
    },
    {
      opens: [],
      gate: NARROW_FIRST,
      closed: [{ protocol: 'tcp', port: 3306 }],
      deal: { 'line-accept': 1, 'line-refuse': 5, 'line-policy': 2, 'line-transport': 2 },
      first: 'line-refuse',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['most-specific-rule-wins', 'no-rule-means-allowed', 'tcp-udp-share-space'],
  claims: ['S07', 'S28', 'S36'],
}

const VISITS = { protocol: 'tcp', destinationPort: [21, 22, 443] } as const
const WITH_NOTEBOOK: GatePlan = {
  policy: 'drop',
  notebook: true,
  rules: [
    { match: { state: ['established', 'related'] }, action: 'accept' },
    { match: VISITS, action: 'accept' },
  ],
}

/** 4.3: a notebook of flows, and then none. */
const theGateRemembers: Level = {
  id: '4.3',
  floor: 4,
  boss: false,
  host: { name: 'harbour-6', addresses: ['192.0.2.40'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd' },
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 21, program: 'vsftpd' },
      ],
      windows: [{ at: '21/tcp', like: 'strangers', count: 1 }],
      calls: [
        { from: 41000, to: { address: '198.51.100.9', port: 443 } },
        { from: 47312, to: { address: '203.0.113.25', port: 25 } },
      ],
      gate: WITH_NOTEBOOK,
      closed: [{ protocol: 'tcp', port: 3306 }],
      deal: { 'own-reply': 3, 'new-visit': 3, 'fake-reply': 2, 'icmp-of-flow': 1, 'ftp-data': 1 },
      first: 'own-reply',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 1,
    },
    {
      opens: [],
      gate: { policy: 'drop', notebook: false, rules: [{ match: VISITS, action: 'accept' }] },
      closed: [{ protocol: 'tcp', port: 3306 }],
      deal: { 'own-reply': 3, 'new-visit': 2, 'fake-reply': 1 },
      first: 'own-reply',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 0,
    },
    {
      opens: [],
      gate: {
        policy: 'drop',
        notebook: false,
        rules: [
          { match: VISITS, action: 'accept' },
          {
            match: { protocol: 'tcp', sourcePort: [25, 443], destinationPort: [{ from: 32768, to: 60999 }] },
            action: 'accept',
          },
        ],
      },
      closed: [{ protocol: 'tcp', port: 3306 }],
      deal: { 'own-reply': 1, 'fake-reply': 2 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['replies-need-inbound-rule', 'stateless-remembers', 'source-port-is-door', 'ftp-one-port'],
  claims: ['S36', 'S05', 'S16'],
}

const QUIET: GatePlan = {
  policy: 'accept',
  notebook: true,
  rules: [{ match: { protocol: 'tcp', destinationPort: [3306, 6379] }, action: 'drop' }],
}

/** 4.4: a scanner in the queue, and ssh at a number where nobody would look. */
const everyHandle: Level = {
  id: '4.4',
  floor: 4,
  boss: false,
  host: { name: 'harbour-6', addresses: ['192.0.2.40'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 48222, program: 'sshd' },
      ],
      gate: QUIET,
      knocks: [
        '22/tcp',
        '23/tcp',
        '25/tcp',
        '80/tcp',
        '443/tcp',
        '3306/tcp',
        '5432/tcp',
        '6379/tcp',
        '8080/tcp',
        '48222/tcp',
        '48223/tcp',
        '21/tcp',
        '3389/tcp',
        '5900/tcp',
      ],
      deal: { 'scan-syn': 14, 'tcp-to-listener': 4 },
      offers: ['listener', 'rst', 'drop'],
      views: ['fields', 'tcpdump'],
      board: 'map',
      glow: 2,
    },
    {
      opens: [],
      gate: QUIET,
      knocks: ['48222/tcp', '22/tcp', '3306/tcp', '443/tcp'],
      deal: { 'map-question': 4 },
      offers: ['tell'],
      views: ['fields'],
      board: 'map',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['nonstandard-port-hides', 'port-identifies-protocol', 'port-identifies-program'],
  claims: ['S30', 'S25', 'S29'],
}

/** 4.5: nine lamps, and who needs them. */
const putOutTheLamps: Level = {
  id: '4.5',
  floor: 4,
  boss: false,
  host: { name: 'harbour-7', addresses: ['192.0.2.50', '2001:db8::50', '10.0.1.50', '127.0.0.1'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd', address: '::' },
        { protocol: 'tcp', port: 80, program: 'nginx', address: '::' },
        { protocol: 'tcp', port: 443, program: 'nginx', address: '::' },
        { protocol: 'tcp', port: 3306, program: 'mysqld', address: '::' },
        { protocol: 'tcp', port: 6379, program: 'redis' },
        { protocol: 'tcp', port: 9200, program: 'java', address: '::' },
        { protocol: 'tcp', port: 23, program: 'telnetd' },
        { protocol: 'udp', port: 161, program: 'snmpd' },
        { protocol: 'tcp', port: 9100, program: 'node_exporter' },
      ],
      works: {
        families: ['ip', 'ip6'],
        mostRules: 6,
        policy: 'accept',
        sources: ['198.51.100.40', '10.0.1.60'],
        ports: [[80, 443], [22], [3306], [6379], [9200], [9100]],
        needs: [
          { who: 'customer', port: 80 },
          { who: 'customer', port: 443 },
          { who: 'admin', port: 22, from: '198.51.100.40' },
          { who: 'app', port: 3306, from: '10.0.1.60' },
          { who: 'local', port: 6379, from: '127.0.0.1' },
        ],
      },
      deal: { plan: 1, customer: 8, app: 3, admin: 2, local: 2, stranger: 6, stranger6: 3 },
      first: 'plan',
      offers: ['plan', 'let'],
      views: ['fields'],
      board: 'tulnp',
      glow: 0,
    },
  ],
  stars: [0.7, 0.85, 1],
  teaches: [
    'database-open-with-password',
    'listening-means-reachable',
    'ipv4-rule-covers-ipv6',
    'closed-port-secures-host',
  ],
  claims: ['S23', 'S28', 'S31', 'S25', 'S35'],
}

/** 4.6: programs at numbers that promise something else. */
const anotherNumber: Level = {
  id: '4.6',
  floor: 4,
  boss: false,
  host: { name: 'harbour-8', addresses: ['192.0.2.60'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'sshd', speaks: 'ssh' },
        { protocol: 'tcp', port: 8443, program: 'nginx', speaks: 'tls' },
        { protocol: 'tcp', port: 80, program: 'dnsmasq', speaks: 'dns' },
        { protocol: 'tcp', port: 2222, program: 'mysqld', speaks: 'mysql' },
        { protocol: 'tcp', port: 22, program: 'nginx', speaks: 'http' },
      ],
      deal: { 'tcp-to-listener': 3, 'speech-odd': 3, 'speech-taken': 2 },
      first: 'tcp-to-listener',
      offers: ['listener', 'rst', 'tell'],
      views: ['fields'],
      glow: 1,
    },
    {
      opens: [],
      deal: { 'speech-odd': 4, 'speech-taken': 3, 'banner-question': 3 },
      offers: ['listener', 'rst', 'tell'],
      views: ['fields'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['port-identifies-protocol', 'open-443-is-safe', 'nonstandard-port-hides', 'low-port-is-trusted'],
  claims: ['S11', 'S20', 'S29', 'S30'],
}

/** 4.7, the boss: the board is written first, and then the night comes. */
const nightWatch: Level = {
  id: '4.7',
  floor: 4,
  boss: true,
  host: { name: 'harbour-9', addresses: ['192.0.2.70', '10.0.1.70', '127.0.0.1'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 22, program: 'sshd' },
        { protocol: 'tcp', port: 5432, program: 'postgres' },
        { protocol: 'tcp', port: 9090, program: 'prometheus', address: '127.0.0.1' },
      ],
      calls: [
        { from: 41000, to: { address: '198.51.100.9', port: 443 } },
        { from: 52144, to: { address: '203.0.113.25', port: 443 } },
      ],
      works: {
        families: ['inet'],
        mostRules: 6,
        policy: 'accept',
        sources: ['198.51.100.40', '10.0.1.60'],
        ports: [[443], [22], [5432], [9090], [8080]],
        needs: [
          { who: 'customer', port: 443 },
          { who: 'admin', port: 22, from: '198.51.100.40' },
          { who: 'app', port: 5432, from: '10.0.1.60' },
          { who: 'local', port: 9090, from: '127.0.0.1' },
        ],
        behind: { patched: false, tls: true, secondFactor: false, tryLimit: true },
      },
      deal: { plan: 1, customer: 5, answer: 3, admin: 1, app: 2, local: 1, stranger: 5, intruder: 4, 'attack-told': 4 },
      first: 'plan',
      offers: ['plan', 'let', 'tell'],
      views: ['fields', 'tcpdump'],
      board: 'tlnp',
      glow: 0,
    },
    {
      opens: [],
      gate: {
        policy: 'drop',
        notebook: true,
        rules: [
          { match: { state: ['established', 'related'] }, action: 'accept' },
          { match: { protocol: 'tcp', destinationPort: [443] }, action: 'accept' },
          { match: { protocol: 'tcp', destinationPort: [8080] }, action: 'accept' },
          { match: { protocol: 'tcp', source: EAST, destinationPort: [22] }, action: 'accept' },
        ],
      },
      closed: [{ protocol: 'tcp', port: 8080 }],
      deal: { 'own-reply': 1, 'fake-reply': 1, 'line-policy': 2, 'line-transport': 1, 'heard-outside': 5 },
      knocks: ['8080/tcp', '5432/tcp', '443/tcp', '8080/tcp', '8080/tcp'],
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 0,
    },
  ],
  stars: BOSS_STARS,
  teaches: [
    'closed-port-secures-host',
    'most-specific-rule-wins',
    'replies-need-inbound-rule',
    'allow-rule-opens-port',
    'listening-means-reachable',
  ],
  claims: ['S07', 'S23', 'S24', 'S25', 'S26', 'S28', 'S31', 'S32', 'S36'],
}

export const GATEHOUSE: readonly Level[] = [
  silence,
  firstMatch,
  theGateRemembers,
  everyHandle,
  putOutTheLamps,
  anotherNumber,
  nightWatch,
]
