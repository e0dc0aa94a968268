import { nftRule } from '../../net/nft-text'
import { freshChain, freshRule, moved, removed, replaced, withCondition } from '../../sandbox/change'
import type { SandboxChain, SandboxRule } from '../../sandbox/sandbox'
import { ACTIONS, HOOKS, MOST } from '../../sandbox/sandbox'
import { sandbox as words } from '../../words/sandbox-screens'
import { Checked, Choice, portsText, readPorts, readPrefix } from './Checked'
import type { PartProps } from './Piece'
import { Add, Piece, Remove } from './Piece'

/** The boards of the gatehouse, rule by rule. */
export function Gate({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { chains } = sandbox
  const change = (place: number, chain: SandboxChain) =>
    onChange({ ...sandbox, chains: replaced(chains, place, chain) })
  return (
    <>
      {chains.length === 0 && <p class="quiet">{text.noGate}</p>}
      {chains.map((chain, place) => (
        <Board
          key={place}
          chain={chain}
          interfaces={sandbox.interfaces.map(({ name }) => name)}
          onChange={(next) => change(place, next)}
          onRemove={() => onChange({ ...sandbox, chains: removed(chains, place) })}
        />
      ))}
      <Add
        text={text.addChain}
        full={chains.length >= MOST.chains}
        onAdd={() => onChange({ ...sandbox, chains: [...chains, freshChain(chains)] })}
      />
    </>
  )
}

interface BoardProps {
  readonly chain: SandboxChain
  readonly interfaces: readonly string[]
  readonly onChange: (next: SandboxChain) => void
  readonly onRemove: () => void
}

const POLICIES = ['accept', 'drop'] as const
const FAMILIES = ['inet', 'ip', 'ip6'] as const

function Board({ chain, interfaces, onChange, onRemove }: BoardProps) {
  const text = words.build
  const { rules } = chain
  // A gap stands before a rule: once rules are moved nobody knows where.
  const withRules = (next: SandboxRule[]) => onChange({ ...chain, rules: next })
  return (
    <fieldset class="chain">
      <legend class="mono">{chain.name}</legend>
      <ol class="pieces">
        {rules.map((rule, place) => (
          <RulePiece
            key={place}
            rule={rule}
            said={nftRule(rule, chain.family)}
            place={place}
            of={rules.length}
            interfaces={interfaces}
            onChange={(next) => withRules(replaced(rules, place, next))}
            onMove={(by) => withRules(moved(rules, place, by))}
            onRemove={() => withRules(removed(rules, place))}
          />
        ))}
      </ol>
      {chain.gaps && <p class="doubt">{text.gaps(chain.gaps.length)}</p>}
      <Add text={text.addRule} full={rules.length >= MOST.rules} onAdd={() => withRules([...rules, freshRule()])} />
      <div class="row chain-whole">
        <Choice
          label={text.policy}
          value={chain.policy}
          among={POLICIES}
          textOf={(policy) => text.policies[policy]}
          onValue={(policy) => onChange({ ...chain, policy })}
        />
        <Choice
          label={text.hook}
          value={chain.hook}
          among={HOOKS}
          textOf={(hook) => text.hooks[hook]}
          onValue={(hook) => onChange({ ...chain, hook, name: hook })}
        />
        <Choice
          label={text.family}
          value={chain.family}
          among={FAMILIES}
          textOf={(family) => text.families[family]}
          onValue={(family) => onChange({ ...chain, family })}
        />
        <Remove label={text.removeChain(chain.name)} onRemove={onRemove} />
      </div>
    </fieldset>
  )
}

interface RuleProps {
  readonly rule: SandboxRule
  /** The rule in nft's words. */
  readonly said: string
  readonly place: number
  readonly of: number
  readonly interfaces: readonly string[]
  readonly onChange: (next: SandboxRule) => void
  readonly onMove: (by: -1 | 1) => void
  readonly onRemove: () => void
}

const ANY = 'any'
const RULE_PROTOCOLS = [ANY, 'tcp', 'udp', 'icmp', 'icmp6'] as const
const STATES = [['new'], ['established', 'related'], ['established'], ['related'], ['invalid']] as const
const STATUSES = [['dnat'], ['snat'], ['assured'], ['seen-reply'], ['confirmed']] as const
const OWN = [ANY, 'yes', 'no'] as const

interface SetProps<T extends string> {
  readonly label: string
  readonly value: readonly T[] | undefined
  readonly among: readonly (readonly T[])[]
  readonly onValue: (value: T[] | undefined) => void
}

/** A choice among sets of words, the one that is there among them. */
function SetChoice<T extends string>({ label, value, among, onValue }: SetProps<T>) {
  const texts = [ANY, ...new Set([...(value ? [value] : []), ...among].map((one) => one.join(',')))]
  const all = [...(value ? [value] : []), ...among]
  return (
    <Choice
      label={label}
      value={value?.join(',') ?? ANY}
      among={texts}
      textOf={(text) => (text === ANY ? words.build.any : text.replaceAll(',', ', '))}
      onValue={(text) => {
        const chosen = all.find((one) => one.join(',') === text)
        onValue(chosen && [...chosen])
      }}
    />
  )
}

function RulePiece({ rule, said, place, of, interfaces, onChange, onMove, onRemove }: RuleProps) {
  const text = words.build
  const { fields } = words.story
  const { match, action } = rule
  const number = place + 1
  const orAny = (value: string) => (value === ANY ? text.any : value)
  const set = <K extends keyof SandboxRule['match']>(name: K, value: SandboxRule['match'][K] | undefined) =>
    onChange(withCondition(rule, name, value))
  const seldom =
    match.sourcePort ??
    match.destination ??
    match.iif ??
    match.oif ??
    match.status ??
    (match.local === undefined ? undefined : 1)
  const side = (name: 'iif' | 'oif') => (
    <Choice
      label={fields[name]}
      value={match[name] ?? ANY}
      among={[...new Set([ANY, 'lo', ...interfaces, ...(match[name] === undefined ? [] : [match[name]])])]}
      textOf={orAny}
      onValue={(chosen) => set(name, chosen === ANY ? undefined : chosen)}
    />
  )
  return (
    <Piece
      line={
        <>
          <b class="rule-place">
            <span class="sr-only">{text.rule(number)}: </span>
            <span aria-hidden="true">{number}</span>
          </b>
          <code>{said}</code>
        </>
      }
      ways={
        <>
          <button type="button" aria-label={text.up(number)} disabled={place === 0} onClick={() => onMove(-1)}>
            <span aria-hidden="true">↑</span>
          </button>
          <button type="button" aria-label={text.down(number)} disabled={number === of} onClick={() => onMove(1)}>
            <span aria-hidden="true">↓</span>
          </button>
          <Remove label={text.removeRule(number)} onRemove={onRemove} />
        </>
      }
    >
      <Choice
        label={text.protocol}
        value={match.protocol ?? ANY}
        among={RULE_PROTOCOLS}
        textOf={orAny}
        onValue={(chosen) => set('protocol', chosen === ANY ? undefined : chosen)}
      />
      <Checked
        label={text.ports}
        text={portsText(match.destinationPort)}
        hint={text.any}
        read={readPorts}
        onValue={(ports) => set('destinationPort', ports)}
      />
      <Checked
        label={text.fromAddress}
        text={match.source ?? ''}
        hint={text.any}
        read={readPrefix}
        wide
        onValue={(prefix) => set('source', prefix)}
      />
      <SetChoice label={text.state} value={match.state} among={STATES} onValue={(state) => set('state', state)} />
      <Choice
        label={text.action}
        value={action}
        among={ACTIONS}
        textOf={(one) => text.actions[one]}
        onValue={(chosen) => onChange({ ...rule, action: chosen })}
      />
      <details class="seldom" open={seldom !== undefined}>
        <summary>{text.more}</summary>
        <div class="piece-fields">
          <Checked
            label={text.toAddress}
            text={match.destination ?? ''}
            hint={text.any}
            read={readPrefix}
            wide
            onValue={(prefix) => set('destination', prefix)}
          />
          <Checked
            label={text.fromPorts}
            text={portsText(match.sourcePort)}
            hint={text.any}
            read={readPorts}
            onValue={(ports) => set('sourcePort', ports)}
          />
          {side('iif')}
          {side('oif')}
          <SetChoice
            label={fields.status}
            value={match.status}
            among={STATUSES}
            onValue={(status) => set('status', status)}
          />
          <Choice
            label={fields.local}
            value={match.local === undefined ? ANY : match.local ? 'yes' : 'no'}
            among={OWN}
            textOf={(one) => (one === ANY ? text.any : text.yesOrNo[one])}
            onValue={(chosen) => set('local', chosen === ANY ? undefined : chosen === 'yes')}
          />
        </div>
      </details>
    </Piece>
  )
}
