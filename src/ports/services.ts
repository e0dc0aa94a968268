import type { Protocol } from '../net/tuple'
import services from './services.json' with { type: 'json' }

/** What a service is for; the door's colour and icon follow from it. */
export type ServiceFamily =
  | 'web'
  | 'remote'
  | 'database'
  | 'mail'
  | 'naming'
  | 'files'
  | 'directory'
  | 'monitoring'
  | 'messaging'
  | 'orchestration'
  | 'other'

/** A well-known use of a port. `names` are the IANA registry's, by transport; `common` is what people say. */
export interface Service {
  readonly port: number
  readonly transports: readonly string[]
  readonly names?: { readonly tcp?: string; readonly udp?: string }
  readonly common: string
  readonly family: string
  readonly confusable?: readonly number[]
  readonly secureTwin?: number
}

const FAMILIES: Record<ServiceFamily, true> = {
  web: true,
  remote: true,
  database: true,
  mail: true,
  naming: true,
  files: true,
  directory: true,
  monitoring: true,
  messaging: true,
  orchestration: true,
  other: true,
}

const isFamily = (text: string): text is ServiceFamily => text in FAMILIES

/** Every service the game knows, by ascending port. */
export const SERVICES: readonly Service[] = services

const byPort = new Map<string, Service>()
for (const service of SERVICES)
  for (const transport of service.transports) byPort.set(`${service.port}/${transport}`, service)

/** The service usually found at a port of one protocol, or undefined. 514/tcp and 514/udp are different services. */
export const serviceAt = (protocol: Protocol, port: number): Service | undefined => byPort.get(`${port}/${protocol}`)

/** The registry's name of a port (`https`, `domain`), or undefined where it has none or the game does not know it. */
export const serviceName = (protocol: Protocol, port: number): string | undefined =>
  serviceAt(protocol, port)?.names?.[protocol]

/** The port that the registry gives to a name (`https`), or undefined where the game knows none or several. */
export function portOf(protocol: Protocol, name: string): number | undefined {
  const ports = new Set(SERVICES.filter(({ names }) => names?.[protocol] === name).map(({ port }) => port))
  return ports.size === 1 ? [...ports][0] : undefined
}

/** The family of the service usually found at a port. */
export const familyAt = (protocol: Protocol, port: number): ServiceFamily => {
  const family = serviceAt(protocol, port)?.family ?? 'other'
  return isFamily(family) ? family : 'other'
}

/** The ports that are one product's plain and TLS numbers of each other: 80 and 443, 587 and 465. */
export const secureTwins = (port: number): readonly number[] =>
  SERVICES.filter((service) => service.port === port || service.secureTwin === port)
    .map((service) => (service.port === port ? service.secureTwin : service.port))
    .filter((twin) => twin !== undefined)

/** The ports people take for this one, from the registry of confusions. */
export const confusables = (port: number): readonly number[] =>
  SERVICES.filter((service) => service.port === port).flatMap((service) => service.confusable ?? [])
