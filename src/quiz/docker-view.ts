import type { DockerRow } from '../net/docker-ps'
import { dockerPorts, portsColumn } from '../net/docker-ps'
import type { TextView } from './view'

/** The field of a container's ports in `dockerView`. */
export const portsField = (name: string): string => `ports-${name}`

/** Names and ports of containers as `docker ps` prints them. The ports of a container are its field. */
export function dockerView(rows: readonly Pick<DockerRow, 'name' | 'published' | 'exposed'>[]): TextView {
  const [head = '', ...lines] = dockerPorts(rows)
  return {
    kind: 'text',
    command: "docker ps --format 'table {{.Names}}\\t{{.Ports}}'",
    lines: [
      [{ text: head }],
      ...lines.map((text, index) => {
        const row = rows[index]
        const field = portsField(row?.name ?? '')
        const ports = row ? portsColumn(row) : ''
        if (ports === '') return [{ text, field }]
        return [{ text: text.slice(0, text.length - ports.length) }, { text: ports, field }]
      }),
    ],
  }
}
