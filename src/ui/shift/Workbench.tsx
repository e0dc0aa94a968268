import { useMemo, useRef, useState } from 'preact/hooks'
import { ANY4, ANY6, familyOf, isLoopback, isWildcard } from '../../net/address'
import type { Behind } from '../../net/attack'
import type { Choice } from '../../lessons/choice'
import type { Plan, PlannedBoard, PlannedRule } from '../../lessons/plan'
import { OUT } from '../../lessons/plan'
import { programOf } from '../../shift/bound'
import type { WorksPlan } from '../../shift/level'
import type { Shift } from '../../shift/shift'
import { planOf } from '../../shift/truth'
import { exposedTo } from '../../shift/works'
import { tell } from '../../words/tell'

interface WorkbenchProps {
  readonly shift: Shift
  readonly works: WorksPlan
  readonly onChoice: (choice: Choice) => void
}

const NEW: PlannedRule = { action: 'accept' }

/** The workbench: boards of rules to write and to order, lamps to hang or to put out, and what the street would reach. */
export function Workbench({ shift, works, onChoice }: WorkbenchProps) {
  const [plan, setPlan] = useState<Plan>(() => planOf(shift))
  const [said, setSaid] = useState('')
  const text = tell.plan
  const exposed = useMemo(() => exposedTo(shift, plan), [shift.host, plan])
  const last = shift.decisions.at(-1)
  const lost = last && !last.right && last.arrival.asks === 'visit' ? last : undefined
  const change = (index: number, board: PlannedBoard) =>
    setPlan({ ...plan, boards: plan.boards.map((one, place) => (place === index ? board : one)) })
  const doors = [...new Set(exposed.map(({ endpoint, protocol }) => `${endpoint.port}/${protocol}`))]
  const six = exposed.filter(({ endpoint }) => familyOf(endpoint.address) === 6).length
  return (
    <section class="workbench" aria-label={text.title}>
      {lost && (
        <p class="bench-lost">
          <strong>{text.lost}</strong> {text.pointer}
        </p>
      )}
      <div class="bench-meter" role="status">
        <p class="bench-meter-name">{text.meter(doors.length)}</p>
        <p class="bench-doors mono">
          {doors.length === 0
            ? text.nobody
            : doors.map((door) => (
                <span key={door} class="bench-door">
                  {door}
                </span>
              ))}
          {six > 0 && <span class="bench-six">IPv6: {six}</span>}
        </p>
      </div>
      <p class="bench-needs">
        <strong>{text.needs}:</strong> {needsText(works, shift)}
      </p>
      {works.behind && (
        <p class="bench-needs">
          <strong>{text.behind}:</strong> {behindText(works.behind)}
        </p>
      )}
      <div class="bench-boards">
        {plan.boards.map((board, index) => (
          <BoardEditor
            key={board.family}
            board={board}
            works={works}
            {...(lost?.visit?.board === index && { decided: lost.visit.by })}
            onChange={(next, what) => {
              change(index, next)
              setSaid(what ?? '')
            }}
          />
        ))}
      </div>
      <Lamps shift={shift} plan={plan} onChange={setPlan} />
      <p class="sr-only" role="status">
        {said}
      </p>
      <button type="button" class="verdict pass bench-send" onClick={() => onChoice({ kind: 'plan', plan })}>
        <span class="verdict-name">{text.send}</span>
      </button>
    </section>
  )
}

function needsText({ needs }: WorksPlan, { host }: Shift): string {
  const { need, needAnswers } = tell.plan
  const calls = host.sockets.some(
    ({ peer, local }) => peer && !host.sockets.some((one) => !one.peer && one.local.port === local.port),
  )
  return [...needs.map(({ who, port, from = '' }) => need[who](port, from)), ...(calls ? [needAnswers] : [])].join('; ')
}

/** What stands behind the port that everybody may reach, in a few words. */
const behindText = ({ patched, tls, secondFactor, tryLimit }: Behind): string => {
  const { stands } = tell.plan
  return [
    stands.patched[patched ? 'yes' : 'no'],
    stands.tls[tls ? 'yes' : 'no'],
    stands.secondFactor[secondFactor ? 'yes' : 'no'],
    stands.tryLimit[tryLimit ? 'yes' : 'no'],
  ].join('; ')
}

interface BoardEditorProps {
  readonly board: PlannedBoard
  readonly works: WorksPlan
  /** The rule (from 0), or the policy, that decided about the visit that was lost. */
  readonly decided?: number | 'policy'
  readonly onChange: (board: PlannedBoard, what?: string) => void
}

/** One board: rules in order, each part a list to choose from; moved by dragging, or by the arrows beside it. */
function BoardEditor({ board, works, decided, onChange }: BoardEditorProps) {
  const text = tell.plan
  const { rules, policy, family } = board
  const list = useRef<HTMLOListElement>(null)
  const [held, setHeld] = useState<number>()
  const put = (next: readonly PlannedRule[], what?: string) => onChange({ ...board, rules: next }, what)
  const move = (from: number, to: number) => {
    const rule = rules[from]
    if (!rule || to < 0 || to >= rules.length || to === from) return
    put(rules.toSpliced(from, 1).toSpliced(to, 0, rule), text.moved(from + 1, to + 1))
  }
  /** Over which line the pointer is: there the held rule goes. */
  const dragTo = (event: PointerEvent) => {
    if (held === undefined || !list.current) return
    const rows = [...list.current.querySelectorAll('li.bench-rule')]
    const over = rows.findIndex((row) => {
      const { top, bottom } = row.getBoundingClientRect()
      return event.clientY >= top && event.clientY <= bottom
    })
    if (over < 0 || over === held) return
    move(held, over)
    setHeld(over)
  }
  const full = rules.length >= works.mostRules
  // Once more, slowly: the packet passes each rule above, and stops at the one that decided.
  const stop = decided === 'policy' ? rules.length : decided
  const walk = (index: number): string =>
    stop === undefined || index > stop ? '' : index === stop ? 'decided' : 'passed'
  return (
    <fieldset class="bench-board">
      <legend>{text.board[family]}</legend>
      <ol ref={list}>
        <li class="bench-fixed mono">{text.loopback}</li>
        {rules.map((rule, index) => (
          <li
            key={index}
            class={`bench-rule ${held === index ? 'held' : ''} ${walk(index)}`}
            style={{ '--turn': index }}
          >
            <span
              class="bench-handle"
              aria-hidden="true"
              title={text.drag(index + 1)}
              onPointerDown={(event) => {
                if (event.button !== 0) return
                event.currentTarget.setPointerCapture(event.pointerId)
                setHeld(index)
              }}
              onPointerMove={dragTo}
              onPointerUp={() => setHeld(undefined)}
              onPointerCancel={() => setHeld(undefined)}
            >
              {index + 1}
            </span>
            <RuleEditor
              rule={rule}
              index={index}
              works={works}
              family={family}
              onChange={(next) => put(rules.map((one, place) => (place === index ? next : one)))}
            />
            <span class="bench-acts">
              <button
                type="button"
                aria-label={text.up(index + 1)}
                disabled={index === 0}
                onClick={() => move(index, index - 1)}
              >
                ↑
              </button>
              <button
                type="button"
                aria-label={text.down(index + 1)}
                disabled={index === rules.length - 1}
                onClick={() => move(index, index + 1)}
              >
                ↓
              </button>
              <button type="button" aria-label={text.remove(index + 1)} onClick={() => put(rules.toSpliced(index, 1))}>
                ×
              </button>
            </span>
          </li>
        ))}
      </ol>
      <div class={`bench-foot ${walk(rules.length)}`} style={{ '--turn': rules.length }}>
        <button type="button" class="bench-add" disabled={full} onClick={() => put([...rules, NEW])}>
          {full ? text.full(works.mostRules) : text.add}
        </button>
        <label>
          {text.policy}{' '}
          <select
            class="mono"
            value={policy}
            onChange={({ currentTarget: { value } }) =>
              onChange({ ...board, policy: value === 'drop' ? 'drop' : 'accept' })
            }
          >
            <option value="accept">accept</option>
            <option value="drop">drop</option>
          </select>
        </label>
      </div>
    </fieldset>
  )
}

interface RuleEditorProps {
  readonly rule: PlannedRule
  readonly index: number
  readonly works: WorksPlan
  readonly family: PlannedBoard['family']
  readonly onChange: (rule: PlannedRule) => void
}

const KNOWN = 'known'
const ANY = 'any'

function RuleEditor({ rule, index, works, family, onChange }: RuleEditorProps) {
  const text = tell.plan
  const sources = works.sources.filter(
    (address) => family === 'inet' || (familyOf(address) === 4) === (family === 'ip'),
  )
  const { known, from, ports, action } = rule
  const withFrom = (value: string): PlannedRule =>
    value === KNOWN
      ? { known: true, action }
      : { action, ...(ports && { ports }), ...(value !== ANY && { from: value }) }
  const withPorts = (value: string): PlannedRule => {
    const set = works.ports[Number(value)]
    return { action, ...(from !== undefined && { from }), ...(set && { ports: set }) }
  }
  const name = `${text.rule(index + 1)}: `
  return (
    <span class="bench-parts mono">
      <select
        aria-label={name + text.from}
        value={known ? KNOWN : (from ?? ANY)}
        onChange={({ currentTarget: { value } }) => onChange(withFrom(value))}
      >
        <option value={ANY}>{text.anyone}</option>
        {sources.map((address) => (
          <option key={address} value={address}>
            {address}
          </option>
        ))}
        <option value={KNOWN}>{text.known}</option>
      </select>
      {!known && (
        <select
          aria-label={name + text.to}
          value={ports ? String(works.ports.findIndex((set) => set.join() === ports.join())) : ANY}
          onChange={({ currentTarget: { value } }) => onChange(withPorts(value))}
        >
          <option value={ANY}>{text.anyPort}</option>
          {works.ports.map((set, place) => (
            <option key={place} value={String(place)}>
              {set.length === 1 ? `tcp ${set.join()}` : `tcp { ${set.join(', ')} }`}
            </option>
          ))}
        </select>
      )}
      <select
        aria-label={name + text.does}
        value={action}
        onChange={({ currentTarget: { value } }) => onChange({ ...rule, action: value === 'drop' ? 'drop' : 'accept' })}
      >
        <option value="accept">{text.actions.accept}</option>
        <option value="drop">{text.actions.drop}</option>
      </select>
    </span>
  )
}

interface LampsProps {
  readonly shift: Shift
  readonly plan: Plan
  readonly onChange: (plan: Plan) => void
}

/** Where each lamp hangs: as it was, at one of the host's addresses, or nowhere. */
function Lamps({ shift, plan, onChange }: LampsProps) {
  const text = tell.plan
  const { sockets, addresses } = shift.host
  const lamps = sockets.filter(({ peer }) => !peer)
  return (
    <fieldset class="bench-lamps">
      <legend>{text.lamps}</legend>
      <ul>
        {lamps.map((socket) => {
          const { id, protocol, local } = socket
          const at = plan.lamps.find((lamp) => lamp.socket === id)?.at ?? local.address
          const six = local.address === ANY6
          const places = [
            ...new Set([local.address, six ? ANY6 : ANY4, ...addresses.filter((one) => six || familyOf(one) === 4)]),
          ]
          const place = `${local.port}/${protocol}`
          return (
            <li key={id} class={at === OUT ? OUT : ''}>
              <label>
                <span class="bench-lamp mono">{place}</span> {programOf(shift, socket)}{' '}
                <select
                  class="mono"
                  aria-label={text.lamp(place, programOf(shift, socket))}
                  value={at}
                  onChange={({ currentTarget: { value } }) =>
                    onChange({
                      ...plan,
                      lamps: [
                        ...plan.lamps.filter((lamp) => lamp.socket !== id),
                        ...(value === local.address ? [] : [{ socket: id, at: value }]),
                      ],
                    })
                  }
                >
                  {places.map((address) => (
                    <option key={address} value={address}>
                      {address}
                      {isWildcard(address) ? ` (${text.everywhere})` : isLoopback(address) ? ` (${text.staff})` : ''}
                    </option>
                  ))}
                  <option value={OUT}>{text.out}</option>
                </select>
              </label>
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}
