import { ANY4, ANY6 } from '../../net/address'
import type { Blueprint, Fault, WaveBlueprint } from '../../modes/blueprint'
import { BUILD_LANGUAGES, BUILD_LIKES, BUILD_OFFERS } from '../../modes/blueprint'
import type { BuildKind, BuildPlace } from '../../modes/blueprint-kinds'
import { groupsAt, kindsIn, offersFor } from '../../modes/blueprint-kinds'
import { MOST } from '../../modes/blueprint-parts'
import { addressesAt, placeOf } from '../../modes/blueprint-place'
import type { Board, PortText } from '../../shift/level'
import { portText } from '../../shift/port-text'
import { words } from '../../words'
import { build } from '../../words/build'
import { EndFields, Servers } from './BoxEditor'
import { verdictName } from './Faults'
import { Checks, ListField, NumberField, Remove, Rows, SelectField, TextField, Tick, replaced, without } from './Fields'
import { GateEditor } from './GateEditor'

interface WaveEditorProps {
  readonly blueprint: Blueprint
  readonly index: number
  readonly faults: readonly Fault[]
  readonly onChange: (wave: WaveBlueprint) => void
  readonly onRemove?: () => void
}

const PROTOCOLS = [
  { value: 'tcp', text: 'TCP' },
  { value: 'udp', text: 'UDP' },
] as const

/** What can hang beside the building at a place. */
const BOARDS: Readonly<Record<BuildPlace, readonly Board[]>> = {
  host: ['tan', 'tlnp', 'tulnp', 'gate', 'map'],
  street: ['street'],
  annex: ['annex'],
  block: ['street', 'annex'],
  cluster: ['svc'],
  balancer: ['desk'],
}

/** The ports that are lit before or in a wave. */
const litPorts = ({ waves }: Blueprint, upTo: number) => [
  ...new Set(waves.slice(0, upTo).flatMap(({ opens }) => opens.map(({ protocol, port }) => portText(protocol, port)))),
]

/** One wave: who opens, who is connected, who calls, and what may be said to them. */
export function WaveEditor({ blueprint, index, faults, onChange, onRemove }: WaveEditorProps) {
  const wave = blueprint.waves[index]
  if (!wave) return null
  const text = build
  const at = (...rest: readonly (string | number)[]) => ['waves', index, ...rest]
  const change = (part: Partial<WaveBlueprint>) => onChange({ ...wave, ...part })
  const lit = litPorts(blueprint, index + 1)
  const before = litPorts(blueprint, index)
  const tcp = lit.filter((port) => port.endsWith('/tcp'))
  const { bricks = [], closed = [], windows = [], stops = [] } = wave
  const place = placeOf(blueprint)
  const atHost = place === 'host'
  const spoken = kindsIn('speech').some((kind) => kind in wave.deal)
  const guested = kindsIn('http3').some((kind) => kind in wave.deal)
  const dark = [
    ...bricks.map((brick) => ({ ...brick, bricked: true })),
    ...closed.map((one) => ({ ...one, bricked: false })),
  ]
  const setDark = (ports: typeof dark) => {
    const plain = (bricked: boolean) =>
      ports.filter((one) => one.bricked === bricked).map(({ protocol, port }) => ({ protocol, port }))
    change({ bricks: plain(true), closed: plain(false) })
  }
  const addresses = [
    { value: ANY4, text: text.anywhere },
    { value: ANY6, text: text.anywhere6 },
    ...(atHost ? blueprint.host.addresses : addressesAt(blueprint))
      .filter((one) => one !== ANY4 && one !== ANY6)
      .map((value) => ({ value, text: value })),
  ]
  return (
    <section class="build-wave" aria-label={text.wave(index + 1)}>
      <h2>
        {text.wave(index + 1)}
        {onRemove && (
          <button type="button" class="build-remove" aria-label={text.removeWave(index + 1)} onClick={onRemove}>
            ×
          </button>
        )}
      </h2>
      <Rows
        legend={text.doors}
        add={text.addDoor}
        full={wave.opens.length >= MOST.doors}
        onAdd={() => change({ opens: [...wave.opens, { protocol: 'tcp', port: 8080, program: 'app' }] })}
      >
        {wave.opens.map((door, nth) => {
          const set = (part: Partial<typeof door>) => change({ opens: replaced(wave.opens, nth, { ...door, ...part }) })
          const { address: _address, ...anywhere } = door
          const { speaks: _speaks, ...mute } = door
          return (
            <div class="build-row" key={nth} id={`build-waves-${index}-opens-${nth}`}>
              <SelectField
                at={at('opens', nth, 'protocol')}
                label={text.protocol}
                faults={faults}
                value={door.protocol}
                options={PROTOCOLS}
                onChange={(protocol) => set({ protocol })}
              />
              <NumberField
                at={at('opens', nth, 'port')}
                label={text.port}
                faults={faults}
                value={door.port}
                least={1}
                most={65_535}
                onChange={(port) => set({ port })}
              />
              <TextField
                at={at('opens', nth, 'program')}
                label={text.program}
                faults={faults}
                value={door.program}
                onChange={(program) => set({ program })}
              />
              <SelectField
                at={at('opens', nth, 'address')}
                label={text.address}
                faults={faults}
                value={door.address ?? ANY4}
                options={addresses}
                onChange={(address) =>
                  change({ opens: replaced(wave.opens, nth, address === ANY4 ? anywhere : { ...door, address }) })
                }
              />
              {(spoken || door.speaks !== undefined) && (
                <SelectField
                  at={at('opens', nth, 'speaks')}
                  label={text.speaks}
                  faults={faults}
                  value={door.speaks ?? 'custom'}
                  options={(['custom', ...BUILD_LANGUAGES] as const).map((value) => ({
                    value,
                    text: text.languages[value],
                  }))}
                  onChange={(speaks) =>
                    change({
                      opens: replaced(wave.opens, nth, speaks === 'custom' ? { ...mute } : { ...door, speaks }),
                    })
                  }
                />
              )}
              <Remove
                what={`${door.port}/${door.protocol}`}
                onRemove={() => change({ opens: without(wave.opens, nth) })}
              />
            </div>
          )
        })}
      </Rows>
      {before.length > 0 && (
        <Checks
          at={at('stops')}
          legend={text.stops}
          faults={faults}
          options={before.map((value) => ({ value, text: value }))}
          chosen={stops}
          onChange={(chosen) => change({ stops: chosen })}
        />
      )}
      {atHost && (
        <Rows
          legend={text.closed}
          add={text.addClosed}
          full={dark.length >= MOST.closed}
          onAdd={() => setDark([...dark, { protocol: 'tcp', port: 23, bricked: true }])}
        >
          {dark.map((one, nth) => (
            <div class="build-row" key={nth}>
              <SelectField
                at={at('dark', nth, 'protocol')}
                label={text.protocol}
                faults={faults}
                value={one.protocol}
                options={PROTOCOLS}
                onChange={(protocol) => setDark(replaced(dark, nth, { ...one, protocol }))}
              />
              <NumberField
                at={one.bricked ? at('bricks', nth, 'port') : at('closed', nth - bricks.length, 'port')}
                label={text.port}
                faults={faults}
                value={one.port}
                least={1}
                most={65_535}
                onChange={(port) => setDark(replaced(dark, nth, { ...one, port }))}
              />
              <label class="build-check">
                <input
                  type="checkbox"
                  checked={one.bricked}
                  onChange={({ currentTarget }) =>
                    setDark(replaced(dark, nth, { ...one, bricked: currentTarget.checked }))
                  }
                />
                <span>{text.bricked}</span>
              </label>
              <Remove what={`${one.port}/${one.protocol}`} onRemove={() => setDark(without(dark, nth))} />
            </div>
          ))}
        </Rows>
      )}
      {atHost && (tcp.length > 0 || windows.length > 0) && (
        <Rows
          legend={text.windows}
          add={text.addWindows}
          full={windows.length >= MOST.plans || tcp.length === 0}
          onAdd={() => change({ windows: [...windows, { at: tcp[0] ?? '443/tcp', like: 'strangers', count: 3 }] })}
        >
          {windows.map((plan, nth) => {
            const set = (part: Partial<typeof plan>) =>
              change({ windows: replaced(windows, nth, { ...plan, ...part }) })
            const { state: _state, ...open } = plan
            const doors = [...new Set([...tcp, plan.at])].map((value) => ({ value, text: value }))
            return (
              <div class="build-row" key={nth}>
                <SelectField
                  at={at('windows', nth, 'at')}
                  label={text.at}
                  faults={faults}
                  value={plan.at}
                  options={doors}
                  onChange={(door) => set({ at: door })}
                />
                <SelectField
                  at={at('windows', nth, 'like')}
                  label={text.like}
                  faults={faults}
                  value={plan.like}
                  options={BUILD_LIKES.map((value) => ({ value, text: text.likes[value] }))}
                  onChange={(like) => set({ like })}
                />
                <NumberField
                  at={at('windows', nth, 'count')}
                  label={text.count}
                  faults={faults}
                  value={plan.count}
                  least={1}
                  most={MOST.windows}
                  onChange={(count) => set({ count })}
                />
                {(plan.state !== undefined || 'bind-after-restart' in wave.deal) && (
                  <Tick
                    label={text.closing}
                    checked={plan.state !== undefined}
                    onChange={(closing) =>
                      change({
                        windows: replaced(windows, nth, closing ? { ...plan, state: 'TIME-WAIT' } : { ...open }),
                      })
                    }
                  />
                )}
                <Remove what={plan.at} onRemove={() => change({ windows: without(windows, nth) })} />
              </div>
            )
          })}
        </Rows>
      )}
      {(atHost || wave.gate) && (
        <div id={`build-waves-${index}-gate`} class="build-gate">
          <GateEditor
            gate={wave.gate}
            at={at('gate')}
            faults={faults}
            onChange={(gate) => {
              const { gate: _before, board, ...rest } = wave
              if (gate) onChange({ ...wave, gate, ...(!wave.gate && { board: 'gate' }) })
              else onChange({ ...rest, ...(board && board !== 'gate' && { board }) })
            }}
          />
        </div>
      )}
      {atHost && <More blueprint={blueprint} index={index} faults={faults} onChange={onChange} guested={guested} />}
      <fieldset class="build-deal" id={`build-waves-${index}-deal`}>
        <legend>{text.traffic}</legend>
        {groupsAt(place).map(({ group, kinds }) => {
          const packets = kinds.reduce((sum, kind) => sum + (wave.deal[kind] ?? 0), 0)
          return (
            <details key={group} open={packets > 0 || !atHost}>
              <summary>{text.group(text.groups[group], packets)}</summary>
              <div class="build-traffic">
                {kinds.map((kind) => (
                  <NumberField
                    key={kind}
                    at={at('deal', kind)}
                    label={text.kind(kind)}
                    faults={faults}
                    value={wave.deal[kind] ?? 0}
                    least={0}
                    most={MOST.ofKind}
                    onChange={(count) => change(dealt(wave, kind, count))}
                  />
                ))}
              </div>
            </details>
          )
        })}
      </fieldset>
      {atHost && (
        <Checks
          at={at('offers')}
          legend={text.offers}
          faults={faults}
          options={BUILD_OFFERS.map((value) => ({ value, text: verdictName(value) }))}
          chosen={wave.offers}
          onChange={(offers) => change({ offers })}
        />
      )}
      <Checks
        at={at('views')}
        legend={text.views}
        faults={faults}
        options={(['fields', 'tcpdump', 'hex'] as const).map((value) => ({ value, text: words.shift.view[value] }))}
        chosen={wave.views}
        onChange={(views) => change({ views })}
      />
      <div class="build-row">
        <SelectField
          at={at('board')}
          label={text.board}
          faults={faults}
          value={wave.board ?? 'none'}
          options={(['none', ...BOARDS[place]] as const).map((value) => ({ value, text: text.boards[value] }))}
          onChange={(board) => {
            const { board: _before, ...rest } = wave
            onChange(board === 'none' ? rest : { ...rest, board })
          }}
        />
        {wave.offers.includes('reply') && (
          <SelectField
            at={at('envelope')}
            label={text.envelope}
            faults={faults}
            value={wave.envelope ?? 'turn'}
            options={(['turn', 'write'] as const).map((value) => ({ value, text: text.envelopes[value] }))}
            onChange={(envelope) => change({ envelope })}
          />
        )}
      </div>
    </section>
  )
}

/** A wave with so many packets of a kind; the verdicts that they can need come with the first. */
function dealt(wave: WaveBlueprint, kind: BuildKind, count: number): Partial<WaveBlueprint> {
  const { [kind]: before = 0, ...deal } = wave.deal
  if (count === 0) return { deal }
  const needed = before > 0 ? [] : offersFor(kind)
  const offers = BUILD_OFFERS.filter((one) => wave.offers.includes(one) || needed.includes(one))
  return { deal: { ...deal, [kind]: count }, offers }
}

/** A port with its protocol as it is typed, for the schema to judge. */
const isPortText = (text: string): text is PortText => text.includes('/')

type MoreProps = Omit<WaveEditorProps, 'onRemove'> & { readonly guested: boolean }

/** What only some kinds of traffic ask for: calls of the host, knocks, a crowd, guests. */
function More({ blueprint, index, faults, onChange, guested }: MoreProps) {
  const wave = blueprint.waves[index]
  if (!wave) return null
  const text = build
  const at = (...rest: readonly (string | number)[]) => ['waves', index, ...rest]
  const change = (part: Partial<WaveBlueprint>) => onChange({ ...wave, ...part })
  const { calls = [], servers = [], knocks = [], crowd, outside = false, guests } = wave
  const { crowd: _crowd, ...alone } = wave
  const { outside: _outside, ...inside } = wave
  const lit = litPorts(blueprint, index + 1).filter((port) => port.endsWith('/tcp'))
  const used = calls.length + servers.length + knocks.length > 0 || crowd !== undefined || outside || guested
  return (
    <details class="build-more" open={used}>
      <summary>{text.more}</summary>
      <Rows
        legend={text.calls}
        add={text.addCall}
        full={calls.length >= MOST.calls}
        onAdd={() => change({ calls: [...calls, { from: 41_000, to: { address: '198.51.100.9', port: 443 } }] })}
      >
        {calls.map((call, nth) => {
          const { state: _state, ...open } = call
          return (
            <div class="build-row" key={nth}>
              <NumberField
                at={at('calls', nth, 'from')}
                label={text.fromPort}
                faults={faults}
                value={call.from}
                least={1}
                most={65_535}
                onChange={(from) => change({ calls: replaced(calls, nth, { ...call, from }) })}
              />
              <EndFields
                at={at('calls', nth, 'to')}
                value={call.to}
                faults={faults}
                onChange={(to) => change({ calls: replaced(calls, nth, { ...call, to: { ...to } }) })}
              />
              <Tick
                label={text.closing}
                checked={call.state !== undefined}
                onChange={(closing) =>
                  change({ calls: replaced(calls, nth, closing ? { ...call, state: 'TIME-WAIT' } : open) })
                }
              />
              <Remove what={call.to.address} onRemove={() => change({ calls: without(calls, nth) })} />
            </div>
          )
        })}
      </Rows>
      <Servers
        at={at('servers')}
        legend={text.servers}
        value={servers}
        faults={faults}
        onChange={(next) => change({ servers: next.map((one) => ({ ...one })) })}
      />
      <ListField
        at={at('knocks')}
        label={text.knocks}
        faults={faults}
        value={knocks}
        textOf={String}
        read={(typed) => (isPortText(typed) ? typed : '0/tcp')}
        hint={text.knocksHint}
        onChange={(next) => change({ knocks: [...next] })}
      />
      <Tick
        label={text.outside}
        checked={outside}
        onChange={(is) => onChange(is ? { ...wave, outside: true } : inside)}
      />
      <div class="build-row">
        <Tick
          label={text.crowd}
          checked={crowd !== undefined}
          onChange={(comes) => onChange(comes ? { ...wave, crowd: { at: lit[0] ?? '443/tcp', count: 70_000 } } : alone)}
        />
        {crowd && (
          <>
            <SelectField
              at={at('crowd', 'at')}
              label={text.crowdAt}
              faults={faults}
              value={crowd.at}
              options={[...new Set([...lit, crowd.at])].map((value) => ({ value, text: value }))}
              onChange={(door) => change({ crowd: { ...crowd, at: door } })}
            />
            <NumberField
              at={at('crowd', 'count')}
              label={text.count}
              faults={faults}
              value={crowd.count}
              least={1000}
              most={MOST.crowd}
              onChange={(count) => change({ crowd: { ...crowd, count } })}
            />
          </>
        )}
        {(guested || guests !== undefined) && (
          <NumberField
            at={at('guests')}
            label={text.guests}
            faults={faults}
            value={guests ?? 3}
            least={2}
            most={MOST.guests}
            onChange={(count) => change({ guests: count })}
          />
        )}
      </div>
    </details>
  )
}
