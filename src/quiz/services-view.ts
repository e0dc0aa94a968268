import { servicesLine } from '../net/services-line'
import type { Protocol } from '../net/tuple'
import { serviceName } from '../ports/services'
import type { TextView } from './view'

/** A port of one protocol as it is written: `443/tcp`. */
export const portText = ({ port, protocol }: { readonly port: number; readonly protocol: Protocol }): string =>
  `${port}/${protocol}`

/** Entries of /etc/services, by number. Each line's field is its port: `443/tcp`. Only ports that have a name. */
export function servicesView(ports: readonly { readonly port: number; readonly protocol: Protocol }[]): TextView {
  const entries = ports.toSorted((a, b) => a.port - b.port)
  const wanted = entries.map((entry) => portText(entry))
  return {
    kind: 'text',
    command: `grep -w ${wanted.length > 1 ? `-E '${wanted.join('|')}'` : wanted.join('')} /etc/services`,
    lines: entries.map((entry) => [
      {
        text: servicesLine({ ...entry, name: serviceName(entry.protocol, entry.port) ?? '' }),
        field: portText(entry),
      },
    ]),
  }
}
