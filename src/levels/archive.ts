import type { Level } from '../shift/level'
import type { StreetPlan } from '../shift/street-plan'

/** Floor 7, The Archive: bytes, and in the end everything. */
const STARS = [0.6, 0.8, 0.95] as const
const BOSS_STARS = [0.7, 0.85, 0.95] as const

/** 7.1: only bytes. The closed ports are what the open ones become when their two bytes are swapped. */
const rawPaper: Level = {
  id: '7.1',
  floor: 7,
  boss: false,
  host: { name: 'archive', addresses: ['192.0.2.10'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd' },
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
        { protocol: 'tcp', port: 8080, program: 'java' },
      ],
      windows: [{ at: '443/tcp', like: 'strangers', count: 2 }],
      deal: { 'tcp-to-listener': 3, 'udp-to-listener': 2, bait: 1 },
      first: 'tcp-to-listener',
      offers: ['listener', 'connection', 'rst', 'icmp'],
      views: ['hex'],
      glow: 2,
    },
    {
      opens: [],
      closed: [
        { protocol: 'tcp', port: 0xbb01 },
        { protocol: 'tcp', port: 0x5000 },
        { protocol: 'udp', port: 0x3500 },
      ],
      ipOptions: true,
      deal: {
        'tcp-to-listener': 1,
        'udp-to-listener': 1,
        bait: 2,
        'tcp-to-closed': 2,
        'udp-to-closed': 1,
        'data-known': 2,
      },
      offers: ['listener', 'connection', 'rst', 'icmp'],
      views: ['hex'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['source-port-is-door', 'neighbour-mixup', 'tcp-udp-share-space'],
  claims: ['S02', 'S10', 'S18'],
}

/** 7.2: packets of one evening, recorded on the wire of one laptop (evidence/night). */
const recordedNight: Level = {
  id: '7.2',
  floor: 7,
  boss: false,
  host: { name: 'laptop', addresses: ['192.0.2.150'] },
  recorded: 30,
  waves: [
    {
      opens: [],
      deal: {},
      offers: ['listener', 'connection', 'rst', 'icmp', 'drop', 'tell'],
      views: ['tcpdump', 'hex', 'fields'],
      glow: 1,
    },
  ],
  stars: [0.65, 0.85, 0.95],
  teaches: ['reply-keeps-ports', 'dport-alone-selects', 'listener-carries-data', 'above-1023-is-ephemeral'],
  claims: ['S05', 'S16', 'S17', 'S18'],
}

const [DOCK, SITE] = ['192.168.1.20', '172.17.0.2'] as const

/** The street door of the all-nighter. */
const FLATS: StreetPlan = {
  street: '203.0.113.1',
  inside: '192.168.1.1',
  flats: ['192.168.1.10', DOCK, '192.168.1.21'],
  calls: [
    { from: { address: '192.168.1.10', port: 51000 }, to: { address: '198.51.100.9', port: 443 } },
    { from: { address: '192.168.1.21', port: 47001 }, to: { address: '198.51.100.25', port: 993 } },
  ],
  servers: [
    { address: '198.51.100.9', port: 443 },
    { address: '198.51.100.25', port: 993 },
  ],
  forwards: [
    { port: 443, to: { address: DOCK, port: 8081 } },
    { port: 2022, to: { address: '192.168.1.21', port: 22 } },
  ],
  strange: [3000, 8081],
}

/** 7.3, the boss: five computers of the harbour in one night, sixty errands. */
const allNighter: Level = {
  id: '7.3',
  leans: true,
  floor: 7,
  boss: true,
  host: { name: 'harbour', addresses: ['192.0.2.200', '192.0.2.201', '2001:db8::200', '127.0.0.1'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx', address: '::' },
        { protocol: 'tcp', port: 80, program: 'nginx' },
        { protocol: 'udp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 8080, program: 'java', address: '192.0.2.201' },
        { protocol: 'tcp', port: 5432, program: 'postgres', address: '127.0.0.1' },
        { protocol: 'tcp', port: 48222, program: 'sshd' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
      ],
      windows: [
        { at: '443/tcp', like: 'twins', count: 12 },
        { at: '80/tcp', like: 'same-pair', count: 4 },
        { at: '443/tcp', like: 'both-families', count: 2 },
      ],
      bricks: [{ protocol: 'tcp', port: 23 }],
      deal: { 'to-listener': 3, 'other-entrance': 2, 'staff-door': 1, 'data-lookalike': 4, 'data-other-door': 1 },
      toPorts: ['443/tcp', '443/udp', '8080/tcp', '80/tcp'],
      offers: ['listener', 'connection', 'rst', 'icmp'],
      views: ['fields', 'tcpdump'],
      glow: 0,
    },
    {
      opens: [],
      envelope: 'write',
      deal: { 'request-to-answer': 6 },
      toPorts: ['53/udp'],
      offers: ['reply'],
      views: ['fields'],
      glow: 0,
    },
    {
      host: { name: 'harbour-gate', addresses: ['192.0.2.202'] },
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 48222, program: 'sshd' },
      ],
      calls: [
        { from: 41000, to: { address: '198.51.100.9', port: 443 } },
        { from: 52144, to: { address: '203.0.113.25', port: 25 } },
      ],
      closed: [{ protocol: 'tcp', port: 8080 }],
      gate: {
        policy: 'drop',
        notebook: true,
        rules: [
          { match: { state: ['established', 'related'] }, action: 'accept' },
          { match: { protocol: 'tcp', source: '198.51.100.0/24', destinationPort: [8080] }, action: 'drop' },
          { match: { protocol: 'tcp', destinationPort: [443, 8080] }, action: 'accept' },
          { match: { protocol: 'tcp', source: '203.0.113.0/24', destinationPort: [48222] }, action: 'accept' },
          { match: { protocol: 'tcp', destinationPort: [48222] }, action: 'drop' },
        ],
      },
      knocks: ['443/tcp', '8080/tcp', '48222/tcp'],
      deal: {
        'line-refuse': 2,
        'line-transport': 1,
        'own-reply': 1,
        'fake-reply': 2,
        'heard-outside': 2,
        'map-question': 2,
      },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 0,
    },
    {
      // The guard's notebook is gone.
      opens: [],
      gate: {
        policy: 'drop',
        notebook: false,
        rules: [{ match: { protocol: 'tcp', destinationPort: [443, 48222] }, action: 'accept' }],
      },
      deal: { 'own-reply': 4 },
      offers: ['tell'],
      views: ['tcpdump'],
      board: 'gate',
      glow: 0,
    },
    {
      // A block of flats: two signs, one behind the other.
      host: { name: 'harbour-flats', addresses: [FLATS.street, DOCK, '192.168.1.21', SITE] },
      opens: [
        { protocol: 'tcp', port: 22, program: 'sshd', address: '192.168.1.21' },
        { protocol: 'tcp', port: 3000, program: 'site', address: SITE },
      ],
      street: FLATS,
      annex: {
        host: DOCK,
        containers: [{ name: 'site', address: SITE, listens: 3000, signs: ['8081:3000'] }],
        strange: [80],
      },
      deal: { 'two-signs-in': 3, 'two-signs-back': 3, 'nat-back': 4 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'street',
      glow: 0,
    },
    {
      host: {
        name: 'harbour-shop',
        addresses: ['10.96.0.50', '192.0.2.204', '192.0.2.205', '10.244.1.5', '10.244.2.7'],
      },
      opens: [
        { protocol: 'tcp', port: 8080, program: 'web', address: '10.244.1.5' },
        { protocol: 'tcp', port: 8080, program: 'web', address: '10.244.2.7' },
      ],
      cluster: {
        nodes: ['192.0.2.204', '192.0.2.205'],
        guest: '10.244.3.9',
        pods: [
          { name: 'web-1', address: '10.244.1.5', app: 'web', listens: 8080 },
          { name: 'web-2', address: '10.244.2.7', app: 'web', listens: 8080, ready: false },
        ],
        services: [
          {
            name: 'web',
            app: 'web',
            type: 'NodePort',
            clusterIP: '10.96.0.50',
            port: 80,
            targetPort: 8080,
            nodePort: 30080,
          },
        ],
      },
      deal: { 'pod-to-service': 2, 'stranger-to-node-port': 2, 'wrong-number': 3 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'svc',
      glow: 0,
    },
    {
      host: { name: 'harbour', addresses: ['192.0.2.200'] },
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'udp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 8080, program: 'java' },
      ],
      windows: [{ at: '443/tcp', like: 'twins', count: 6 }],
      deal: { 'to-listener': 3, bait: 3, 'data-lookalike': 4, 'data-unknown': 2 },
      offers: ['listener', 'connection', 'rst'],
      views: ['hex'],
      glow: 0,
    },
  ],
  stars: BOSS_STARS,
  teaches: [
    'source-ip-alone-selects',
    'stateless-remembers',
    'nonstandard-port-hides',
    'publish-reversed',
    'k8s-port-is-targetport',
    'source-port-is-door',
  ],
  claims: ['S16', 'S17', 'S22', 'S26', 'S28', 'S30', 'S32', 'S36'],
}

export const ARCHIVE: readonly Level[] = [rawPaper, recordedNight, allNighter]
