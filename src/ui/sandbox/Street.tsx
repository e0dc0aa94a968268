import { nftNatRule } from '../../net/nft-text'
import { printPublish } from '../../net/publish'
import { removed, replaced, withContainer, withForward } from '../../sandbox/change'
import type { SandboxContainer, SandboxNatRule } from '../../sandbox/sandbox'
import { MOST } from '../../sandbox/sandbox'
import { sandbox as words } from '../../words/sandbox-screens'
import type { Reading } from './Checked'
import { Checked, readAddress, readPlainName, readRealPort } from './Checked'
import type { PartProps } from './Piece'
import { Add, Piece, Remove } from './Piece'

const HOOKS = ['prerouting', 'output', 'postrouting'] as const

/** What is published and translated before the machine, with the containers and hosts that it leads to. */
export function Street({ sandbox, onChange }: PartProps) {
  const text = words.build
  const { containers, nat, behind } = sandbox
  const family = nat?.family ?? 'ip'
  const change = (place: number, container: SandboxContainer) =>
    onChange({ ...sandbox, containers: replaced(containers, place, container) })
  const rules = HOOKS.flatMap((hook) => (nat?.[hook] ?? []).map((rule, place) => ({ hook, rule, place })))
  return (
    <>
      <ul class="pieces">
        {containers.map((container, place) => (
          <ContainerPiece
            key={place}
            container={container}
            onChange={(next) => change(place, next)}
            onRemove={() => onChange({ ...sandbox, containers: removed(containers, place) })}
          />
        ))}
        {nat &&
          rules.map(({ hook, rule, place }, index) => (
            <NatPiece
              key={`${hook} ${place}`}
              rule={rule}
              said={nftNatRule(rule, family)}
              label={text.removeForward(index + 1)}
              onChange={(next) => onChange({ ...sandbox, nat: { ...nat, [hook]: replaced(nat[hook], place, next) } })}
              onRemove={() => onChange({ ...sandbox, nat: { ...nat, [hook]: removed(nat[hook], place) } })}
            />
          ))}
      </ul>
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

interface ContainerProps {
  readonly container: SandboxContainer
  readonly onChange: (next: SandboxContainer) => void
  readonly onRemove: () => void
}

function ContainerPiece({ container, onChange, onRemove }: ContainerProps) {
  const text = words.build
  const [first, ...others] = container.published
  return (
    <Piece
      line={
        <>
          <b>{container.name}</b>
          <span class="mono">{container.published.map((one) => `-p ${printPublish(one)}`).join(' ')}</span>
        </>
      }
      ways={<Remove label={text.removeContainer(container.name)} onRemove={onRemove} />}
    >
      <Checked
        label={text.container}
        text={container.name}
        read={readPlainName(container.name)}
        onValue={(name) => onChange({ ...container, name })}
      />
      {first && (
        <>
          <Checked
            label={text.hostPort}
            text={String(first.hostPort)}
            read={readRealPort}
            numeric
            onValue={(hostPort) => onChange({ ...container, published: [{ ...first, hostPort }, ...others] })}
          />
          <Checked
            label={text.containerPort}
            text={String(first.containerPort)}
            read={readRealPort}
            numeric
            onValue={(containerPort) => onChange({ ...container, published: [{ ...first, containerPort }, ...others] })}
          />
          <Checked
            label={text.hostAddress}
            text={first.hostAddress ?? ''}
            hint={text.any}
            wide
            read={(said): Reading<string | undefined> => (said === '' ? { value: undefined } : readAddress(said))}
            onValue={(address) => {
              const { hostAddress: _, ...rest } = first
              const mapping = address === undefined ? rest : { ...rest, hostAddress: address }
              onChange({ ...container, published: [mapping, ...others] })
            }}
          />
        </>
      )}
    </Piece>
  )
}

interface NatProps {
  readonly rule: SandboxNatRule
  /** The rule in nft's words. */
  readonly said: string
  readonly label: string
  readonly onChange: (next: SandboxNatRule) => void
  readonly onRemove: () => void
}

/** A translation. Of a forwarded port the numbers can be changed; what else it may ask for is kept as it is. */
function NatPiece({ rule, said, label, onChange, onRemove }: NatProps) {
  const text = words.build
  const { match, translation } = rule
  const [port] = match.destinationPort ?? []
  const to = translation.kind === 'dnat' ? translation.to : undefined
  return (
    <Piece line={<code>{said}</code>} ways={<Remove label={label} onRemove={onRemove} />}>
      {to && typeof port === 'number' ? (
        <>
          <Checked
            label={text.hostPort}
            text={String(port)}
            read={readRealPort}
            numeric
            onValue={(number) => onChange({ ...rule, match: { ...match, destinationPort: [number] } })}
          />
          <Checked
            label={words.screen.toAddress}
            text={to.address}
            read={readAddress}
            wide
            onValue={(address) => onChange({ ...rule, translation: { kind: 'dnat', to: { ...to, address } } })}
          />
          <Checked
            label={words.screen.toPort}
            text={String(to.port ?? port)}
            read={readRealPort}
            numeric
            onValue={(number) => onChange({ ...rule, translation: { kind: 'dnat', to: { ...to, port: number } } })}
          />
        </>
      ) : (
        <p class="quiet">{text.keptAsIs}</p>
      )}
    </Piece>
  )
}
