import type { Balancer } from './balancer'
import { endpointText } from './tuple'

/**
 * A balancer in passthrough mode as `ipvsadm -L -n` lists it on a Linux router (ipvsadm(8)): the service, and under it the
 * targets that are in use. `Masq` means that the destination is rewritten and the source stays.
 */
export function ipvsadmList({ address, listeners, pools }: Balancer): readonly string[] {
  const services = listeners.flatMap(({ protocol, port, pool: name }) => {
    const pool = pools.find((one) => one.name === name)
    const targets = pool?.targets.filter(({ healthy }) => healthy) ?? []
    return [
      `${protocol.toUpperCase().padEnd(4)} ${endpointText({ address, port })} rr`,
      ...targets.map(
        (target) =>
          `  -> ${endpointText({ address: target.address, port: pool?.port ?? port }).padEnd(28)} Masq    1      0          0         `,
      ),
    ]
  })
  return [
    'IP Virtual Server version 1.2.1 (size=4096)',
    'Prot LocalAddress:Port Scheduler Flags',
    '  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn',
    ...services,
  ]
}
