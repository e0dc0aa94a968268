import * as v from 'valibot'
import type { Address } from '../net/address'
import type { DoorPlan } from '../shift/level'
import type { BalancerPlan, ClusterPlan } from '../shift/reception-plan'
import type { AnnexPlan, StreetPlan } from '../shift/street-plan'
import type { Protocol } from '../net/tuple'
import { serviceName } from '../ports/services'
import { Address4, Endpoint4, MOST, Name, Port, flag, list, whole } from './blueprint-parts'
import type { BuildPlace } from './blueprint-kinds'

const Forward = v.strictObject({ port: Port, to: Endpoint4 })

const StreetSchema = v.strictObject({
  street: Address4,
  inside: Address4,
  flats: v.pipe(list(Address4, MOST.flats), v.minLength(1)),
  forwards: list(Forward, MOST.signs),
  calls: list(v.strictObject({ from: Endpoint4, to: Endpoint4 }), MOST.calls),
  servers: list(Endpoint4, MOST.calls),
  strange: list(Port, MOST.strange),
  missing: v.exactOptional(Forward),
})

const AnnexSchema = v.strictObject({
  host: Address4,
  containers: v.pipe(
    list(
      v.strictObject({
        name: Name,
        address: Address4,
        listens: Port,
        signs: list(v.pipe(v.string(), v.maxLength(MOST.name)), MOST.signs),
      }),
      MOST.containers,
    ),
    v.minLength(1),
  ),
  strange: list(Port, MOST.strange),
  missing: v.exactOptional(v.strictObject({ container: Name, port: Port, street: v.boolean() })),
  drops: v.exactOptional(v.pipe(list(Port, MOST.strange), v.minLength(1))),
})

const ClusterSchema = v.strictObject({
  nodes: v.pipe(list(Address4, MOST.nodes), v.minLength(1)),
  guest: Address4,
  pods: v.pipe(
    list(
      v.strictObject({
        name: Name,
        address: Address4,
        app: Name,
        listens: Port,
        ready: v.exactOptional(v.boolean()),
      }),
      MOST.pods,
    ),
    v.minLength(1),
  ),
  services: v.pipe(
    list(
      v.strictObject({
        name: Name,
        app: Name,
        type: v.picklist(['ClusterIP', 'NodePort']),
        clusterIP: Address4,
        port: Port,
        targetPort: v.exactOptional(Port),
        /** The range of nodePorts (kube-apiserver(1), --service-node-port-range). */
        nodePort: v.exactOptional(whole(30_000, 32_767)),
      }),
      MOST.services,
    ),
    v.minLength(1),
  ),
})

export const DESK_MODES = ['proxy', 'passthrough'] as const

const BalancerSchema = v.strictObject({
  name: Name,
  address: Address4,
  desks: v.pipe(
    list(
      v.strictObject({
        mode: flag(DESK_MODES),
        port: Port,
        pool: Name,
        targetPort: Port,
        wings: v.pipe(list(Name, MOST.wings), v.minLength(1)),
      }),
      MOST.desks,
    ),
    v.minLength(1),
  ),
  wings: v.pipe(
    list(v.strictObject({ name: Name, address: Address4, listens: list(Port, MOST.desks) }), MOST.wings),
    v.minLength(1),
  ),
  strange: list(Port, MOST.strange),
})

/** The boxes on the way that a level can play at. At most one is there, or a street door with a host of containers. */
export const PlaceSchemas = {
  street: v.exactOptional(StreetSchema),
  annex: v.exactOptional(AnnexSchema),
  cluster: v.exactOptional(ClusterSchema),
  balancer: v.exactOptional(BalancerSchema),
}

export type StreetBlueprint = v.InferOutput<typeof StreetSchema>
export type AnnexBlueprint = v.InferOutput<typeof AnnexSchema>
export type ClusterBlueprint = v.InferOutput<typeof ClusterSchema>
export type BalancerBlueprint = v.InferOutput<typeof BalancerSchema>

/** The box or boxes of a level. */
export interface Boxes {
  readonly street?: StreetBlueprint
  readonly annex?: AnnexBlueprint
  readonly cluster?: ClusterBlueprint
  readonly balancer?: BalancerBlueprint
}

/** Where a level plays. */
export function placeOf({ street, annex, cluster, balancer }: Boxes): BuildPlace {
  if (street) return annex ? 'block' : 'street'
  return annex ? 'annex' : cluster ? 'cluster' : balancer ? 'balancer' : 'host'
}

/** What a place adds to its waves. */
export interface PlacePlans {
  readonly street?: StreetPlan
  readonly annex?: AnnexPlan
  readonly cluster?: ClusterPlan
  readonly balancer?: BalancerPlan
}

export function plansOf({ street, annex, cluster, balancer }: Boxes): PlacePlans {
  const [node = '', ...nodes] = cluster?.nodes ?? []
  return {
    ...(street && { street }),
    ...(annex && { annex }),
    ...(cluster && { cluster: { ...cluster, nodes: [node, ...nodes] } }),
    ...(balancer && {
      balancer: { ...balancer, desks: balancer.desks.map((desk) => ({ ...desk, protocol: 'tcp' as const })) },
    }),
  }
}

/** The addresses of a place: those of its boxes, each once; none at a host, which has its own. */
export function addressesAt({ street, annex, cluster, balancer }: Boxes): readonly Address[] {
  return [
    ...new Set([
      ...(street ? [street.street, ...street.flats] : []),
      ...(annex ? [annex.host, ...annex.containers.map(({ address }) => address)] : []),
      ...(cluster
        ? [
            ...cluster.services.map(({ clusterIP }) => clusterIP),
            ...cluster.nodes,
            ...cluster.pods.map(({ address }) => address),
          ]
        : []),
      ...(balancer ? [balancer.address, ...balancer.wings.map(({ address }) => address)] : []),
    ]),
  ]
}

const program = (protocol: Protocol, port: number): string => serviceName(protocol, port) ?? 'app'

const door = (address: Address, port: number, name = program('tcp', port)): DoorPlan => ({
  protocol: 'tcp',
  port,
  program: name,
  address,
})

/** What listens at a place by itself: behind a sign, in a container, in a Pod, at a desk and in its wings. */
export function doorsAt({ street, annex, cluster, balancer }: Boxes): readonly DoorPlan[] {
  const signs = [...(street?.forwards ?? []), ...(street?.missing ? [street.missing] : [])]
  const doors = [
    ...signs.filter(({ to }) => to.address !== annex?.host).map(({ to }) => door(to.address, to.port)),
    ...(annex?.containers ?? []).map(({ address, listens, name }) => door(address, listens, name)),
    ...(cluster?.pods ?? []).map(({ address, listens, app }) => door(address, listens, app)),
    ...(balancer?.desks ?? []).map(({ port }) => door(balancer?.address ?? '', port, 'desk')),
    ...(balancer?.wings ?? []).flatMap(({ address, listens }) => listens.map((port) => door(address, port))),
  ]
  const known = new Set<string>()
  return doors.filter(({ address, port }) => {
    const key = `${address} ${port}`
    const fresh = !known.has(key)
    known.add(key)
    return fresh
  })
}
