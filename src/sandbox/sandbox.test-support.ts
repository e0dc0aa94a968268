import * as fc from 'fast-check'
import type { Sandbox } from './sandbox'
import { ACTIONS, HOOKS, PARCEL_KINDS, firstSandbox } from './sandbox'

const port = fc.constantFrom(22, 53, 80, 443, 5432, 8080)
const protocol = fc.constantFrom('tcp' as const, 'udp' as const)
const address = fc.constantFrom('0.0.0.0', '192.0.2.10', '127.0.0.1', '::', '2001:db8::10', '::1')

const match = fc
  .record(
    {
      protocol,
      source: fc.constantFrom('192.0.2.0/24', '203.0.113.7', '10.0.0.0/8'),
      destinationPort: fc.array(port, { minLength: 1, maxLength: 3 }),
      iif: fc.constantFrom('eth0', 'lo'),
      state: fc.subarray(['new' as const, 'established' as const, 'invalid' as const], { minLength: 1 }),
    },
    { requiredKeys: [] },
  )
  .map((one) => ({ ...one }))

const chain = fc.record({
  name: fc.constantFrom('input', 'board'),
  family: fc.constantFrom('inet' as const, 'ip' as const, 'ip6' as const),
  hook: fc.constantFrom(...HOOKS),
  policy: fc.constantFrom('accept' as const, 'drop' as const),
  rules: fc.array(fc.record({ match, action: fc.constantFrom(...ACTIONS) }), { maxLength: 5 }),
})

const socket = fc.record({ protocol, address, port }).map((one) => ({
  protocol: one.protocol,
  local: { address: one.address, port: one.port },
  state: one.protocol === 'tcp' ? ('LISTEN' as const) : ('UNCONN' as const),
  program: 'app',
}))

const container = fc.record({ protocol, hostPort: port, containerPort: port }).map((published) => ({
  name: 'web',
  addresses: ['172.17.0.2'],
  sockets: [{ protocol: 'tcp' as const, local: { address: '0.0.0.0', port: 80 }, state: 'LISTEN' as const }],
  published: [published],
}))

const parcel = fc.record({
  client: fc.nat(2),
  kind: fc.constantFrom(...PARCEL_KINDS),
  sourcePort: fc.constantFrom(40000, 51514),
  to: fc.record({
    address: fc.constantFrom('192.0.2.10', '127.0.0.1', '2001:db8::10', '::1', '172.17.0.2', '198.51.100.9'),
    port,
  }),
})

/** Any small sandbox: sockets, boards, a container, parcels of all kinds. */
export const anySandbox: fc.Arbitrary<Sandbox> = fc
  .record({
    sockets: fc.array(socket, { maxLength: 6 }),
    chains: fc.array(chain, { maxLength: 3 }),
    containers: fc.array(container, { maxLength: 1 }),
    parcels: fc.array(parcel, { minLength: 1, maxLength: 5 }),
  })
  .map(({ containers, ...parts }) => {
    const base = firstSandbox()
    const bridge = containers.length > 0 ? [{ name: 'docker0', addresses: ['172.17.0.1/16'] }] : []
    return { ...base, ...parts, interfaces: [...base.interfaces, ...bridge], containers }
  })
