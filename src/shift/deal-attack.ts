import type { Attack, Behind, Measure } from '../net/attack'
import { decides, succeeds } from '../net/attack'
import type { MisconceptionId } from '../lessons/misconception'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import { call } from './dealer'
import type { TellKind, TrafficKind } from './level'
import type { Option, Print, TellWhy } from './shift'

/** The attacks of a night, in the order in which they come around. */
export const ATTACKS: readonly Attack[] = ['exploit', 'guessing', 'stolen-password', 'eavesdropping']

const latest = new WeakMap<Dealer, Attack>()

/** What stands behind the open port of a wave. Throws RangeError where the wave says nothing of it. */
export function behindOf({ wave, level }: Dealer): Behind {
  if (!wave.works?.behind) throw new RangeError(`Level ${level.id}: nothing is known of what stands behind the port.`)
  return wave.works.behind
}

/** The attack that an intruder of this wave brings; the errand after it is about that one. */
export function nextAttack(dealer: Dealer): Attack {
  const attack = dealer.draw('attack', ATTACKS)
  latest.set(dealer, attack)
  return attack
}

/** Each intruder is followed by the errand that asks about it. */
export const askedAfter = (kinds: readonly TrafficKind[]): readonly TrafficKind[] =>
  kinds
    .filter((kind) => kind !== 'attack-told')
    .flatMap((kind): readonly TrafficKind[] => (kind === 'intruder' ? [kind, 'attack-told'] : [kind]))

const WHY: Readonly<Record<Attack, TellWhy>> = {
  exploit: 'hole',
  'stolen-password': 'stolen',
  guessing: 'guessed',
  eavesdropping: 'read-along',
}

/** What somebody thinks who expects of a measure what it cannot do; undefined where nobody would. */
function ideaOf(measure: Measure, attack: Attack): MisconceptionId | undefined {
  switch (measure) {
    case 'close-rest':
      return 'closed-port-secures-host'
    case 'other-port':
      return 'nonstandard-port-hides'
    case 'tls':
      return 'open-443-is-safe'
    // That a login stands before it: but this comes before any login, past it, or with the right password.
    case 'second-factor':
    case 'try-limit':
      return attack === 'guessing' ? undefined : 'database-open-with-password'
    // That 443 makes sure who comes, so that what goes wrong there can only be a hole in the program. Who thinks so of somebody
    // on the wire says TLS, and is right.
    case 'patch':
      return attack === 'eavesdropping' ? undefined : 'open-443-is-safe'
  }
}

const MEASURES: readonly Measure[] = ['patch', 'tls', 'second-factor', 'try-limit', 'other-port', 'close-rest']

/** What the program's log says afterwards. */
function logOf(attack: Attack, lost: boolean, from: string): Print {
  const tries = lost
    ? `password ok for admin (try 4512) from ${from}`
    : `login of admin waits: 5 wrong tries from ${from}`
  const lines: Readonly<Record<Attack, Print>> = {
    exploit: {
      command: 'nginx -v',
      lines: ['nginx version: nginx/1.20.0', 'CVE-2021-23017: fixed in 1.20.1', `worker taken over by ${from}`],
    },
    'stolen-password': {
      command: 'grep login shop.log',
      lines: [`password ok for admin (try 1) from ${from}`, 'second factor: none asked', 'export customers.csv'],
    },
    guessing: { command: 'grep login shop.log', lines: [`wrong password for admin (try 1) from ${from}`, tries] },
    eavesdropping: {
      command: 'tcpdump -nn -A port 443',
      lines: lost
        ? ['POST /login HTTP/1.1', 'user=admin&password=...']
        : ['.........K...M.....#..', 'TLSv1.3 application data'],
    },
  }
  return lines[attack]
}

/** An attack has come through the port that must be open: what would have stopped it, or what did? */
function attackTold(dealer: Dealer): Tell {
  const { dice, host } = dealer
  const behind = behindOf(dealer)
  const attack = latest.get(dealer) ?? nextAttack(dealer)
  const lost = succeeds(attack, behind)
  const about = call(dealer, 'tcp', { address: host.addresses[0], port: 443 })
  const options = MEASURES.flatMap((measure): readonly Option[] => {
    const told = { kind: 'say', saying: measure } as const
    if (decides(measure, attack, behind)) return [{ told }]
    const misconception = ideaOf(measure, attack)
    return misconception ? [{ told, misconception }] : []
  })
  return {
    question: lost ? 'would-stop' : 'stopped-by',
    about,
    print: logOf(attack, lost, about.source),
    options: dice.shuffle(options),
    why: WHY[attack],
    field: 'payload',
    notes: {},
  }
}

export const ATTACK_DESKS: Record<Extract<TellKind, 'attack-told'>, (dealer: Dealer) => Tell> = {
  'attack-told': attackTold,
}
