import { useState } from 'preact/hooks'
import { isLoopback } from '../../net/address'
import { nftNatRule, nftRule } from '../../net/nft-text'
import {
  freshChain,
  freshListener,
  freshRule,
  moved,
  removed,
  replaced,
  withAddress,
  withCondition,
  withContainer,
  withForward,
  withProtocol,
} from '../../sandbox/change'
import type { Sandbox, SandboxChain, SandboxContainer, SandboxRule, SandboxSocket } from '../../sandbox/sandbox'
import { ACTIONS, HOOKS, MOST } from '../../sandbox/sandbox'
import { socketText } from '../../sandbox/tell'
import { sandbox as words } from '../../words/sandbox-screens'
import type { Reading } from './Checked'
import {
  Checked,
  Choice,
  portsText,
  readAddress,
  readAddresses,
  readName,
  readPorts,
  readPrefix,
  readPrefixes,
  readRealPort,
} from './Checked'

interface PartProps {
  readonly sandbox: Sandbox
  readonly onChange: (next: Sandbox) => void
}

const PROTOCOLS = ['tcp', 'udp'] as const
const upper = (text: string): string => text.toUpperCase()

/** Everything of a sandbox that can be changed, part by part. */
export function Builder({ sandbox, onChange }: PartProps) {
  const text = words.build
  const part = { sandbox, onChange }
  return (
    <section class="builder" aria-label={words.screen.build}>
      <h2>{words.screen.build}</h2>
      <details open>
        <summary>{text.doors}</summary>
        <Doors {...part} />
      </details>
      <details open>
        <summary>{text.gate}</summary>
        <Gate {...part} />
      </details>
      <details open={sandbox.containers.length > 0 || sandbox.nat !== undefined}>
        <summary>{text.street}</summary>
        <Street {...part} />
      </details>
      <details>
        <summary>{text.clients}</summary>
        <Clients {...part} />
      </details>
    </section>
  )
}

interface AddProps {
  readonly text: string
  readonly full: boolean
  readonly onAdd: () => void
}

/** A button that adds something, as long as there is room. */
function Add({ text, full, onAdd }: AddProps) {
  return (
    <p class="add">
      <button type="button" class="secondary" disabled={full} onClick={onAdd}>
        {text}
      </button>
      {full && <span class="quiet">{words.build.full}</span>}
    </p>
  )
}

interface RemoveProps {
  readonly label: string
  readonly onRemove: () => void
}

function Remove({ label, onRemove }: RemoveProps) {
  return (
    <button type="button" class="remove" aria-label={label} title={label} onClick={onRemove}>
      <span aria-hidden="true">✕</span>
    </button>
  )
}

function Doors({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { sockets } = sandbox
  const change = (place: number, socket: SandboxSocket) =>
    onChange({ ...sandbox, sockets: replaced(sockets, place, socket) })
  return (
    <>
      <ul class="rows">
        {sockets.map((socket, place) => (
          <li key={place} class="row">
            <Choice
              label={text.protocol}
              value={socket.protocol}
              among={PROTOCOLS}
              textOf={upper}
              onValue={(protocol) => change(place, withProtocol(socket, protocol))}
            />
            <Checked
              label={text.bind}
              text={socket.local.address}
              read={readAddress}
              wide
              list="bind-addresses"
              onValue={(address) => change(place, withAddress(socket, address))}
            />
            <Checked
              label={text.port}
              text={String(socket.local.port)}
              read={readRealPort}
              numeric
              onValue={(port) => change(place, { ...socket, local: { ...socket.local, port } })}
            />
            {socket.peer ? (
              <p class="field">
                <span>{text.peer}</span>
                <span class="mono">{socketText({ local: socket.peer })}</span>
              </p>
            ) : (
              <Checked
                label={text.program}
                text={socket.program ?? ''}
                read={readName}
                onValue={(program) => change(place, { ...socket, program })}
              />
            )}
            <Remove
              label={text.removeSocket(`${socket.protocol} ${socketText(socket)}`)}
              onRemove={() => onChange({ ...sandbox, sockets: removed(sockets, place) })}
            />
          </li>
        ))}
      </ul>
      <datalist id="bind-addresses">
        {['0.0.0.0', '::', '127.0.0.1', '::1'].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Add
        text={text.addDoor}
        full={sockets.length >= MOST.sockets}
        onAdd={() => onChange({ ...sandbox, sockets: [...sockets, freshListener(sockets)] })}
      />
    </>
  )
}

function Gate({ sandbox, onChange }: PartProps) {
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

function Board({ chain, interfaces, onChange, onRemove }: BoardProps) {
  const text = words.build
  const { rules } = chain
  // A gap stands before a rule: once rules are moved nobody knows where.
  const withRules = (next: SandboxRule[]) => onChange({ ...chain, rules: next })
  return (
    <fieldset class="chain">
      <legend class="mono">{chain.name}</legend>
      <div class="row">
        <Choice
          label={text.hook}
          value={chain.hook}
          among={HOOKS}
          textOf={(hook) => text.hooks[hook]}
          onValue={(hook) => onChange({ ...chain, hook, name: hook })}
        />
        <Choice
          label={text.policy}
          value={chain.policy}
          among={POLICIES}
          textOf={(policy) => text.policies[policy]}
          onValue={(policy) => onChange({ ...chain, policy })}
        />
        <Remove label={text.removeChain(chain.name)} onRemove={onRemove} />
      </div>
      <ol class="rules">
        {rules.map((rule, place) => (
          <RuleRow
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
      <Add text={text.addRule} full={rules.length >= MOST.rules} onAdd={() => withRules([...rules, freshRule()])} />
    </fieldset>
  )
}

interface RuleRowProps {
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
const STATES = [ANY, 'new', 'established,related', 'invalid'] as const

function RuleRow({ rule, said, place, of, interfaces, onChange, onMove, onRemove }: RuleRowProps) {
  const text = words.build
  const { match, action } = rule
  const state = match.state?.includes('established') ? 'established,related' : (match.state?.[0] ?? ANY)
  const number = place + 1
  const orAny = (value: string) => (value === ANY ? text.any : value)
  const takeState = (chosen: (typeof STATES)[number]) => {
    const list =
      chosen === ANY
        ? undefined
        : chosen === 'established,related'
          ? (['established', 'related'] as const)
          : ([chosen] as const)
    onChange(withCondition(rule, 'state', list && [...list]))
  }
  return (
    <li>
      <div class="rule-head">
        <span class="rule-place mono" aria-hidden="true">
          {number}
        </span>
        <code>{said}</code>
        <span class="rule-ways">
          <button type="button" aria-label={text.up(number)} disabled={place === 0} onClick={() => onMove(-1)}>
            <span aria-hidden="true">↑</span>
          </button>
          <button type="button" aria-label={text.down(number)} disabled={number === of} onClick={() => onMove(1)}>
            <span aria-hidden="true">↓</span>
          </button>
          <Remove label={text.removeRule(number)} onRemove={onRemove} />
        </span>
      </div>
      <details class="rule-parts">
        <summary>{text.rule(number)}</summary>
        <div class="row">
          <Choice
            label={text.protocol}
            value={match.protocol ?? ANY}
            among={RULE_PROTOCOLS}
            textOf={orAny}
            onValue={(chosen) => onChange(withCondition(rule, 'protocol', chosen === ANY ? undefined : chosen))}
          />
          <Checked
            label={text.ports}
            text={portsText(match.destinationPort)}
            hint={text.any}
            read={readPorts}
            onValue={(ports) => onChange(withCondition(rule, 'destinationPort', ports))}
          />
          <Checked
            label={text.fromAddress}
            text={match.source ?? ''}
            hint={text.any}
            read={readPrefix}
            wide
            onValue={(prefix) => onChange(withCondition(rule, 'source', prefix))}
          />
          <Choice
            label={text.state}
            value={STATES.find((one) => one === state) ?? ANY}
            among={STATES}
            textOf={orAny}
            onValue={takeState}
          />
          <Choice
            label={words.story.fields.iif}
            value={match.iif ?? ANY}
            among={[...new Set([ANY, 'lo', ...interfaces, ...(match.iif === undefined ? [] : [match.iif])])]}
            textOf={orAny}
            onValue={(chosen) => onChange(withCondition(rule, 'iif', chosen === ANY ? undefined : chosen))}
          />
          <Choice
            label={text.action}
            value={action}
            among={ACTIONS}
            textOf={(one) => text.actions[one]}
            onValue={(chosen) => onChange({ ...rule, action: chosen })}
          />
        </div>
      </details>
    </li>
  )
}

function Street({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { containers, nat, behind } = sandbox
  const family = nat?.family ?? 'ip'
  const change = (place: number, container: SandboxContainer) =>
    onChange({ ...sandbox, containers: replaced(containers, place, container) })
  const hooks = ['prerouting', 'output', 'postrouting'] as const
  const rules = hooks.flatMap((hook) => (nat?.[hook] ?? []).map((rule, place) => ({ hook, rule, place })))
  return (
    <>
      <ul class="rows">
        {containers.map((container, place) => {
          const [first, ...others] = container.published
          return (
            <li key={place} class="row">
              <Checked
                label={text.container}
                text={container.name}
                read={(said): Reading<string> => {
                  const name = said.replaceAll(/[^\w.@:+-]/g, '').slice(0, MOST.name)
                  return name === '' ? { value: container.name } : { value: name }
                }}
                onValue={(name) => change(place, { ...container, name })}
              />
              {first && (
                <>
                  <Checked
                    label={text.hostPort}
                    text={String(first.hostPort)}
                    read={readRealPort}
                    numeric
                    onValue={(hostPort) =>
                      change(place, { ...container, published: [{ ...first, hostPort }, ...others] })
                    }
                  />
                  <Checked
                    label={text.containerPort}
                    text={String(first.containerPort)}
                    read={readRealPort}
                    numeric
                    onValue={(containerPort) =>
                      change(place, { ...container, published: [{ ...first, containerPort }, ...others] })
                    }
                  />
                  <Checked
                    label={text.hostAddress}
                    text={first.hostAddress ?? ''}
                    hint={text.any}
                    wide
                    read={(said): Reading<string | undefined> =>
                      said === '' ? { value: undefined } : readAddress(said)
                    }
                    onValue={(address) => {
                      const { hostAddress: _, ...rest } = first
                      const mapping = address === undefined ? rest : { ...rest, hostAddress: address }
                      change(place, { ...container, published: [mapping, ...others] })
                    }}
                  />
                </>
              )}
              <Remove
                label={text.removeContainer(container.name)}
                onRemove={() => onChange({ ...sandbox, containers: removed(containers, place) })}
              />
            </li>
          )
        })}
      </ul>
      {rules.length > 0 && nat && (
        <ul class="rows">
          {rules.map(({ hook, rule, place }, index) => (
            <li key={`${hook} ${place}`} class="row said">
              <code>{nftNatRule(rule, family)}</code>
              <Remove
                label={text.removeForward(index + 1)}
                onRemove={() => onChange({ ...sandbox, nat: { ...nat, [hook]: removed(nat[hook], place) } })}
              />
            </li>
          ))}
        </ul>
      )}
      <Add
        text={text.addContainer}
        full={containers.length >= MOST.containers}
        onAdd={() => onChange(withContainer(sandbox))}
      />
      <Add
        text={text.addForward}
        full={behind.length >= MOST.hosts || (nat?.prerouting.length ?? 0) >= MOST.rules}
        onAdd={() => onChange(withForward(sandbox))}
      />
    </>
  )
}

function Clients({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { clients, interfaces } = sandbox
  const [first, ...others] = interfaces
  return (
    <div class="rows">
      {first && (
        <Checked
          label={text.own}
          text={first.addresses.join(', ')}
          read={readPrefixes}
          wide
          onValue={(addresses) => onChange({ ...sandbox, interfaces: [{ ...first, addresses }, ...others] })}
        />
      )}
      {clients.map((client, place) =>
        client.role === 'here' ? null : (
          <Checked
            key={place}
            label={text.clientAddress(words.roles[client.role])}
            text={client.addresses.join(', ')}
            wide
            read={(said): Reading<string[]> => {
              const read = readAddresses(said)
              const inside = 'value' in read ? read.value.find(isLoopback) : undefined
              return inside === undefined ? read : { fault: words.screen.badAddress(inside) }
            }}
            onValue={(addresses) =>
              onChange({ ...sandbox, clients: replaced(clients, place, { ...client, addresses }) })
            }
          />
        ),
      )}
    </div>
  )
}

/** A button that asks once more before it throws something away. */
export function Sure({
  text,
  sure,
  onSure,
}: {
  readonly text: string
  readonly sure: string
  readonly onSure: () => void
}) {
  const [asked, setAsked] = useState(false)
  return (
    <button
      type="button"
      class="secondary"
      onBlur={() => setAsked(false)}
      onClick={() => {
        setAsked(!asked)
        if (asked) onSure()
      }}
    >
      {asked ? sure : text}
    </button>
  )
}
