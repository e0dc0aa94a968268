import type { Level } from '../shift/level'

/** Floor 1, The Lobby: a door is protocol plus destination port. */
const STARS = [0.7, 0.85, 0.95] as const

const HTTP = { protocol: 'tcp', port: 80, program: 'HTTP' } as const
const HTTPS = { protocol: 'tcp', port: 443, program: 'HTTPS' } as const
const SSH = { protocol: 'tcp', port: 22, program: 'SSH' } as const
const SMTP = { protocol: 'tcp', port: 25, program: 'SMTP' } as const
const DNS_TCP = { protocol: 'tcp', port: 53, program: 'DNS' } as const
const DNS_UDP = { protocol: 'udp', port: 53, program: 'DNS' } as const
const NTP = { protocol: 'udp', port: 123, program: 'NTP' } as const
const MYSQL = { protocol: 'tcp', port: 3306, program: 'MySQL' } as const
const POSTGRESQL = { protocol: 'tcp', port: 5432, program: 'PostgreSQL' } as const

const tcp = (port: number) => ({ protocol: 'tcp', port }) as const
const udp = (port: number) => ({ protocol: 'udp', port }) as const

/** 1.1: the first sixty seconds. One door, then two, then a port where nobody listens. */
const firstDoors: Level = {
  id: '1.1',
  floor: 1,
  boss: false,
  host: { name: 'harbour-1', addresses: ['192.0.2.10'] },
  waves: [
    {
      opens: [HTTPS],
      deal: { 'to-listener': 2 },
      offers: ['listener'],
      views: ['fields'],
      ink: ['destinationPort'],
      glow: 1,
    },
    {
      opens: [SSH],
      deal: { 'to-listener': 2 },
      offers: ['listener'],
      views: ['fields'],
      ink: ['destinationPort'],
      glow: 0,
    },
    {
      opens: [HTTP],
      bricks: [tcp(8080)],
      deal: { 'tcp-to-closed': 2, 'to-listener': 4 },
      first: 'tcp-to-closed',
      offers: ['listener', 'rst'],
      views: ['fields'],
      ink: ['destinationPort'],
      glow: 0,
    },
  ],
  stars: STARS,
  hintAfter: 5000,
  teaches: ['port-identifies-program', 'secure-twin-mixup'],
  claims: ['S01', 'S04', 'S06', 'S08', 'S09', 'S33', 'S34'],
}

/** 1.2: both ports are in ink, and one of them is bait. */
const returnAddress: Level = {
  id: '1.2',
  floor: 1,
  boss: false,
  host: { name: 'harbour-1', addresses: ['192.0.2.10'] },
  waves: [
    {
      opens: [HTTP, HTTPS, SSH, { protocol: 'tcp', port: 8080, program: 'Tomcat' }],
      deal: { 'to-listener': 3, bait: 3 },
      offers: ['listener', 'rst'],
      views: ['fields'],
      glow: 2,
    },
    {
      opens: [{ protocol: 'tcp', port: 50000, program: 'Jenkins' }],
      closed: [tcp(50001)],
      deal: { 'to-listener': 4, bait: 3, 'tcp-to-closed': 1 },
      offers: ['listener', 'rst'],
      views: ['fields'],
      toPorts: ['50000/tcp', '443/tcp', '50000/tcp', '80/tcp', '22/tcp', '8080/tcp'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['source-port-is-door', 'client-uses-service-port', 'above-1023-is-ephemeral'],
  claims: ['S05'],
}

/** 1.3: a second row of doors. The same number stands twice. */
const parcelOrPostcard: Level = {
  id: '1.3',
  floor: 1,
  boss: false,
  host: { name: 'harbour-1', addresses: ['192.0.2.10'] },
  waves: [
    {
      opens: [
        DNS_TCP,
        { protocol: 'tcp', port: 514, program: 'rsyslog' },
        HTTPS,
        DNS_UDP,
        { protocol: 'udp', port: 514, program: 'Syslog' },
        NTP,
      ],
      closed: [tcp(123)],
      deal: { 'tcp-to-listener': 6, 'udp-to-listener': 9, 'tcp-to-closed': 1 },
      toPorts: [
        '53/tcp',
        '514/tcp',
        '53/tcp',
        '514/tcp',
        '443/tcp',
        '53/udp',
        '514/udp',
        '53/udp',
        '514/udp',
        '53/udp',
        '514/udp',
        '123/udp',
      ],
      offers: ['listener', 'rst'],
      views: ['fields'],
      glow: 3,
    },
  ],
  stars: STARS,
  teaches: ['tcp-udp-share-space', 'dns-is-udp-only'],
  claims: ['S10', 'S01', 'S18'],
}

/** 1.4: refusal in each protocol's own way, and a visitor that no door wants. */
const brickedUp: Level = {
  id: '1.4',
  floor: 1,
  boss: false,
  host: { name: 'harbour-1', addresses: ['192.0.2.10'] },
  waves: [
    {
      opens: [HTTP, HTTPS, DNS_UDP, NTP],
      bricks: [tcp(23), tcp(53), udp(161), tcp(3306)],
      deal: { 'to-listener': 3, 'tcp-to-closed': 3, 'udp-to-closed': 3 },
      offers: ['listener', 'rst', 'icmp', 'drop'],
      views: ['fields'],
      glow: 2,
    },
    {
      opens: [],
      deal: { 'to-listener': 4, 'tcp-to-closed': 2, 'udp-to-closed': 2, ping: 1 },
      offers: ['listener', 'rst', 'icmp', 'echo-reply', 'drop'],
      views: ['fields'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: [
    'closed-is-silent',
    'udp-closed-sends-rst',
    'closed-tcp-sends-icmp',
    'refused-means-host-down',
    'icmp-has-port',
  ],
  claims: ['S14', 'S20', 'S24'],
}

/** 1.5: plates without numbers, papers without numbers, and the three ranges of the registry. */
const threeDistricts: Level = {
  id: '1.5',
  floor: 1,
  boss: false,
  host: { name: 'harbour-2', addresses: ['192.0.2.11'] },
  waves: [
    {
      opens: [HTTP, HTTPS, SMTP, MYSQL, POSTGRESQL, { protocol: 'udp', port: 51820, program: 'WireGuard' }],
      deal: { 'to-listener': 6, 'port-zero': 1 },
      offers: ['listener', 'rst'],
      views: ['fields'],
      plates: 'name',
      glow: 1,
    },
    {
      opens: [],
      closed: [tcp(587), tcp(465)],
      deal: { 'tcp-to-listener': 5, 'tcp-to-closed': 2 },
      offers: ['listener', 'rst'],
      views: ['fields'],
      papers: 'name',
      glow: 0,
    },
    {
      opens: [],
      deal: { 'range-question': 4 },
      toPorts: ['8443/tcp', '3306/tcp', '443/tcp', '51820/udp'],
      offers: ['range'],
      views: ['fields'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: [
    'above-1023-is-ephemeral',
    'popular-means-well-known',
    'port-zero-usable',
    'secure-twin-mixup',
    'neighbour-mixup',
    'smtp-one-port',
  ],
  claims: ['S02', 'S03', 'S11', 'S35'],
}

/** 1.6, the boss: everything so far at ten doors; the last wave comes as a terminal prints it. */
const rushAtTheFrontDesk: Level = {
  id: '1.6',
  floor: 1,
  boss: true,
  host: { name: 'harbour-3', addresses: ['192.0.2.12'] },
  waves: [
    {
      opens: [
        SSH,
        SMTP,
        DNS_TCP,
        HTTP,
        HTTPS,
        { protocol: 'tcp', port: 993, program: 'IMAPS' },
        MYSQL,
        POSTGRESQL,
        DNS_UDP,
        NTP,
      ],
      closed: [tcp(23), tcp(123), tcp(143), tcp(8080), udp(80), udp(9)],
      deal: { 'to-listener': 7, bait: 2, 'tcp-to-closed': 2, 'udp-to-closed': 1 },
      offers: ['listener', 'rst', 'icmp', 'echo-reply', 'drop'],
      views: ['fields'],
      glow: 0,
    },
    {
      opens: [],
      deal: { 'to-listener': 6, bait: 2, 'tcp-to-closed': 2, 'udp-to-closed': 1, ping: 1 },
      offers: ['listener', 'rst', 'icmp', 'echo-reply', 'drop'],
      views: ['fields'],
      glow: 0,
    },
    {
      opens: [],
      deal: { 'to-listener': 7, bait: 2, 'tcp-to-closed': 2, 'udp-to-closed': 1 },
      offers: ['listener', 'rst', 'icmp', 'echo-reply', 'drop'],
      views: ['tcpdump'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['source-port-is-door', 'tcp-udp-share-space', 'closed-is-silent'],
  claims: ['S01', 'S04', 'S10', 'S14', 'S33', 'S34', 'S35'],
}

export const LOBBY: readonly Level[] = [
  firstDoors,
  returnAddress,
  parcelOrPostcard,
  brickedUp,
  threeDistricts,
  rushAtTheFrontDesk,
]
