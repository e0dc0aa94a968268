import { ANY4, ANY6 } from '../../net/address'
import type { Blueprint, Fault, WaveBlueprint } from '../../modes/blueprint'
import { BUILD_KINDS, BUILD_LIKES, BUILD_OFFERS, MOST } from '../../modes/blueprint'
import { portText } from '../../shift/port-text'
import { words } from '../../words'
import { build } from '../../words/build'
import { Checks, NumberField, Rows, SelectField, TextField } from './Fields'

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

const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at)
const replaced = <T,>(list: readonly T[], at: number, item: T): T[] =>
  list.map((old, index) => (index === at ? item : old))

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
    ...blueprint.host.addresses.filter((one) => one !== ANY4 && one !== ANY6).map((value) => ({ value, text: value })),
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
      {(tcp.length > 0 || windows.length > 0) && (
        <Rows
          legend={text.windows}
          add={text.addWindows}
          full={windows.length >= MOST.plans || tcp.length === 0}
          onAdd={() => change({ windows: [...windows, { at: tcp[0] ?? '443/tcp', like: 'strangers', count: 3 }] })}
        >
          {windows.map((plan, nth) => {
            const set = (part: Partial<typeof plan>) =>
              change({ windows: replaced(windows, nth, { ...plan, ...part }) })
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
                <Remove what={plan.at} onRemove={() => change({ windows: without(windows, nth) })} />
              </div>
            )
          })}
        </Rows>
      )}
      <fieldset class="build-traffic" id={`build-waves-${index}-deal`}>
        <legend>{text.traffic}</legend>
        {BUILD_KINDS.map((kind) => (
          <NumberField
            key={kind}
            at={at('deal', kind)}
            label={text.kind(kind)}
            faults={faults}
            value={wave.deal[kind] ?? 0}
            least={0}
            most={MOST.ofKind}
            onChange={(count) => {
              const { [kind]: _before, ...deal } = wave.deal
              change({ deal: count === 0 ? deal : { ...deal, [kind]: count } })
            }}
          />
        ))}
      </fieldset>
      <Checks
        at={at('offers')}
        legend={text.offers}
        faults={faults}
        options={BUILD_OFFERS.map((value) => ({ value, text: words.shift.verdict[value].name }))}
        chosen={wave.offers}
        onChange={(offers) => change({ offers })}
      />
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
          options={(['none', 'tan', 'tlnp', 'tulnp'] as const).map((value) => ({ value, text: text.boards[value] }))}
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

function Remove({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  return (
    <button type="button" class="build-remove" aria-label={build.remove(what)} onClick={onRemove}>
      ×
    </button>
  )
}
