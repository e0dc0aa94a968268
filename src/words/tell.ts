import { tupleOf } from '../net/packet'
import { endpointText } from '../net/tuple'
import type { MisconceptionId } from '../lessons/misconception'
import type { Told } from '../lessons/told'
import type { Decision, TellArrival, TellQuestion, VisitArrival } from '../shift/shift'
import { tell as en } from './en/tell'
import { catalogue } from './language'
import type { TellFacts } from './tell-facts'

/** The words of boxes on the way and of the workbench. They come with the screen that plays a shift. */
export type TellWords = typeof en

export let tell: TellWords = en

catalogue<TellWords>(en, { es: () => import('./es/tell').then((part) => part.tell) }, (spoken) => (tell = spoken))

type Lines = Partial<Record<MisconceptionId, (facts: TellFacts) => string>>

export function factsOf({ about, why, notes }: TellArrival): TellFacts {
  const tuple = about && tupleOf(about)
  return {
    why,
    protocol: (about?.transport.protocol ?? '').toUpperCase(),
    source: about?.source ?? '',
    sourcePort: tuple?.source.port ?? 0,
    destination: about?.destination ?? '',
    port: tuple?.destination.port ?? 0,
    rule: notes.rule ?? 0,
    action: notes.action ?? '',
    program: notes.program ?? '',
    bytes: notes.bytes ?? '',
    end: notes.end ?? '',
    seen: notes.seen ?? '',
  }
}

/** What was said, in a few words. */
export function toldText(told: Told): string {
  switch (told.kind) {
    case 'line':
      return told.line === 'policy' ? tell.policy : tell.line(told.line + 1)
    case 'say':
      return tell.say[told.saying].name
    case 'end':
      return endpointText(told.end)
    case 'label':
      return `${endpointText(told.source)} → ${endpointText(told.destination)}`
    case 'sign':
      return tell.language(told.text)
  }
}

/** The line after something was said of a box: the deciding field first. */
export function tellLine({ right, reason }: Decision, arrival: TellArrival): string {
  const facts = factsOf(arrival)
  const lines: Lines = tell.wrong
  const there: Partial<Record<TellQuestion, Lines>> = tell.wrongAt
  const idea = right ? undefined : reason.misconception
  const wrong = idea && (there[arrival.question]?.[idea] ?? lines[idea])
  return (wrong ?? tell.why[arrival.why])(facts)
}

/** What became of a visitor of the night, and which line of the board decided. */
export function visitLine({ right, reason, answer, visit }: Decision, { about, who, attack }: VisitArrival): string {
  const text = tell.visit
  const tuple = tupleOf(about)
  const place = tuple ? `${tuple.destination.port}/${tuple.protocol}` : about.destination
  const wanted = who !== 'stranger' && who !== 'stranger6'
  const served = right === wanted
  const how = answer ? text.how.refused : text.how.silence
  const line = served ? text.served(tell.who[who], place) : text.keptOut(tell.who[who], place, how)
  const rule =
    reason.why === 'rule'
      ? text.by.rule((typeof visit?.by === 'number' ? visit.by : 0) + 1)
      : reason.why === 'policy'
        ? text.by.policy
        : reason.why === 'before'
          ? text.by.before
          : text.by.nothing
  if (attack && right) return `${line} ${text.attack[attack.lost ? 'lost' : 'held'][attack.kind]}`
  const decided = `${line} ${text.decided(rule)}`
  return right ? decided : wanted ? text.lostGuest(decided) : text.letIn(decided)
}
