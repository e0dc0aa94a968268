import { parseAddress } from './address'
import type { Service, ServicePort } from './cluster'
import type { NumberedLine, Unread } from './read-lines'
import { portNumber, unread } from './read-lines'
import type { Protocol } from './tuple'

export interface ReadServices {
  /** Which Pods stand behind them a listing does not say: selectors are empty. */
  readonly services: readonly Service[]
  readonly unread: readonly Unread[]
}

const HEADING = /^\s*(NAMESPACE\s+)?NAME\s+TYPE\s+CLUSTER-IP\s+EXTERNAL-IP\s+PORT\(S\)/

/** True for the line of titles above a list of Services. */
export const isServicesHeading = (text: string): boolean => HEADING.test(text)

const TYPES: readonly Service['type'][] = ['ClusterIP', 'NodePort', 'LoadBalancer']

/** Reads what `kubectl get svc` prints, also with `-A` or `-o wide`. */
export function readServices(lines: readonly NumberedLine[]): ReadServices {
  const services: Service[] = []
  const faults: Unread[] = []
  let titles: readonly string[] = ['NAME', 'TYPE', 'CLUSTER-IP', 'EXTERNAL-IP', 'PORT(S)', 'AGE']
  for (const line of lines) {
    if (line.text.trim() === '') continue
    if (isServicesHeading(line.text)) {
      titles = line.text.trim().split(/\s+/)
      continue
    }
    const read = readRow(line, titles)
    if ('why' in read) faults.push(read)
    else services.push(read)
  }
  return { services, unread: faults }
}

function readRow(line: NumberedLine, titles: readonly string[]): Service | Unread {
  const cells = line.text.trim().split(/\s+/)
  const cell = (title: string): string => cells[titles.indexOf(title)] ?? ''
  // Beside other kinds kubectl writes the kind before the name.
  const name = cell('NAME').replace(/^service\//, '')
  const type = TYPES.find((one) => one === cell('TYPE'))
  const portsText = cell('PORT(S)')
  if (portsText === '' || !/^[\w.-]+$/.test(name)) return unread(line, 'columns')
  if (!type) return unread(line, 'no-address', cell('TYPE'))
  const clusterIP = parseAddress(cell('CLUSTER-IP'))
  // A headless Service has no address of its own: its name leads to the Pods themselves.
  if (clusterIP === undefined) return unread(line, 'no-address', cell('CLUSTER-IP'))
  const ports = portsText === '<none>' ? [] : readPorts(portsText)
  if (!ports) return unread(line, 'ports', portsText)
  const externalIP = parseAddress(cell('EXTERNAL-IP').split(',')[0] ?? '')
  return { name, type, clusterIP, ...(externalIP !== undefined && { externalIP }), ports, selector: {} }
}

/** `80/TCP`, `443:31443/TCP,80:30090/TCP`. */
function readPorts(text: string): readonly ServicePort[] | undefined {
  const ports: ServicePort[] = []
  for (const one of text.split(',')) {
    const [, portText = '', nodeText, name = ''] = /^(\d+)(?::(\d+))?\/(TCP|UDP)$/.exec(one) ?? []
    const protocol: Protocol | undefined = name === 'TCP' ? 'tcp' : name === 'UDP' ? 'udp' : undefined
    const port = portNumber(portText)
    const nodePort = nodeText === undefined ? undefined : portNumber(nodeText)
    if (!protocol || !port || (nodeText !== undefined && !nodePort)) return undefined
    ports.push({ protocol, port, ...(nodePort !== undefined && { nodePort }) })
  }
  return ports
}
