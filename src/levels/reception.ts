import type { DoorPlan, Level } from '../shift/level'
import type { BalancerPlan, ClusterPlan, RolloutPlan } from '../shift/reception-plan'

/** Floor 6, The Reception: one visible door, many wings. */
const STARS = [0.65, 0.85, 0.95] as const
/** Of 36 errands two may go wrong. */
const BOSS_STARS = [0.7, 0.85, 0.94] as const

const SHOP: ClusterPlan = {
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
      nodePort: 30080,
    },
    { name: 'api', app: 'api', type: 'ClusterIP', clusterIP: '10.96.0.61', port: 80, targetPort: 3000 },
  ],
}

/** The same after a bad hour: one wing of the web fails its probe, and the admin's only one too. */
const SHOP_AT_NIGHT: ClusterPlan = {
  ...SHOP,
  pods: [
    ...SHOP.pods.map((pod) => (pod.name === 'web-2' ? { ...pod, ready: false } : pod)),
    { name: 'admin-1', address: '10.244.2.8', app: 'admin', listens: 9000, ready: false },
  ],
  services: [
    ...SHOP.services,
    {
      name: 'admin',
      app: 'admin',
      type: 'NodePort',
      clusterIP: '10.96.0.70',
      port: 8443,
      targetPort: 9000,
      nodePort: 30900,
    },
  ],
}

/** The wings of a cluster as doors: what listens in each Pod. */
const wingsOf = ({ pods }: ClusterPlan): readonly DoorPlan[] =>
  pods.map(({ app, address, listens }) => ({ protocol: 'tcp', port: listens, program: app, address }))

const CLUSTER_ADDRESSES = [
  '10.96.0.50',
  '10.96.0.61',
  '10.96.0.70',
  '192.0.2.91',
  '192.0.2.92',
  '10.244.1.5',
  '10.244.2.7',
  '10.244.1.9',
  '10.244.2.8',
] as const

/** 6.1: port, targetPort, nodePort. */
const threeNumbers: Level = {
  id: '6.1',
  floor: 6,
  boss: false,
  host: { name: 'shop-cluster', addresses: CLUSTER_ADDRESSES },
  waves: [
    {
      opens: wingsOf(SHOP),
      cluster: SHOP,
      deal: { 'pod-to-service': 3, 'stranger-to-node-port': 3, 'wrong-number': 2 },
      first: 'pod-to-service',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'svc',
      glow: 2,
    },
    {
      opens: wingsOf(SHOP_AT_NIGHT).slice(SHOP.pods.length),
      cluster: SHOP_AT_NIGHT,
      deal: { 'pod-to-service': 2, 'stranger-to-node-port': 2, 'wrong-number': 4, 'none-ready': 2 },
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'svc',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['k8s-port-is-targetport', 'expose-publishes'],
  claims: ['S12', 'S27'],
}

const FRONT: BalancerPlan = {
  name: 'front',
  address: '192.0.2.100',
  desks: [
    { mode: 'proxy', protocol: 'tcp', port: 443, pool: 'web', targetPort: 8080, wings: ['wing-1', 'wing-2', 'wing-3'] },
    { mode: 'passthrough', protocol: 'tcp', port: 5432, pool: 'db', targetPort: 5432, wings: ['wing-3'] },
  ],
  wings: [
    { name: 'wing-1', address: '192.0.2.121', listens: [8080] },
    { name: 'wing-2', address: '192.0.2.122', listens: [8080] },
    { name: 'wing-3', address: '192.0.2.123', listens: [8080, 5432] },
  ],
  strange: [8080, 80],
}

/** The same with a wing that has fallen ill: its program is gone. */
const FRONT_ILL: BalancerPlan = {
  ...FRONT,
  wings: FRONT.wings.map((wing) => (wing.name === 'wing-2' ? { ...wing, listens: [] } : wing)),
}

/** The desk's doors and those of its wings. */
const doorsOfDesk = ({ address, desks, wings }: BalancerPlan): readonly DoorPlan[] => [
  ...desks.map(({ port }) => ({ protocol: 'tcp', port, program: 'desk', address }) as const),
  ...wings.flatMap((wing) =>
    wing.listens.map(
      (port) =>
        ({ protocol: 'tcp', port, program: port === 5432 ? 'postgres' : 'web', address: wing.address }) as const,
    ),
  ),
]

const DESK_ADDRESSES = ['192.0.2.100', '192.0.2.121', '192.0.2.122', '192.0.2.123'] as const

/** 6.2: a desk that takes calls in one number and asks a wing in another. */
const receptionDesk: Level = {
  id: '6.2',
  floor: 6,
  boss: false,
  host: { name: 'front', addresses: DESK_ADDRESSES },
  waves: [
    {
      opens: doorsOfDesk(FRONT),
      balancer: FRONT,
      deal: { 'new-caller': 4, 'no-desk': 1, 'label-at-wing': 3 },
      first: 'new-caller',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'desk',
      glow: 1,
    },
    {
      host: { name: 'front', addresses: DESK_ADDRESSES },
      opens: doorsOfDesk(FRONT_ILL),
      balancer: FRONT_ILL,
      deal: { 'wing-check': 2, 'new-caller': 2, 'no-desk': 1, 'label-at-wing': 1, 'target-rule': 2 },
      first: 'wing-check',
      offers: ['tell'],
      views: ['fields', 'tcpdump'],
      board: 'desk',
      glow: 0,
    },
    {
      // At the wing itself: whoever calls, the desk's address stands on every label.
      host: { name: 'wing-1', addresses: ['192.0.2.121'] },
      opens: [{ protocol: 'tcp', port: 8080, program: 'web' }],
      windows: [{ at: '8080/tcp', like: 'one-address', count: 5, from: '192.0.2.100' }],
      deal: { 'data-known': 4 },
      offers: ['listener', 'connection', 'rst'],
      views: ['fields', 'tcpdump'],
      board: 'tan',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['lb-listener-equals-target', 'source-ip-alone-selects'],
  claims: ['S27', 'S16', 'S17'],
}

const WEB_RULE = { match: { protocol: 'tcp', destinationPort: [80, 443] }, action: 'accept' } as const

/** 6.3: HTTP/3, and guests who move. */
const postcards: Level = {
  id: '6.3',
  floor: 6,
  boss: false,
  host: { name: 'web-edge', addresses: ['192.0.2.110'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'udp', port: 443, program: 'nginx' },
      ],
      gate: { policy: 'drop', notebook: true, rules: [WEB_RULE] },
      deal: { 'to-listener': 5, 'quic-rule': 1 },
      first: 'to-listener',
      offers: ['listener', 'rst', 'drop', 'tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 1,
    },
    {
      opens: [],
      gate: {
        policy: 'drop',
        notebook: true,
        rules: [WEB_RULE, { match: { protocol: 'udp', destinationPort: [443] }, action: 'accept' }],
      },
      guests: 3,
      deal: { 'to-listener': 4, 'quic-initial': 3, 'quic-known': 2, 'quic-moved': 3 },
      first: 'to-listener',
      offers: ['listener', 'rst', 'drop', 'tell'],
      views: ['fields', 'tcpdump'],
      board: 'gate',
      glow: 0,
    },
  ],
  stars: STARS,
  teaches: ['https-is-tcp-only', 'tcp-udp-share-space', 'source-ip-alone-selects'],
  claims: ['S10', 'S16', 'S33'],
}

const SHOP_ROLLOUT: RolloutPlan = {
  balancer: '192.0.2.100',
  node: '192.0.2.91',
  pod: '10.244.1.5',
  guest: '10.244.3.9',
  service: 'shop',
  clusterIP: '10.96.0.80',
  debugIP: '10.96.0.92',
  port: 443,
  nodePort: 30443,
  targetPort: 8443,
  debugPort: 9229,
  debugNodePort: 30229,
}

/** The boxes of a rollout as doors: the desk, the node, the Pod. */
const doorsOfRollout = ({ balancer, node, pod, service, port, nodePort, targetPort, debugPort }: RolloutPlan) =>
  [
    { protocol: 'tcp', port, program: 'desk', address: balancer },
    { protocol: 'tcp', port: nodePort, program: 'node', address: node },
    { protocol: 'tcp', port: targetPort, program: service, address: pod },
    { protocol: 'tcp', port: debugPort, program: 'debug', address: pod },
  ] satisfies readonly DoorPlan[]

/**
 * 6.4, the boss: one rollout with five faults in five settings. A test packet tells where it dies; whoever comes in between
 * meets the rollout as it stands.
 */
const fridayDeploy: Level = {
  id: '6.4',
  floor: 6,
  boss: true,
  host: { name: 'shop-rollout', addresses: [SHOP_ROLLOUT.balancer, SHOP_ROLLOUT.node, SHOP_ROLLOUT.pod] },
  waves: [
    {
      opens: doorsOfRollout(SHOP_ROLLOUT),
      rollout: SHOP_ROLLOUT,
      deal: { 'rollout-fix': 2, 'rollout-stop': 6, 'rollout-health': 3, 'rollout-scan': 2 },
      first: 'rollout-fix',
      offers: ['tell'],
      views: ['fields'],
      glow: 0,
    },
    {
      opens: [],
      rollout: SHOP_ROLLOUT,
      deal: { 'rollout-fix': 2, 'rollout-close': 1, 'rollout-stop': 5, 'rollout-health': 2, 'rollout-scan': 3 },
      offers: ['tell'],
      views: ['fields'],
      glow: 0,
    },
    {
      opens: [],
      rollout: SHOP_ROLLOUT,
      deal: { 'rollout-stop': 6, 'rollout-health': 2, 'rollout-scan': 2 },
      offers: ['tell'],
      views: ['fields'],
      glow: 0,
    },
  ],
  stars: BOSS_STARS,
  teaches: ['k8s-port-is-targetport', 'lb-listener-equals-target', 'publish-reversed', 'allow-rule-opens-port'],
  claims: ['S12', 'S26', 'S27', 'S28', 'S31'],
}

export const RECEPTION: readonly Level[] = [threeNumbers, receptionDesk, postcards, fridayDeploy]
