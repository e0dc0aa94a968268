import type { PortMatch } from '../../net/filter'
import { nftAction, nftRule } from '../../net/nft-text'
import type { Fault, WaveBlueprint } from '../../modes/blueprint'
import { BUILD_ACTIONS } from '../../modes/blueprint'
import { MOST } from '../../modes/blueprint-parts'
import { build } from '../../words/build'
import { ListField, Remove, SelectField, TextField, Tick, isFaulty, replaced, without } from './Fields'

type Gate = NonNullable<WaveBlueprint['gate']>
type Rule = Gate['rules'][number]

interface GateEditorProps {
  readonly gate: Gate | undefined
  readonly at: readonly (string | number)[]
  readonly faults: readonly Fault[]
  readonly onChange: (gate: Gate | undefined) => void
}

/** The gate that is put up at first: what everybody has, and one port. */
const FRESH: Gate = {
  policy: 'drop',
  notebook: true,
  rules: [
    { match: { state: ['established', 'related'] }, action: 'accept' },
    { match: { protocol: 'tcp', destinationPort: [443] }, action: 'accept' },
  ],
}

/** The board of rules before the doors, in the order in which it is read. */
export function GateEditor({ gate, at, faults, onChange }: GateEditorProps) {
  const text = build.gate
  if (!gate)
    return (
      <button type="button" class="build-add" onClick={() => onChange(FRESH)}>
        {text.add}
      </button>
    )
  const { rules } = gate
  const withRules = (next: Rule[]) => onChange({ ...gate, rules: next })
  const move = (from: number, to: number) => {
    const rule = rules[from]
    if (rule) withRules(without(rules, from).toSpliced(to, 0, rule))
  }
  return (
    <fieldset class="build-rows">
      <legend>{text.legend}</legend>
      <ol class="build-rules">
        {rules.map((rule, nth) => (
          <li key={nth}>
            <details open={isFaulty([...at, 'rules', nth], faults)}>
              <summary>
                <code>{nftRule(rule, 'inet')}</code>
              </summary>
              <RuleFields
                rule={rule}
                at={[...at, 'rules', nth]}
                faults={faults}
                onChange={(next) => withRules(replaced(rules, nth, next))}
              />
            </details>
            <p class="build-rule">
              <button
                type="button"
                class="build-remove"
                aria-label={text.up(nth + 1)}
                disabled={nth === 0}
                onClick={() => move(nth, nth - 1)}
              >
                ↑
              </button>
              <button
                type="button"
                class="build-remove"
                aria-label={text.down(nth + 1)}
                disabled={nth === rules.length - 1}
                onClick={() => move(nth, nth + 1)}
              >
                ↓
              </button>
              <Remove what={text.rule(nth + 1)} onRemove={() => withRules(without(rules, nth))} />
            </p>
          </li>
        ))}
      </ol>
      {rules.length < MOST.rules && (
        <button
          type="button"
          class="build-add"
          onClick={() => withRules([...rules, { match: { protocol: 'tcp', destinationPort: [80] }, action: 'accept' }])}
        >
          {text.addRule}
        </button>
      )}
      <div class="build-row">
        <SelectField
          at={[...at, 'policy']}
          label={text.policy}
          faults={faults}
          value={gate.policy}
          options={(['drop', 'accept'] as const).map((value) => ({ value, text: value }))}
          onChange={(policy) => onChange({ ...gate, policy })}
        />
        <Tick label={text.notebook} checked={gate.notebook} onChange={(notebook) => onChange({ ...gate, notebook })} />
        <button type="button" class="secondary" onClick={() => onChange(undefined)}>
          {text.takeDown}
        </button>
      </div>
    </fieldset>
  )
}

const PROTOCOLS = ['any', 'tcp', 'udp', 'icmp'] as const
const STATES = ['any', 'established,related', 'new', 'invalid'] as const

interface RuleFieldsProps {
  readonly rule: Rule
  readonly at: readonly (string | number)[]
  readonly faults: readonly Fault[]
  readonly onChange: (rule: Rule) => void
}

function RuleFields({ rule, at, faults, onChange }: RuleFieldsProps) {
  const text = build.gate
  const { match, action } = rule
  const orAny = <T extends string>(values: readonly T[]) =>
    values.map((value) => ({ value, text: value === 'any' ? text.any : value }))
  const { protocol: _protocol, ...anyProtocol } = match
  const { source: _source, ...anySource } = match
  const { state: _state, ...anyState } = match
  const { destinationPort: _to, ...anyPort } = match
  const { sourcePort: _from, ...anySourcePort } = match
  const set = (next: Rule['match']) => onChange({ ...rule, match: next })
  const state = match.state?.includes('established') ? 'established,related' : (match.state?.[0] ?? 'any')
  return (
    <div class="build-row">
      <SelectField
        at={[...at, 'match', 'protocol']}
        label={build.protocol}
        faults={faults}
        value={match.protocol ?? 'any'}
        options={orAny(PROTOCOLS)}
        onChange={(protocol) => set(protocol === 'any' ? anyProtocol : { ...match, protocol })}
      />
      <PortMatches
        at={[...at, 'match', 'destinationPort']}
        label={text.to}
        faults={faults}
        value={match.destinationPort ?? []}
        onChange={(ports) => set(ports.length === 0 ? anyPort : { ...match, destinationPort: [...ports] })}
      />
      <TextField
        at={[...at, 'match', 'source']}
        label={text.from}
        faults={faults}
        value={match.source ?? ''}
        onChange={(source) => set(source.trim() === '' ? anySource : { ...match, source: source.trim() })}
      />
      <PortMatches
        at={[...at, 'match', 'sourcePort']}
        label={text.source}
        faults={faults}
        value={match.sourcePort ?? []}
        onChange={(ports) => set(ports.length === 0 ? anySourcePort : { ...match, sourcePort: [...ports] })}
      />
      <SelectField
        at={[...at, 'match', 'state']}
        label={text.state}
        faults={faults}
        value={STATES.find((one) => one === state) ?? 'any'}
        options={orAny(STATES)}
        onChange={(chosen) =>
          set(
            chosen === 'any'
              ? anyState
              : { ...match, state: chosen === 'established,related' ? ['established', 'related'] : [chosen] },
          )
        }
      />
      <SelectField
        at={[...at, 'action']}
        label={text.action}
        faults={faults}
        value={action}
        options={BUILD_ACTIONS.map((value) => ({ value, text: nftAction(value, 'inet') }))}
        onChange={(next) => onChange({ ...rule, action: next })}
      />
    </div>
  )
}

interface PortMatchesProps {
  readonly at: readonly (string | number)[]
  readonly label: string
  readonly faults: readonly Fault[]
  readonly value: readonly PortMatch[]
  readonly onChange: (ports: readonly PortMatch[]) => void
}

/** Ports and ranges of ports, as nft writes them. */
function PortMatches(props: PortMatchesProps) {
  const read = (text: string): PortMatch => {
    const [, from, to] = /^(\d{1,6})(?:-(\d{1,6}))?$/.exec(text) ?? []
    return to === undefined ? Number(from ?? 0) : { from: Number(from), to: Number(to) }
  }
  return (
    <ListField
      {...props}
      read={read}
      textOf={(port) => (typeof port === 'number' ? String(port) : `${port.from}-${port.to}`)}
      hint={build.gate.any}
    />
  )
}
