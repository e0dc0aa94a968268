import type { Blueprint } from './blueprint'
import { BLUEPRINT } from './blueprint'

/** What a level of the builder can begin with, in the order of the floors. */
export const TEMPLATE_IDS = [
  'doors',
  'windows',
  'requests',
  'rules',
  'replies',
  'scanner',
  'street',
  'annex',
  'block',
  'service',
  'balancer',
  'http3',
] as const

export type TemplateId = (typeof TEMPLATE_IDS)[number]

type Words = Pick<Blueprint, 'title' | 'intro' | 'goal' | 'debrief'>
type Network = Omit<Blueprint, keyof Words | 'kind' | 'version'>

/** The level of a template, with the words of a language: small, and playable as it is. */
export const fromTemplate = (id: TemplateId, words: Words): Blueprint => ({ ...BLUEPRINT, ...words, ...NETWORKS[id] })

const HOST = { name: 'harbour-9', addresses: ['192.0.2.50'] }

/** At a box on the way nothing is asked but what the box does. */
const TELL: Pick<Blueprint['waves'][number], 'opens' | 'offers' | 'views'> = {
  opens: [],
  offers: ['tell'],
  views: ['fields'],
}

const [FIRST, SECOND, SERVER] = ['192.168.1.10', '192.168.1.11', '192.168.1.20'] as const
const SHOP = { address: '198.51.100.9', port: 443 }
const NEWS = { address: '192.0.2.10', port: 443 }

/** Who lives behind the street door, whom they have called, and who asks in vain. */
const STREET: NonNullable<Network['street']> = {
  street: '203.0.113.1',
  inside: '192.168.1.1',
  flats: [FIRST, SECOND, SERVER],
  forwards: [{ port: 443, to: { address: SERVER, port: 8080 } }],
  calls: [
    { from: { address: FIRST, port: 51_000 }, to: SHOP },
    { from: { address: SECOND, port: 52_144 }, to: SHOP },
    { from: { address: FIRST, port: 40_312 }, to: NEWS },
  ],
  servers: [SHOP, NEWS],
  strange: [22, 3389],
}

const ANNEX: NonNullable<Network['annex']> = {
  host: '192.0.2.50',
  containers: [
    { name: 'web', address: '172.17.0.2', listens: 80, signs: ['8080:80'] },
    { name: 'api', address: '172.17.0.3', listens: 80, signs: ['8081:80'] },
    { name: 'db', address: '172.17.0.4', listens: 5432, signs: ['127.0.0.1:5432:5432'] },
  ],
  strange: [80, 3000],
}

const NETWORKS: Readonly<Record<TemplateId, Network>> = {
  doors: {
    host: HOST,
    waves: [
      {
        opens: [
          { protocol: 'tcp', port: 443, program: 'nginx' },
          { protocol: 'tcp', port: 53, program: 'dnsmasq' },
          { protocol: 'udp', port: 53, program: 'dnsmasq' },
        ],
        bricks: [{ protocol: 'tcp', port: 23 }],
        closed: [],
        windows: [],
        deal: { 'to-listener': 7, 'tcp-to-closed': 3 },
        offers: ['listener', 'rst', 'icmp', 'drop'],
        views: ['fields'],
      },
    ],
  },
  windows: {
    host: HOST,
    waves: [
      {
        opens: [{ protocol: 'tcp', port: 443, program: 'nginx' }],
        windows: [
          { at: '443/tcp', like: 'one-address', count: 3 },
          { at: '443/tcp', like: 'one-port', count: 3 },
        ],
        deal: { 'data-same-address': 3, 'data-same-port': 3, 'data-unknown': 2, 'to-listener': 2 },
        offers: ['listener', 'connection', 'rst'],
        views: ['fields', 'tcpdump'],
        board: 'tan',
      },
    ],
  },
  requests: {
    host: { name: 'harbour-9', addresses: ['192.0.2.50', '127.0.0.1'] },
    waves: [
      {
        opens: [
          { protocol: 'tcp', port: 80, program: 'nginx' },
          { protocol: 'udp', port: 53, program: 'dnsmasq' },
        ],
        deal: { 'bind-free': 2, 'bind-conflict': 2, 'bind-other-protocol': 2, 'bind-covered': 1, 'bind-privileged': 2 },
        offers: ['grant', 'eaddrinuse', 'eacces', 'eaddrnotavail'],
        views: ['fields'],
        board: 'tulnp',
      },
    ],
  },
  rules: {
    host: HOST,
    waves: [
      {
        opens: [
          { protocol: 'tcp', port: 443, program: 'nginx' },
          { protocol: 'tcp', port: 22, program: 'sshd' },
          { protocol: 'udp', port: 53, program: 'dnsmasq' },
        ],
        closed: [{ protocol: 'tcp', port: 3306 }],
        gate: {
          policy: 'drop',
          notebook: true,
          rules: [
            { match: { protocol: 'tcp', source: '203.0.113.0/24', destinationPort: [80] }, action: 'drop' },
            { match: { protocol: 'tcp', destinationPort: [80, 443] }, action: 'accept' },
            { match: { protocol: 'tcp', source: '198.51.100.0/24', destinationPort: [22] }, action: 'accept' },
            { match: { protocol: 'tcp', destinationPort: [{ from: 1, to: 1023 }] }, action: 'reset' },
            { match: { protocol: 'udp', destinationPort: [53] }, action: 'accept' },
          ],
        },
        deal: { 'line-accept': 4, 'line-refuse': 2, 'line-policy': 2, 'line-transport': 2 },
        offers: ['tell'],
        views: ['fields'],
        board: 'gate',
      },
    ],
  },
  replies: {
    host: HOST,
    waves: [
      {
        opens: [{ protocol: 'tcp', port: 443, program: 'nginx' }],
        calls: [{ from: 41_000, to: SHOP }],
        closed: [{ protocol: 'tcp', port: 3306 }],
        gate: {
          policy: 'drop',
          notebook: true,
          rules: [
            { match: { state: ['established', 'related'] }, action: 'accept' },
            { match: { protocol: 'tcp', destinationPort: [443] }, action: 'accept' },
          ],
        },
        deal: { 'own-reply': 3, 'new-visit': 3, 'fake-reply': 2, 'icmp-of-flow': 2 },
        offers: ['tell'],
        views: ['fields', 'tcpdump'],
        board: 'gate',
      },
    ],
  },
  scanner: {
    host: HOST,
    waves: [
      {
        opens: [
          { protocol: 'tcp', port: 22, program: 'sshd' },
          { protocol: 'tcp', port: 443, program: 'nginx' },
          { protocol: 'udp', port: 53, program: 'dnsmasq' },
        ],
        outside: true,
        knocks: ['22/tcp', '443/tcp', '23/tcp', '3306/tcp', '6379/tcp', '53/udp', '161/udp', '514/udp'],
        gate: {
          policy: 'accept',
          notebook: true,
          rules: [
            { match: { protocol: 'tcp', destinationPort: [3306] }, action: 'drop' },
            { match: { protocol: 'tcp', destinationPort: [6379] }, action: 'admin-prohibited' },
            { match: { protocol: 'udp', destinationPort: [161] }, action: 'drop' },
          ],
        },
        deal: { 'knock-tcp': 5, 'knock-udp': 3 },
        offers: ['tell'],
        views: ['fields'],
        board: 'map',
      },
    ],
  },
  street: {
    host: { name: 'flats', addresses: ['203.0.113.1'] },
    street: STREET,
    waves: [
      {
        ...TELL,
        deal: { 'nat-out': 3, 'nat-out-twin': 1, 'nat-back': 3, 'nat-uninvited': 2, 'forward-in': 2, 'forward-out': 1 },
        board: 'street',
      },
    ],
  },
  annex: {
    host: { name: 'dock-host', addresses: ['192.0.2.50'] },
    annex: ANNEX,
    waves: [{ ...TELL, deal: { 'annex-in': 6, 'annex-local': 2, 'annex-none': 2 }, board: 'annex' }],
  },
  block: {
    host: { name: 'flats', addresses: ['203.0.113.1'] },
    street: STREET,
    annex: { ...ANNEX, host: SERVER },
    waves: [
      {
        ...TELL,
        deal: { 'two-signs-in': 3, 'two-signs-back': 3, 'nat-out': 2, 'annex-local': 2 },
        board: 'annex',
      },
    ],
  },
  service: {
    host: { name: 'shop-cluster', addresses: ['192.0.2.91'] },
    cluster: {
      nodes: ['192.0.2.91', '192.0.2.92'],
      guest: '10.244.3.9',
      pods: [
        { name: 'web-1', address: '10.244.1.5', app: 'web', listens: 8080 },
        { name: 'web-2', address: '10.244.2.7', app: 'web', listens: 8080 },
        { name: 'api-1', address: '10.244.1.9', app: 'api', listens: 3000 },
      ],
      services: [
        {
          name: 'web',
          app: 'web',
          type: 'NodePort',
          clusterIP: '10.96.0.50',
          port: 80,
          targetPort: 8080,
          nodePort: 30_080,
        },
        { name: 'api', app: 'api', type: 'ClusterIP', clusterIP: '10.96.0.61', port: 80, targetPort: 3000 },
      ],
    },
    waves: [{ ...TELL, deal: { 'pod-to-service': 4, 'stranger-to-node-port': 3, 'wrong-number': 3 }, board: 'svc' }],
  },
  balancer: {
    host: { name: 'front', addresses: ['192.0.2.100'] },
    balancer: {
      name: 'front',
      address: '192.0.2.100',
      desks: [
        { mode: 'proxy', port: 443, pool: 'web', targetPort: 8080, wings: ['wing-1', 'wing-2'] },
        { mode: 'passthrough', port: 5432, pool: 'db', targetPort: 5432, wings: ['wing-3'] },
      ],
      wings: [
        { name: 'wing-1', address: '192.0.2.121', listens: [8080] },
        { name: 'wing-2', address: '192.0.2.122', listens: [8080] },
        { name: 'wing-3', address: '192.0.2.123', listens: [5432] },
      ],
      strange: [8080, 80],
    },
    waves: [{ ...TELL, deal: { 'new-caller': 4, 'no-desk': 2, 'label-at-wing': 3, 'target-rule': 1 }, board: 'desk' }],
  },
  http3: {
    host: { name: 'web-edge', addresses: ['192.0.2.50'] },
    waves: [
      {
        opens: [
          { protocol: 'tcp', port: 443, program: 'nginx' },
          { protocol: 'udp', port: 443, program: 'nginx' },
        ],
        guests: 3,
        deal: { 'to-listener': 4, 'quic-initial': 2, 'quic-known': 2, 'quic-moved': 2 },
        offers: ['listener', 'rst', 'drop', 'tell'],
        views: ['fields'],
      },
    ],
  },
}
