import type { ComponentChildren } from 'preact'
import type { Blueprint, Fault } from '../../modes/blueprint'
import { MOST } from '../../modes/blueprint-parts'
import type { AnnexBlueprint, BalancerBlueprint, ClusterBlueprint, StreetBlueprint } from '../../modes/blueprint-place'
import { DESK_MODES } from '../../modes/blueprint-place'
import type { Endpoint } from '../../net/tuple'
import { build } from '../../words/build'
import {
  ListField,
  NumberField,
  PortsField,
  Remove,
  Rows,
  SelectField,
  TextField,
  Tick,
  replaced,
  without,
} from './Fields'

type Way = Fault['at']

interface EditorProps<T> {
  readonly value: T
  readonly faults: readonly Fault[]
  readonly onChange: (value: T) => void
}

const same = (text: string) => text

interface BoxEditorProps {
  readonly draft: Blueprint
  readonly faults: readonly Fault[]
  readonly onChange: (part: Partial<Blueprint>) => void
}

/** The box or boxes at which a level plays, where it does not play at a host. */
export function BoxEditor({ draft, faults, onChange }: BoxEditorProps) {
  const { street, annex, cluster, balancer } = draft
  return (
    <>
      {street && <Street value={street} faults={faults} onChange={(next) => onChange({ street: next })} />}
      {annex && <Annex value={annex} faults={faults} onChange={(next) => onChange({ annex: next })} />}
      {cluster && <Cluster value={cluster} faults={faults} onChange={(next) => onChange({ cluster: next })} />}
      {balancer && <Balancer value={balancer} faults={faults} onChange={(next) => onChange({ balancer: next })} />}
    </>
  )
}

function Box({ legend, children }: { readonly legend: string; readonly children: ComponentChildren }) {
  return (
    <fieldset class="build-words build-box">
      <legend>{legend}</legend>
      {children}
    </fieldset>
  )
}

interface EndFieldsProps extends EditorProps<Endpoint> {
  readonly at: Way
}

/** An address and a port: where a call goes to. */
export function EndFields({ at, value, faults, onChange }: EndFieldsProps) {
  return (
    <>
      <TextField
        at={[...at, 'address']}
        label={build.toAddress}
        faults={faults}
        value={value.address}
        onChange={(address) => onChange({ ...value, address: address.trim() })}
      />
      <PortField
        at={[...at, 'port']}
        label={build.toPort}
        faults={faults}
        value={value.port}
        onChange={(port) => onChange({ ...value, port })}
      />
    </>
  )
}

interface PortFieldProps extends EditorProps<number> {
  readonly at: Way
  readonly label: string
}

function PortField(props: PortFieldProps) {
  return <NumberField {...props} least={1} most={65_535} />
}

interface PickProps extends EditorProps<string> {
  readonly at: Way
  readonly label: string
  readonly among: readonly string[]
}

/** One of the names there are; one that is none stays to be seen. */
function Pick({ among, ...props }: PickProps) {
  const options = [...new Set([...among, props.value])].map((value) => ({ value, text: value }))
  return <SelectField {...props} options={options} />
}

interface ServersProps {
  readonly at: Way
  readonly legend: string
  readonly value: readonly Endpoint[]
  readonly faults: readonly Fault[]
  readonly onChange: (value: Endpoint[]) => void
}

/** Servers that somebody calls. */
export function Servers({ at, legend, value, faults, onChange }: ServersProps) {
  return (
    <Rows
      legend={legend}
      add={build.addServer}
      full={value.length >= MOST.calls}
      onAdd={() => onChange([...value, { address: '198.51.100.9', port: 443 }])}
    >
      {value.map((server, nth) => (
        <div class="build-row" key={nth}>
          <EndFields
            at={[...at, nth]}
            value={server}
            faults={faults}
            onChange={(next) => onChange(replaced(value, nth, next))}
          />
          <Remove what={server.address} onRemove={() => onChange(without(value, nth))} />
        </div>
      ))}
    </Rows>
  )
}

function Street({ value, faults, onChange }: EditorProps<StreetBlueprint>) {
  const text = build.street
  const at = (...rest: Way): Way => ['street', ...rest]
  const change = (part: Partial<StreetBlueprint>) => onChange({ ...value, ...part })
  const { flats, forwards, calls, missing } = value
  const { missing: _missing, ...complete } = value
  const [flat = ''] = flats
  const address = (part: 'street' | 'inside') => (
    <TextField
      at={at(part)}
      label={text[part]}
      faults={faults}
      value={value[part]}
      onChange={(next) => change({ [part]: next.trim() })}
    />
  )
  const sign = (place: Way, one: (typeof forwards)[number], set: (next: typeof one) => void) => (
    <>
      <PortField
        at={[...place, 'port']}
        label={text.outer}
        faults={faults}
        value={one.port}
        onChange={(port) => set({ ...one, port })}
      />
      <Pick
        at={[...place, 'to', 'address']}
        label={text.flat}
        faults={faults}
        among={flats}
        value={one.to.address}
        onChange={(next) => set({ ...one, to: { ...one.to, address: next } })}
      />
      <PortField
        at={[...place, 'to', 'port']}
        label={build.toPort}
        faults={faults}
        value={one.to.port}
        onChange={(port) => set({ ...one, to: { ...one.to, port } })}
      />
    </>
  )
  return (
    <Box legend={text.legend}>
      <div class="build-row">
        {address('street')}
        {address('inside')}
      </div>
      <ListField
        at={at('flats')}
        label={text.flats}
        faults={faults}
        value={flats}
        lines={3}
        textOf={same}
        read={same}
        onChange={(next) => change({ flats: [...next] })}
      />
      <Rows
        legend={text.forwards}
        add={text.addForward}
        full={forwards.length >= MOST.signs}
        onAdd={() => change({ forwards: [...forwards, { port: 8080, to: { address: flat, port: 80 } }] })}
      >
        {forwards.map((one, nth) => (
          <div class="build-row" key={nth}>
            {sign(at('forwards', nth), one, (next) => change({ forwards: replaced(forwards, nth, next) }))}
            <Remove what={String(one.port)} onRemove={() => change({ forwards: without(forwards, nth) })} />
          </div>
        ))}
      </Rows>
      <Rows
        legend={text.calls}
        add={text.addCall}
        full={calls.length >= MOST.calls}
        onAdd={() =>
          change({
            calls: [...calls, { from: { address: flat, port: 52_000 }, to: { address: '198.51.100.9', port: 443 } }],
          })
        }
      >
        {calls.map((one, nth) => {
          const set = (part: Partial<typeof one>) => change({ calls: replaced(calls, nth, { ...one, ...part }) })
          return (
            <div class="build-row" key={nth}>
              <Pick
                at={at('calls', nth, 'from', 'address')}
                label={text.flat}
                faults={faults}
                among={flats}
                value={one.from.address}
                onChange={(next) => set({ from: { ...one.from, address: next } })}
              />
              <PortField
                at={at('calls', nth, 'from', 'port')}
                label={build.fromPort}
                faults={faults}
                value={one.from.port}
                onChange={(port) => set({ from: { ...one.from, port } })}
              />
              <EndFields
                at={at('calls', nth, 'to')}
                value={one.to}
                faults={faults}
                onChange={(to) => set({ to: { ...to } })}
              />
              <Remove what={one.from.address} onRemove={() => change({ calls: without(calls, nth) })} />
            </div>
          )
        })}
      </Rows>
      <Servers
        at={at('servers')}
        legend={text.servers}
        value={value.servers}
        faults={faults}
        onChange={(servers) => change({ servers: servers.map((one) => ({ ...one })) })}
      />
      <PortsField
        at={at('strange')}
        label={text.strange}
        faults={faults}
        value={value.strange}
        onChange={(strange) => change({ strange: [...strange] })}
      />
      <Tick
        label={text.missing}
        checked={missing !== undefined}
        onChange={(wanted) =>
          onChange(wanted ? { ...value, missing: { port: 2222, to: { address: flat, port: 22 } } } : complete)
        }
      />
      {missing && <div class="build-row">{sign(at('missing'), missing, (next) => change({ missing: next }))}</div>}
    </Box>
  )
}

function Annex({ value, faults, onChange }: EditorProps<AnnexBlueprint>) {
  const text = build.annex
  const at = (...rest: Way): Way => ['annex', ...rest]
  const change = (part: Partial<AnnexBlueprint>) => onChange({ ...value, ...part })
  const { containers, missing } = value
  const { missing: _missing, ...complete } = value
  const { drops: _drops, ...open } = value
  return (
    <Box legend={text.legend}>
      <TextField
        at={at('host')}
        label={text.host}
        faults={faults}
        value={value.host}
        onChange={(host) => change({ host: host.trim() })}
      />
      <Rows
        legend={text.legend}
        add={text.add}
        full={containers.length >= MOST.containers}
        onAdd={() =>
          change({
            containers: [
              ...containers,
              {
                name: `app-${containers.length + 1}`,
                address: `172.17.0.${containers.length + 2}`,
                listens: 80,
                signs: [],
              },
            ],
          })
        }
      >
        {containers.map((one, nth) => {
          const place = (part: string) => at('containers', nth, part)
          const set = (part: Partial<typeof one>) =>
            change({ containers: replaced(containers, nth, { ...one, ...part }) })
          return (
            <div class="build-row" key={nth}>
              <TextField
                at={place('name')}
                label={text.name}
                faults={faults}
                value={one.name}
                onChange={(name) => set({ name })}
              />
              <TextField
                at={place('address')}
                label={text.inner}
                faults={faults}
                value={one.address}
                onChange={(address) => set({ address: address.trim() })}
              />
              <PortField
                at={place('listens')}
                label={text.listens}
                faults={faults}
                value={one.listens}
                onChange={(listens) => set({ listens })}
              />
              <ListField
                at={place('signs')}
                label={text.signs}
                faults={faults}
                value={one.signs}
                textOf={same}
                read={same}
                hint={text.signsHint}
                onChange={(signs) => set({ signs: [...signs] })}
              />
              <Remove what={one.name} onRemove={() => change({ containers: without(containers, nth) })} />
            </div>
          )
        })}
      </Rows>
      <PortsField
        at={at('strange')}
        label={text.strange}
        faults={faults}
        value={value.strange}
        onChange={(strange) => change({ strange: [...strange] })}
      />
      <PortsField
        at={at('drops')}
        label={text.drops}
        faults={faults}
        value={value.drops ?? []}
        onChange={(drops) => onChange(drops.length === 0 ? open : { ...value, drops: [...drops] })}
      />
      <Tick
        label={text.missing}
        checked={missing !== undefined}
        onChange={(wanted) =>
          onChange(
            wanted
              ? { ...value, missing: { container: containers[0]?.name ?? '', port: 9000, street: true } }
              : complete,
          )
        }
      />
      {missing && (
        <div class="build-row">
          <Pick
            at={at('missing', 'container')}
            label={text.container}
            faults={faults}
            among={containers.map(({ name }) => name)}
            value={missing.container}
            onChange={(container) => change({ missing: { ...missing, container } })}
          />
          <PortField
            at={at('missing', 'port')}
            label={text.port}
            faults={faults}
            value={missing.port}
            onChange={(port) => change({ missing: { ...missing, port } })}
          />
          <Tick
            label={text.street}
            checked={missing.street}
            onChange={(street) => change({ missing: { ...missing, street } })}
          />
        </div>
      )}
    </Box>
  )
}

const TYPES = ['ClusterIP', 'NodePort'] as const

function Cluster({ value, faults, onChange }: EditorProps<ClusterBlueprint>) {
  const text = build.cluster
  const at = (...rest: Way): Way => ['cluster', ...rest]
  const change = (part: Partial<ClusterBlueprint>) => onChange({ ...value, ...part })
  const { pods, services } = value
  const apps = [...new Set(pods.map(({ app }) => app))]
  return (
    <Box legend={text.legend}>
      <div class="build-row">
        <ListField
          at={at('nodes')}
          label={text.nodes}
          faults={faults}
          value={value.nodes}
          lines={2}
          textOf={same}
          read={same}
          onChange={(nodes) => change({ nodes: [...nodes] })}
        />
        <TextField
          at={at('guest')}
          label={text.guest}
          faults={faults}
          value={value.guest}
          onChange={(guest) => change({ guest: guest.trim() })}
        />
      </div>
      <Rows
        legend={text.pods}
        add={text.addPod}
        full={pods.length >= MOST.pods}
        onAdd={() =>
          change({
            pods: [
              ...pods,
              {
                name: `web-${pods.length + 1}`,
                address: `10.244.4.${pods.length + 5}`,
                app: apps[0] ?? 'web',
                listens: 8080,
              },
            ],
          })
        }
      >
        {pods.map((pod, nth) => {
          const place = (part: string) => at('pods', nth, part)
          const set = (part: Partial<typeof pod>) => change({ pods: replaced(pods, nth, { ...pod, ...part }) })
          const { ready = true, ...well } = pod
          return (
            <div class="build-row" key={nth}>
              <TextField
                at={place('name')}
                label={build.annex.name}
                faults={faults}
                value={pod.name}
                onChange={(name) => set({ name })}
              />
              <TextField
                at={place('address')}
                label={build.balancer.address}
                faults={faults}
                value={pod.address}
                onChange={(address) => set({ address: address.trim() })}
              />
              <TextField
                at={place('app')}
                label={text.app}
                faults={faults}
                value={pod.app}
                onChange={(app) => set({ app })}
              />
              <PortField
                at={place('listens')}
                label={build.annex.listens}
                faults={faults}
                value={pod.listens}
                onChange={(listens) => set({ listens })}
              />
              <Tick
                label={text.ready}
                checked={ready}
                onChange={(is) => change({ pods: replaced(pods, nth, is ? well : { ...well, ready: false }) })}
              />
              <Remove what={pod.name} onRemove={() => change({ pods: without(pods, nth) })} />
            </div>
          )
        })}
      </Rows>
      <Rows
        legend={text.services}
        add={text.addService}
        full={services.length >= MOST.services}
        onAdd={() =>
          change({
            services: [
              ...services,
              {
                name: `service-${services.length + 1}`,
                app: apps[0] ?? 'web',
                type: 'ClusterIP',
                clusterIP: `10.96.1.${services.length + 10}`,
                port: 8080,
              },
            ],
          })
        }
      >
        {services.map((service, nth) => {
          const place = (part: string) => at('services', nth, part)
          const put = (next: typeof service) => change({ services: replaced(services, nth, next) })
          const { nodePort = 30_000 + nth, ...inner } = service
          return (
            <div class="build-row" key={nth}>
              <TextField
                at={place('name')}
                label={build.annex.name}
                faults={faults}
                value={service.name}
                onChange={(name) => put({ ...service, name })}
              />
              <Pick
                at={place('app')}
                label={text.app}
                faults={faults}
                among={apps}
                value={service.app}
                onChange={(app) => put({ ...service, app })}
              />
              <SelectField
                at={place('type')}
                label={text.type}
                faults={faults}
                value={service.type}
                options={TYPES.map((type) => ({ value: type, text: type }))}
                onChange={(type) => put(type === 'NodePort' ? { ...inner, type, nodePort } : { ...inner, type })}
              />
              <TextField
                at={place('clusterIP')}
                label="clusterIP"
                faults={faults}
                value={service.clusterIP}
                onChange={(clusterIP) => put({ ...service, clusterIP: clusterIP.trim() })}
              />
              <PortField
                at={place('port')}
                label="port"
                faults={faults}
                value={service.port}
                onChange={(port) => put({ ...service, port })}
              />
              <PortField
                at={place('targetPort')}
                label="targetPort"
                faults={faults}
                value={service.targetPort ?? service.port}
                onChange={(targetPort) => put({ ...service, targetPort })}
              />
              {service.type === 'NodePort' && (
                <NumberField
                  at={place('nodePort')}
                  label="nodePort"
                  faults={faults}
                  value={nodePort}
                  least={30_000}
                  most={32_767}
                  onChange={(port) => put({ ...service, nodePort: port })}
                />
              )}
              <Remove what={service.name} onRemove={() => change({ services: without(services, nth) })} />
            </div>
          )
        })}
      </Rows>
    </Box>
  )
}

function Balancer({ value, faults, onChange }: EditorProps<BalancerBlueprint>) {
  const text = build.balancer
  const at = (...rest: Way): Way => ['balancer', ...rest]
  const change = (part: Partial<BalancerBlueprint>) => onChange({ ...value, ...part })
  const { desks, wings } = value
  return (
    <Box legend={text.legend}>
      <div class="build-row">
        <TextField
          at={at('name')}
          label={text.name}
          faults={faults}
          value={value.name}
          onChange={(name) => change({ name })}
        />
        <TextField
          at={at('address')}
          label={text.address}
          faults={faults}
          value={value.address}
          onChange={(address) => change({ address: address.trim() })}
        />
      </div>
      <Rows
        legend={text.desks}
        add={text.addDesk}
        full={desks.length >= MOST.desks}
        onAdd={() =>
          change({
            desks: [
              ...desks,
              {
                mode: 'proxy',
                port: 80,
                pool: `pool-${desks.length + 1}`,
                targetPort: 8080,
                wings: wings.slice(0, 1).map(({ name }) => name),
              },
            ],
          })
        }
      >
        {desks.map((desk, nth) => {
          const place = (part: string) => at('desks', nth, part)
          const set = (part: Partial<typeof desk>) => change({ desks: replaced(desks, nth, { ...desk, ...part }) })
          return (
            <div class="build-row" key={nth}>
              <PortField
                at={place('port')}
                label={build.port}
                faults={faults}
                value={desk.port}
                onChange={(port) => set({ port })}
              />
              <SelectField
                at={place('mode')}
                label={text.mode}
                faults={faults}
                value={desk.mode}
                options={DESK_MODES.map((mode) => ({ value: mode, text: text.modes[mode] }))}
                onChange={(mode) => set({ mode })}
              />
              <TextField
                at={place('pool')}
                label={text.pool}
                faults={faults}
                value={desk.pool}
                onChange={(pool) => set({ pool })}
              />
              <PortField
                at={place('targetPort')}
                label={text.target}
                faults={faults}
                value={desk.targetPort}
                onChange={(targetPort) => set({ targetPort })}
              />
              <ListField
                at={place('wings')}
                label={text.wingsOf}
                faults={faults}
                value={desk.wings}
                textOf={same}
                read={same}
                onChange={(names) => set({ wings: [...names] })}
              />
              <Remove what={String(desk.port)} onRemove={() => change({ desks: without(desks, nth) })} />
            </div>
          )
        })}
      </Rows>
      <Rows
        legend={text.wings}
        add={text.addWing}
        full={wings.length >= MOST.wings}
        onAdd={() =>
          change({
            wings: [
              ...wings,
              { name: `wing-${wings.length + 1}`, address: `192.0.2.${wings.length + 131}`, listens: [8080] },
            ],
          })
        }
      >
        {wings.map((wing, nth) => {
          const place = (part: string) => at('wings', nth, part)
          const set = (part: Partial<typeof wing>) => change({ wings: replaced(wings, nth, { ...wing, ...part }) })
          return (
            <div class="build-row" key={nth}>
              <TextField
                at={place('name')}
                label={text.name}
                faults={faults}
                value={wing.name}
                onChange={(name) => set({ name })}
              />
              <TextField
                at={place('address')}
                label={text.address}
                faults={faults}
                value={wing.address}
                onChange={(address) => set({ address: address.trim() })}
              />
              <PortsField
                at={place('listens')}
                label={text.listens}
                faults={faults}
                value={wing.listens}
                onChange={(listens) => set({ listens: [...listens] })}
              />
              <Remove what={wing.name} onRemove={() => change({ wings: without(wings, nth) })} />
            </div>
          )
        })}
      </Rows>
      <PortsField
        at={at('strange')}
        label={text.strange}
        faults={faults}
        value={value.strange}
        onChange={(strange) => change({ strange: [...strange] })}
      />
    </Box>
  )
}
