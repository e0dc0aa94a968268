import type { Level } from '../shift/level'

/** Floor 3, The Entrances: a lamp hangs at an address, not only at a number; and the player becomes the kernel. */
const STARS = [0.65, 0.85, 0.95] as const

const ROUTES = ['listener', 'rst'] as const
const KERNEL = ['grant', 'eaddrinuse', 'eacces', 'eaddrnotavail'] as const

/** 3.1: three addresses, one of them for staff. */
const whichEntrance: Level = {
  id: '3.1',
  floor: 3,
  boss: false,
  host: { name: 'harbour-4', addresses: ['192.0.2.20', '192.0.2.21', '127.0.0.1'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 443, program: 'shop', address: '192.0.2.20' },
        { protocol: 'tcp', port: 443, program: 'blog', address: '192.0.2.21' },
        { protocol: 'tcp', port: 5432, program: 'postgres', address: '127.0.0.1' },
        { protocol: 'tcp', port: 22, program: 'sshd', address: '192.0.2.20' },
      ],
      deal: { 'to-listener': 4, 'other-entrance': 2, 'staff-door': 1 },
      toPorts: ['80/tcp', '443/tcp', '443/tcp', '22/tcp'],
      offers: ROUTES,
      views: ['fields'],
      board: 'tlnp',
      glow: 2,
    },
    {
      opens: [],
      deal: { 'to-listener': 5, 'other-entrance': 3, 'staff-door': 2, 'from-inside': 1 },
      toPorts: ['80/tcp', '443/tcp', '443/tcp', '22/tcp'],
      offers: ROUTES,
      views: ['fields'],
      board: 'tlnp',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['specific-bind-answers-all', 'wildcard-is-localhost', 'loopback-reachable-outside'],
  claims: ['S14', 'S21', 'S28'],
}

/** 3.2: IPv6, and a wildcard that takes both families unless it says v6only. */
const longAddresses: Level = {
  id: '3.2',
  floor: 3,
  boss: false,
  host: { name: 'harbour-4', addresses: ['192.0.2.20', '2001:db8::20'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx', address: '::' },
        { protocol: 'tcp', port: 22, program: 'sshd', address: '::', v6only: true },
        { protocol: 'tcp', port: 25, program: 'postfix' },
        { protocol: 'udp', port: 53, program: 'dnsmasq', address: '2001:db8::20' },
      ],
      windows: [{ at: '443/tcp', like: 'both-families', count: 2 }],
      deal: { 'to-listener-v6': 3, 'to-listener-v4': 2, 'other-entrance': 2, 'data-known': 1 },
      offers: ['listener', 'connection', 'rst', 'icmp'],
      views: ['fields'],
      board: 'tan',
      glow: 2,
    },
    {
      opens: [],
      deal: { 'to-listener-v6': 2, 'to-listener-v4': 2, 'other-entrance': 2, 'data-known': 2 },
      offers: ['listener', 'connection', 'rst', 'icmp'],
      views: ['fields', 'tcpdump'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['ipv6-any-is-ipv6-only', 'port-unique-across-hosts'],
  claims: ['S14', 'S16'],
}

/** 3.3: programs ask for a lamp, and the player is the kernel. */
const hangTheLamps: Level = {
  id: '3.3',
  floor: 3,
  boss: false,
  host: { name: 'harbour-5', addresses: ['192.0.2.30', '192.0.2.31', '127.0.0.1'] },
  ephemeral: [40000, 40007],
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 8080, program: 'java', address: '192.0.2.30' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
      ],
      deal: { 'bind-free': 2, 'bind-conflict': 1, 'bind-covered': 2, 'bind-other-protocol': 1 },
      first: 'bind-free',
      offers: KERNEL,
      views: ['fields'],
      board: 'tulnp',
      glow: 1,
    },
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'haproxy', address: '192.0.2.30', reuseport: true, reuseaddr: true },
      ],
      deal: { 'bind-free': 1, 'bind-covered': 2, 'bind-privileged': 1, 'bind-foreign': 1, 'bind-other-protocol': 1 },
      offers: KERNEL,
      views: ['fields'],
      board: 'tulnp',
      glow: 0,
    },
    {
      opens: [{ protocol: 'tcp', port: 3000, program: 'node', address: '192.0.2.31', reuseaddr: true }],
      windows: [{ at: '3000/tcp', like: 'strangers', count: 2, state: 'TIME-WAIT' }],
      deal: {},
      offers: KERNEL,
      views: ['fields'],
      board: 'tan',
      glow: 0,
    },
    {
      opens: [],
      stops: ['3000/tcp'],
      deal: { 'bind-after-restart': 2, 'bind-reuseport': 1, 'bind-any': 1, 'bind-conflict': 1 },
      offers: [...KERNEL, 'port'],
      views: ['fields'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: [
    'wildcard-and-specific-coexist',
    'busy-port-needs-process',
    'low-port-is-trusted',
    'reuseport-copies-traffic',
    'tcp-udp-share-space',
  ],
  claims: ['S13', 'S14', 'S03'],
}

/** 3.4: eight numbers, and more than eight connections. */
const goingOut: Level = {
  id: '3.4',
  floor: 3,
  boss: false,
  host: { name: 'your laptop', addresses: ['203.0.113.7'] },
  ephemeral: [40000, 40007],
  waves: [
    {
      opens: [],
      calls: [
        { from: 40000, to: { address: '192.0.2.10', port: 443 } },
        { from: 40001, to: { address: '192.0.2.10', port: 443 } },
        { from: 40002, to: { address: '192.0.2.20', port: 22 } },
      ],
      servers: [
        { address: '192.0.2.10', port: 443 },
        { address: '192.0.2.20', port: 443 },
        { address: '192.0.2.20', port: 22 },
      ],
      deal: { 'connect-same-server': 3, 'connect-new-server': 3 },
      first: 'connect-same-server',
      offers: ['port', 'eaddrnotavail'],
      views: ['fields'],
      board: 'tan',
      glow: 1,
    },
    {
      opens: [],
      calls: [{ from: 40003, to: { address: '192.0.2.30', port: 80 }, state: 'TIME-WAIT' }],
      servers: [
        { address: '192.0.2.10', port: 443 },
        { address: '192.0.2.20', port: 443 },
        { address: '192.0.2.30', port: 80 },
      ],
      deal: { 'connect-same-server': 4, 'connect-new-server': 2, 'connect-after-close': 2 },
      offers: ['port', 'eaddrnotavail'],
      views: ['fields'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['ephemeral-never-shared', 'ephemeral-always-49152', 'client-uses-service-port'],
  claims: ['S05', 'S15', 'S02'],
}

/** 3.5, the boss: programs stop, die and start again while visitors keep coming. */
const movingDay: Level = {
  id: '3.5',
  floor: 3,
  boss: true,
  host: { name: 'harbour-5', addresses: ['192.0.2.30', '192.0.2.31', '2001:db8::30', '127.0.0.1'] },
  ephemeral: [40000, 40007],
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 443, program: 'shop', address: '192.0.2.30' },
        { protocol: 'tcp', port: 22, program: 'sshd', address: '::' },
        { protocol: 'tcp', port: 6379, program: 'redis', address: '127.0.0.1' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
      ],
      windows: [
        { at: '443/tcp', like: 'strangers', count: 5 },
        { at: '22/tcp', like: 'both-families', count: 2 },
      ],
      deal: {
        'to-listener': 3,
        'other-entrance': 2,
        'staff-door': 1,
        'data-known': 3,
        'bind-covered': 1,
        'bind-free': 1,
      },
      toPorts: ['80/tcp', '443/tcp', '22/tcp', '53/udp'],
      offers: ['listener', 'connection', 'rst', 'icmp', ...KERNEL],
      views: ['fields', 'tcpdump'],
      board: 'tan',
      glow: 0,
    },
    {
      opens: [],
      stops: ['80/tcp'],
      deal: {
        'to-listener': 2,
        'tcp-to-closed': 2,
        'data-known': 3,
        'data-unknown': 1,
        'bind-free': 1,
        'bind-conflict': 1,
        'bind-privileged': 1,
      },
      toPorts: ['443/tcp', '22/tcp', '53/udp'],
      offers: ['listener', 'connection', 'rst', 'icmp', ...KERNEL],
      views: ['fields', 'tcpdump'],
      board: 'tan',
      glow: 0,
    },
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'shop', address: '192.0.2.31' },
        { protocol: 'tcp', port: 80, program: 'caddy', address: '192.0.2.31' },
      ],
      crashes: ['443/tcp'],
      deal: {
        'to-listener': 3,
        'other-entrance': 2,
        'data-after-crash': 2,
        'data-known': 2,
        'bind-covered': 1,
        'bind-other-protocol': 1,
      },
      toPorts: ['80/tcp', '443/tcp', '22/tcp', '53/udp'],
      offers: ['listener', 'connection', 'rst', 'icmp', ...KERNEL],
      views: ['fields', 'tcpdump'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: [
    'specific-bind-answers-all',
    'wildcard-and-specific-coexist',
    'listener-carries-data',
    'loopback-reachable-outside',
  ],
  claims: ['S13', 'S14', 'S16', 'S21'],
}

export const ENTRANCES: readonly Level[] = [whichEntrance, longAddresses, hangTheLamps, goingOut, movingDay]
