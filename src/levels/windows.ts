import type { Level } from '../shift/level'

/** Floor 2, The Windows: one door, many connections, told apart by the five-tuple. */
const STARS = [0.65, 0.85, 0.95] as const

const HTTP = { protocol: 'tcp', port: 80, program: 'nginx' } as const
const HTTPS = { protocol: 'tcp', port: 443, program: 'nginx' } as const
const SSH = { protocol: 'tcp', port: 22, program: 'sshd' } as const
const DNS = { protocol: 'udp', port: 53, program: 'dnsmasq' } as const

const HARBOUR = { name: 'harbour-1', addresses: ['192.0.2.10'] } as const

/** 2.1: a SYN lights a window, data goes to the window with the same label. */
const oneDoorManyWindows: Level = {
  id: '2.1',
  floor: 2,
  boss: false,
  host: HARBOUR,
  waves: [
    {
      opens: [HTTPS],
      windows: [{ at: '443/tcp', like: 'strangers', count: 2 }],
      deal: { 'tcp-to-listener': 2, 'data-known': 2 },
      first: 'tcp-to-listener',
      offers: ['listener', 'connection'],
      views: ['fields'],
      glow: 2,
    },
    {
      opens: [],
      deal: { 'tcp-to-listener': 2, 'data-known': 4 },
      offers: ['listener', 'connection'],
      views: ['fields'],
      glow: 0,
    },
    {
      opens: [],
      deal: { 'tcp-to-listener': 1, 'data-known': 5 },
      offers: ['listener', 'connection'],
      views: ['fields'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['one-connection-per-port', 'dport-alone-selects', 'new-server-port-per-connection'],
  claims: ['S16', 'S17', 'S19', 'S21', 'S22'],
}

/** 2.2: windows that share an address, or a port, but never both. */
const sameStreetOtherFlat: Level = {
  id: '2.2',
  floor: 2,
  boss: false,
  host: HARBOUR,
  waves: [
    {
      opens: [HTTPS, SSH],
      windows: [
        { at: '443/tcp', like: 'one-address', count: 4 },
        { at: '443/tcp', like: 'one-port', count: 3 },
        { at: '22/tcp', like: 'same-pair', count: 1 },
      ],
      deal: { 'data-same-address': 4, 'data-same-port': 3, 'syn-same-address': 1, 'data-other-door': 1 },
      offers: ['listener', 'connection'],
      views: ['fields'],
      glow: 1,
    },
    {
      opens: [],
      deal: { 'data-same-address': 4, 'data-same-port': 2, 'syn-same-address': 2, 'data-other-door': 1 },
      offers: ['listener', 'connection'],
      views: ['fields'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['source-ip-alone-selects', 'source-port-alone-selects'],
  claims: ['S16', 'S17', 'S22'],
}

/** 2.3: the board of `ss -tan`; a lamp goes out and its windows stay. */
const lampOrWindow: Level = {
  id: '2.3',
  floor: 2,
  boss: false,
  host: HARBOUR,
  waves: [
    {
      opens: [HTTP, HTTPS],
      windows: [
        { at: '80/tcp', like: 'strangers', count: 3 },
        { at: '443/tcp', like: 'one-address', count: 2 },
      ],
      deal: { 'tcp-to-listener': 3, 'data-known': 4, 'data-unknown': 2 },
      offers: ['listener', 'connection', 'rst'],
      views: ['fields'],
      board: 'tan',
      glow: 2,
    },
    {
      opens: [],
      stops: ['80/tcp'],
      deal: { 'tcp-to-closed': 2, 'tcp-to-listener': 2, 'data-known': 3, 'data-unknown': 2 },
      first: 'tcp-to-closed',
      offers: ['listener', 'connection', 'rst'],
      views: ['fields'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['port-is-socket', 'listener-carries-data'],
  claims: ['S13', 'S19', 'S20', 'S21'],
}

/** 2.4: the label of an answer, first by turning the envelope, then from memory; then the same seen from the client. */
const theWayHome: Level = {
  id: '2.4',
  floor: 2,
  boss: false,
  host: HARBOUR,
  waves: [
    {
      opens: [HTTPS, DNS],
      windows: [{ at: '443/tcp', like: 'strangers', count: 3 }],
      deal: { 'request-to-answer': 3 },
      offers: ['reply'],
      views: ['fields'],
      envelope: 'turn',
      glow: 1,
    },
    {
      opens: [],
      deal: { 'request-to-answer': 5 },
      offers: ['reply'],
      views: ['fields'],
      envelope: 'write',
      glow: 0,
    },
    {
      host: { name: 'your laptop', addresses: ['203.0.113.7'] },
      opens: [],
      calls: [
        { from: 51514, to: { address: '192.0.2.10', port: 443 } },
        { from: 33002, to: { address: '192.0.2.20', port: 443 } },
        { from: 40110, to: { address: '192.0.2.10', port: 22 } },
      ],
      deal: { 'data-known': 6, 'data-unknown': 2 },
      offers: ['connection', 'rst'],
      views: ['fields', 'tcpdump'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['reply-keeps-ports', 'client-uses-service-port', 'ephemeral-always-49152'],
  claims: ['S05', 'S15', 'S16'],
}

/** 2.5, the boss: forty windows on one door, and a counter that does not stop. */
const fullHouse: Level = {
  id: '2.5',
  floor: 2,
  boss: true,
  host: { name: 'harbour-3', addresses: ['192.0.2.12'] },
  waves: [
    {
      opens: [HTTPS, SSH],
      windows: [
        { at: '443/tcp', like: 'twins', count: 40 },
        { at: '22/tcp', like: 'same-pair', count: 4 },
      ],
      deal: { 'data-lookalike': 6, 'tcp-to-listener': 3, 'data-unknown': 2, fin: 1 },
      offers: ['listener', 'connection', 'rst'],
      views: ['fields', 'tcpdump'],
      glow: 0,
    },
    {
      opens: [],
      deal: { 'request-to-answer': 4 },
      offers: ['reply'],
      views: ['fields'],
      envelope: 'write',
      glow: 0,
    },
    {
      opens: [],
      deal: { 'data-lookalike': 6, 'tcp-to-listener': 2, 'data-unknown': 2, fin: 2 },
      offers: ['listener', 'connection', 'rst'],
      views: ['tcpdump'],
      glow: 0,
    },
    { opens: [], deal: { 'count-bet': 1 }, offers: ['count'], views: ['fields'], glow: 0 },
    {
      opens: [],
      crowd: { at: '443/tcp', count: 70_000 },
      deal: { 'data-lookalike': 5, 'tcp-to-listener': 1, fin: 1 },
      offers: ['listener', 'connection', 'rst'],
      views: ['fields', 'tcpdump'],
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['source-ip-alone-selects', 'source-port-alone-selects', 'listener-carries-data', 'limit-64k-connections'],
  claims: ['S16', 'S17', 'S19', 'S21', 'S22'],
}

export const WINDOWS: readonly Level[] = [oneDoorManyWindows, sameStreetOtherFlat, lampOrWindow, theWayHome, fullHouse]
