import type { Pod, Service } from '../net/cluster'
import { kubectlGetPods, kubectlGetServices, podManifest, portsText, serviceManifest } from '../net/kubectl'
import type { Cut, TextView } from './view'
import { cutLine } from './view'

/** `kubectl get svc`. Of a Service with one port its number is the field `NAME port`, and its node port `NAME nodePort`. */
export function servicesTable(rows: readonly { readonly service: Service; readonly age: string }[]): TextView {
  const [head = '', ...lines] = kubectlGetServices(rows)
  return {
    kind: 'text',
    command: 'kubectl get svc',
    lines: [
      [{ text: head }],
      ...lines.map((text, index) => {
        const service = rows[index]?.service
        const [port] = service?.ports ?? []
        if (!service || !port) return [{ text }]
        const start = text.lastIndexOf(` ${portsText(service.ports)}`) + 1
        const end = start + String(port.port).length
        const node =
          port.nodePort === undefined ? [] : [cut(`${service.name} nodePort`, end + 1, String(port.nodePort))]
        return cutLine(text, [{ field: `${service.name} port`, start, end }, ...node])
      }),
    ],
  }
}

const cut = (field: string, start: number, text: string): Cut => ({ field, start, end: start + text.length })

/** `kubectl get pods`. Each Pod's field is its name. */
export function podsTable(rows: readonly { readonly pod: Pod; readonly age: string }[]): TextView {
  const [head = '', ...lines] = kubectlGetPods(rows)
  const fielded = lines.map((text, index) => [{ text, field: rows[index]?.pod.host.name ?? '' }])
  return { kind: 'text', command: 'kubectl get pods', lines: [[{ text: head }], ...fielded] }
}

/** The lines of a file, of which those with a key are the field of that name: `targetPort`. */
const fileView = (file: string, lines: readonly string[]): TextView => ({
  kind: 'text',
  command: `cat ${file}`,
  lines: lines.map((text) => {
    const key = /^\s*(?:- )?(\w+): \S/.exec(text)?.[1]
    return [{ text, ...(key !== undefined && { field: key }) }]
  }),
})

/** A Service's manifest. Its fields are the keys: `port`, `targetPort`, `nodePort`, `type`. */
export const serviceFile = (service: Service): TextView =>
  fileView(`${service.name}-service.yaml`, serviceManifest(service))

/** A Pod's manifest. Its fields are the keys: `containerPort`, `name`. */
export const podFile = (pod: Pod, image: string): TextView => fileView(`${pod.host.name}.yaml`, podManifest(pod, image))
