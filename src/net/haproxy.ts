import type { Balancer } from './balancer'
import { endpointText } from './tuple'

/**
 * A balancer in proxy mode as HAProxy's configuration, line by line: a `frontend` with its `bind` for every listener, a
 * `backend` with its servers for every pool; `check` asks for a TCP health check (HAProxy: Configuration Manual).
 *
 * @throws RangeError for a balancer in passthrough mode, or a UDP listener: HAProxy is a proxy for TCP.
 */
export function haproxyConfig({ name, address, mode, listeners, pools }: Balancer): readonly string[] {
  if (mode !== 'proxy' || listeners.some(({ protocol }) => protocol !== 'tcp'))
    throw new RangeError(`Balancer "${name}" hands packets on as they are or takes UDP: HAProxy can do neither.`)
  const frontends = listeners.map(({ port, pool }) => [
    `frontend ${name}_${port}`,
    '    mode tcp',
    `    bind ${endpointText({ address, port })}`,
    `    default_backend ${pool}`,
  ])
  const backends = pools.map((pool) => [
    `backend ${pool.name}`,
    '    mode tcp',
    '    balance roundrobin',
    ...pool.targets.map(
      ({ host, address: at }) =>
        `    server ${host.name} ${endpointText({ address: at, port: pool.port })} check${
          pool.checkPort === undefined ? '' : ` port ${pool.checkPort}`
        }`,
    ),
  ])
  return [...frontends, ...backends].flatMap((block, index) => (index === 0 ? block : ['', ...block]))
}
