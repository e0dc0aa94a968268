import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { withClient, withContainer, withForward, withService, withoutClient } from './change'
import type { Sandbox } from './sandbox'
import { SandboxSchema, firstSandbox } from './sandbox'
import { play } from './story'

type Parcel = Sandbox['parcels'][number]
const syn = (client: number, address: string, port: number, sourcePort = 51514): Parcel => ({
  client,
  kind: 'syn',
  sourcePort,
  to: { address, port },
})
const sent = (sandbox: Sandbox, ...parcels: Parcel[]) => play({ ...sandbox, parcels })

describe('a sandbox that is built on', () => {
  const served = withService({ ...firstSandbox(), chains: [] })
  const [shop] = served.services
  const guest = served.clients.findIndex(({ role }) => role === 'inside')

  it('stays one, whatever is added', () => {
    const all = withClient(withForward(withContainer(withService(withService(firstSandbox())))))
    expect(v.safeParse(SandboxSchema, all).issues ?? []).toEqual([])
  })

  it('has a Service whose Pods take turns, by node port from outside and by its own port from inside', () => {
    const stories = sent(
      served,
      syn(0, '192.0.2.10', 30080),
      syn(0, '192.0.2.10', 30080, 51515),
      syn(guest, shop?.clusterIP ?? '', 80),
    )
    expect(stories.map(({ ending }) => ending)).toMatchObject([
      { kind: 'delivered', host: 'shop-1', socket: { local: { port: 8080 } } },
      { kind: 'delivered', host: 'shop-2' },
      { kind: 'delivered', host: 'shop-1' },
    ])
    expect(stories[0]?.steps.find(({ kind }) => kind === 'service')).toMatchObject({
      entry: 'nodePort',
      to: { pod: 'shop-1', port: 8080 },
    })
  })

  it('keeps a connection at the Pod where it began', () => {
    const data: Parcel = { client: 0, kind: 'data', sourcePort: 51514, to: { address: '192.0.2.10', port: 30080 } }
    const [, story] = sent(served, syn(0, '192.0.2.10', 30080), data)
    expect(story?.ending).toMatchObject({ kind: 'delivered', host: 'shop-1', newcomer: false })
  })

  it('refuses where no Pod is ready, and where a Pod listens at another number than the Service sends to', () => {
    const changed = (change: (service: NonNullable<typeof shop>) => NonNullable<typeof shop>): Sandbox => ({
      ...served,
      services: served.services.map(change),
    })
    const unready = changed((one) => ({ ...one, pods: (one.pods ?? []).map((pod) => ({ ...pod, ready: false })) }))
    expect(sent(unready, syn(0, '192.0.2.10', 30080))[0]?.ending).toEqual({
      kind: 'refused',
      by: 'service',
      how: 'icmp',
    })
    const wrong = changed((one) => ({ ...one, ports: one.ports.map((port) => ({ ...port, targetPort: 3000 })) }))
    expect(sent(wrong, syn(0, '192.0.2.10', 30080))[0]?.ending).toMatchObject({
      kind: 'refused',
      by: 'host',
      how: 'rst',
    })
    expect(sent(served, syn(guest, shop?.clusterIP ?? '', 81))[0]?.ending).toEqual({ kind: 'silence' })
    expect(sent(served, syn(0, shop?.clusterIP ?? '', 80))[0]?.ending).toEqual({ kind: 'silence' })
  })

  it('forgets what a client has sent that is taken away, and no other’s', () => {
    const two = { ...withClient(firstSandbox()), parcels: [syn(0, '192.0.2.10', 22), syn(3, '192.0.2.10', 443)] }
    expect(withoutClient(two, 0).parcels).toEqual([syn(2, '192.0.2.10', 443)])
    expect(v.is(SandboxSchema, withoutClient(two, 0))).toBe(true)
  })
})
