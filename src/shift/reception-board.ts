import { haproxyConfig } from '../net/haproxy'
import { ipvsadmList } from '../net/ipvsadm'
import { kubectlGetEndpoints, kubectlGetServices } from '../net/kubectl'
import type { BoardText } from './board'
import { balancerOf } from './deal-balancer'
import { clusterOf } from './deal-service'
import type { BalancerPlan, ClusterPlan, ReceptionPlans } from './reception-plan'

/** How long ago the Services were made. */
const AGE = '3h'

/** What hangs beside a reception: the Services with their endpoints, or the desk's settings with its checks. */
export function receptionBoard({ cluster, balancer }: ReceptionPlans): BoardText | undefined {
  return cluster ? servicesBoard(cluster) : balancer ? deskBoard(balancer) : undefined
}

function servicesBoard(plan: ClusterPlan): BoardText {
  const cluster = clusterOf(plan)
  const rows = cluster.services.map((service) => ({ service, age: AGE }))
  return {
    command: 'kubectl get svc',
    lines: kubectlGetServices(rows).map((text) => ({ text })),
    below: { command: 'kubectl get endpoints', lines: kubectlGetEndpoints(cluster, rows) },
  }
}

/** The proxy's configuration, the table of what is passed through, and what the health check finds, as nc(1) prints it. */
function deskBoard(plan: BalancerPlan): BoardText {
  const [proxy, passed] = [balancerOf(plan, 'proxy'), balancerOf(plan, 'passthrough')]
  // What is the same in every section can stand in `defaults`; the first line of ipvsadm is its version.
  const config =
    proxy.listeners.length > 0 ? haproxyConfig(proxy).filter((line) => !/^ +(mode|balance) |^$/.test(line)) : []
  const table = passed.listeners.length > 0 ? ipvsadmList(passed).slice(1) : []
  const lines = [...config, ...(config.length > 0 && table.length > 0 ? [''] : []), ...table]
  const checks = [...proxy.pools, ...passed.pools].flatMap((pool) =>
    pool.targets.map(({ address, healthy }) =>
      healthy
        ? `Connection to ${address} ${pool.port} port [tcp/*] succeeded!`
        : `nc: connect to ${address} port ${pool.port} (tcp) failed: Connection refused`,
    ),
  )
  return {
    command: config.length > 0 ? 'cat haproxy.cfg' : 'ipvsadm -L -n',
    lines: lines.map((text) => ({ text })),
    below: { command: 'nc -zvn', lines: checks },
  }
}
