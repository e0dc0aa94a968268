import { freshPod, removed, replaced, withService } from '../../sandbox/change'
import type { SandboxPod, SandboxService } from '../../sandbox/sandbox'
import { MOST } from '../../sandbox/sandbox'
import { endpointText } from '../../net/tuple'
import { sandbox as words } from '../../words/sandbox-screens'
import type { Reading } from './Checked'
import { Checked, Choice, readAddress, readPlainName, readRealPort } from './Checked'
import type { PartProps } from './Piece'
import { Add, Piece, Remove } from './Piece'

/** The Services of the cluster whose node the machine is, and the Pods behind each. */
export function Desk({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { services } = sandbox
  const change = (place: number, service: SandboxService) =>
    onChange({ ...sandbox, services: replaced(services, place, service) })
  return (
    <>
      {services.map((service, place) => (
        <fieldset key={place} class="chain service">
          <legend class="mono">{service.name}</legend>
          <ul class="pieces">
            <ServicePiece
              service={service}
              onChange={(next) => change(place, next)}
              onRemove={() => onChange({ ...sandbox, services: removed(services, place) })}
            />
            {(service.pods ?? []).map((pod, index) => (
              <PodPiece
                key={index}
                pod={pod}
                onChange={(next) => change(place, { ...service, pods: replaced(service.pods ?? [], index, next) })}
                onRemove={() => change(place, { ...service, pods: removed(service.pods ?? [], index) })}
              />
            ))}
          </ul>
          <Add
            text={text.addPod}
            full={(service.pods?.length ?? 0) >= MOST.pods}
            onAdd={() => change(place, { ...service, pods: [...(service.pods ?? []), freshPod(sandbox, service)] })}
          />
        </fieldset>
      ))}
      <Add
        text={text.addService}
        full={services.length >= MOST.services}
        onAdd={() => onChange(withService(sandbox))}
      />
    </>
  )
}

const TYPES = ['ClusterIP', 'NodePort', 'LoadBalancer'] as const

interface ServiceProps {
  readonly service: SandboxService
  readonly onChange: (next: SandboxService) => void
  readonly onRemove: () => void
}

/** Reads a port that may be left out. */
const orNone = (said: string): Reading<number | undefined> => (said === '' ? { value: undefined } : readRealPort(said))

function ServicePiece({ service, onChange, onRemove }: ServiceProps) {
  const text = words.build
  const { name, type, clusterIP, ports } = service
  const [first, ...others] = ports
  const withPort = (port: SandboxService['ports'][number]) => onChange({ ...service, ports: [port, ...others] })
  const numbers = ports.map(({ port, targetPort = port, nodePort }) =>
    [...(nodePort === undefined ? [] : [nodePort]), port, targetPort].join(' → '),
  )
  return (
    <Piece
      line={
        <>
          <b>{type}</b>
          <span class="mono">{clusterIP}</span>
          <span class="mono">{numbers.join(', ')}</span>
        </>
      }
      ways={<Remove label={text.removeService(name)} onRemove={onRemove} />}
    >
      <Checked
        label={text.serviceName}
        text={name}
        read={readPlainName(name)}
        onValue={(next) => onChange({ ...service, name: next })}
      />
      <Choice
        label={text.type}
        value={type}
        among={TYPES}
        textOf={(one) => one}
        onValue={(next) => onChange({ ...service, type: next })}
      />
      <Checked
        label="clusterIP"
        text={clusterIP}
        read={readAddress}
        wide
        onValue={(address) => onChange({ ...service, clusterIP: address })}
      />
      {first && (
        <>
          <Checked
            label="port"
            text={String(first.port)}
            read={readRealPort}
            numeric
            onValue={(port) => withPort({ ...first, port })}
          />
          <Checked
            label="targetPort"
            text={first.targetPort === undefined ? '' : String(first.targetPort)}
            hint={String(first.port)}
            read={orNone}
            numeric
            onValue={(targetPort) => {
              const { targetPort: _, ...rest } = first
              withPort(targetPort === undefined ? rest : { ...rest, targetPort })
            }}
          />
          {type !== 'ClusterIP' && (
            <Checked
              label="nodePort"
              text={first.nodePort === undefined ? '' : String(first.nodePort)}
              read={orNone}
              numeric
              onValue={(nodePort) => {
                const { nodePort: _, ...rest } = first
                withPort(nodePort === undefined ? rest : { ...rest, nodePort })
              }}
            />
          )}
        </>
      )}
    </Piece>
  )
}

interface PodProps {
  readonly pod: SandboxPod
  readonly onChange: (next: SandboxPod) => void
  readonly onRemove: () => void
}

function PodPiece({ pod, onChange, onRemove }: PodProps) {
  const text = words.build
  const { ready = true, name, addresses, sockets } = pod
  const [socket, ...others] = sockets
  const place = (address: string, port: number) =>
    socket && onChange({ ...pod, sockets: [{ ...socket, local: { address, port } }, ...others] })
  return (
    <Piece
      line={
        <>
          <b class={`pod-lamp ${ready ? 'ready' : ''}`} aria-hidden="true" />
          <b>{name}</b>
          <span class="mono">{addresses[0]}</span>
          <span class="mono">{socket ? `LISTEN ${endpointText(socket.local)}` : text.listensNot}</span>
          {!ready && <span class="quiet">{text.notReady}</span>}
        </>
      }
      ways={<Remove label={text.removePod(name)} onRemove={onRemove} />}
    >
      {socket && (
        <>
          <Checked
            label={text.bind}
            text={socket.local.address}
            read={readAddress}
            wide
            list="bind-addresses"
            onValue={(address) => place(address, socket.local.port)}
          />
          <Checked
            label={text.port}
            text={String(socket.local.port)}
            read={readRealPort}
            numeric
            onValue={(port) => place(socket.local.address, port)}
          />
        </>
      )}
      <label class="check">
        <input
          type="checkbox"
          checked={ready}
          onChange={() => {
            const { ready: _, ...rest } = pod
            onChange(ready ? { ...rest, ready: false } : rest)
          }}
        />
        {text.ready}
      </label>
    </Piece>
  )
}
