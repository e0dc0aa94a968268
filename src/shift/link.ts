import * as v from 'valibot'
import { tupleOf } from '../net/packet'
import type { Choice } from '../lessons/choice'
import { sameChoice } from '../lessons/choice'
import type { PortRange } from '../ports/range'
import type { Level } from './level'
import { readPlan, writePlan } from './plan-text'
import type { Seed } from './random'
import type { Input } from './rules'
import { advance, decide, start } from './rules'
import type { Mode, Shift } from './shift'
import { atDesk, packetOf } from './shift'

/** A shift that can be played again: what it was dealt from, and what was done. */
export interface Recording {
  readonly level: Level
  readonly seed: Seed
  readonly mode: Mode
  readonly inputs: readonly Input[]
}

/** Why a link cannot be followed. Its words stand in the message catalogue. */
export type LinkFault = 'unreadable' | 'newer-version' | 'unknown-level' | 'does-not-replay'

/** One act: a letter for what was done, the index of the socket it was done to, the time since the last act (rush). */
const ACT = /([LWRIEXSUDGABNPYCOTV])([0-9a-z]{0,120})(?:_([0-9a-z]{1,6}))?/y

const RANGE_LETTERS: Record<PortRange, string> = { system: 'S', user: 'U', dynamic: 'D' }

/** More letters than these no link has. */
export const LONGEST_LINK = 6000

/** `1~LEVEL~SEED~MODE~ACTS`: version, level id, seed (base 36), `c` or `r`, acts. */
const Link = v.pipe(
  v.string(),
  v.maxLength(LONGEST_LINK),
  v.regex(/^\d{1,3}~[0-9a-z.-]{1,80}~[0-9a-z]{1,7}~[cr]~[0-9A-Za-z_]*$/),
)

const listeners = ({ host }: Shift) => host.sockets.filter(({ peer }) => !peer)
const windows = ({ host }: Shift) => host.sockets.filter(({ peer }) => peer)
const indexOf = (sockets: readonly { readonly id: string }[], id: string) =>
  sockets.findIndex((socket) => socket.id === id).toString(36)

function letters(shift: Shift, choice: Choice): string {
  switch (choice.kind) {
    case 'listener':
      return `L${indexOf(listeners(shift), choice.socket)}`
    case 'connection':
      return `W${indexOf(windows(shift), choice.socket)}`
    case 'rst':
      return 'R'
    case 'icmp':
      return 'I'
    case 'echo-reply':
      return 'E'
    case 'drop':
      return 'X'
    case 'range':
      return RANGE_LETTERS[choice.range]
    case 'grant':
      return 'G'
    case 'eacces':
      return 'A'
    case 'eaddrinuse':
      return 'B'
    case 'eaddrnotavail':
      return 'N'
    case 'port':
      return `P${choice.port.toString(36)}`
    case 'tell':
      return `O${optionsOf(shift)
        .findIndex(({ told }) => sameChoice({ kind: 'tell', told }, choice))
        .toString(36)}`
    case 'plan':
      return `T${writePlan(shift, choice.plan)}`
    case 'let':
      return 'V'
    case 'reply': {
      const { addresses, ports } = partsOf(shift)
      const { source, destination } = choice
      return `Y${addresses.indexOf(source.address)}${ports.indexOf(source.port)}${addresses.indexOf(destination.address)}${ports.indexOf(destination.port)}`
    }
    case 'count':
      return `C${betsOf(shift).findIndex(({ count }) => sameChoice({ kind: 'count', count }, choice))}`
  }
}

/** What the label of an answer is made of: the addresses and the ports of the request, source first. */
function partsOf(shift: Shift): { readonly addresses: readonly string[]; readonly ports: readonly number[] } {
  const packet = packetOf(atDesk(shift))
  const tuple = packet && tupleOf(packet)
  const ends = tuple ? [tuple.source, tuple.destination] : []
  return { addresses: ends.map(({ address }) => address), ports: ends.map(({ port }) => port) }
}

function betsOf(shift: Shift) {
  const arrival = atDesk(shift)
  return arrival?.asks === 'count' ? arrival.bets : []
}

function optionsOf(shift: Shift) {
  const arrival = atDesk(shift)
  return arrival?.asks === 'tell' ? arrival.options : []
}

function choiceOf(shift: Shift, letter: string, index: string): Choice | undefined {
  const at = Number.parseInt(index, 36)
  switch (letter) {
    case 'L':
    case 'W': {
      const socket = (letter === 'L' ? listeners(shift) : windows(shift))[at]
      return socket && { kind: letter === 'L' ? 'listener' : 'connection', socket: socket.id }
    }
    case 'R':
      return { kind: 'rst' }
    case 'I':
      return { kind: 'icmp' }
    case 'E':
      return { kind: 'echo-reply' }
    case 'X':
      return { kind: 'drop' }
    case 'G':
      return { kind: 'grant' }
    case 'A':
      return { kind: 'eacces' }
    case 'B':
      return { kind: 'eaddrinuse' }
    case 'N':
      return { kind: 'eaddrnotavail' }
    case 'P':
      return { kind: 'port', port: at }
    case 'O': {
      const option = optionsOf(shift)[at]
      return option && { kind: 'tell', told: option.told }
    }
    case 'T': {
      const plan = readPlan(shift, index)
      return plan && { kind: 'plan', plan }
    }
    case 'V':
      return { kind: 'let' }
    case 'C': {
      const bet = betsOf(shift)[at]
      return bet && { kind: 'count', count: bet.count }
    }
    case 'Y': {
      const { addresses, ports } = partsOf(shift)
      const [a, b, c, d] = index.split('').map(Number)
      const [from, to] = [addresses[a ?? 9], addresses[c ?? 9]]
      const [source, destination] = [ports[b ?? 9], ports[d ?? 9]]
      if (from === undefined || to === undefined || source === undefined || destination === undefined) return undefined
      return { kind: 'reply', source: { address: from, port: source }, destination: { address: to, port: destination } }
    }
    default:
      return { kind: 'range', range: letter === 'S' ? 'system' : letter === 'U' ? 'user' : 'dynamic' }
  }
}

/** The link of a shift so far, without the page's address. In calm mode time says nothing and is left out. */
export function writeLink({ level, seed, mode, inputs }: Recording): string {
  let shift = start(level, seed, mode)
  let acts = ''
  for (const { at, choice } of inputs) {
    const wait = at - shift.now
    acts += letters(shift, choice) + (mode === 'rush' ? `_${wait.toString(36)}` : '')
    shift = decide(advance(shift, wait), choice)
  }
  return `1~${level.linkId ?? level.id}~${seed.toString(36)}~${mode === 'calm' ? 'c' : 'r'}~${acts}`
}

/** Reads a link, whatever stands in it. `levelById` finds a level; the result replays exactly, or says what is wrong. */
export function readLink(text: string, levelById: (id: string) => Level | undefined): Recording | { fault: LinkFault } {
  const parsed = v.safeParse(Link, text)
  if (!parsed.success) return { fault: 'unreadable' }
  const [version, id = '', seedText = '', modeText, acts = ''] = parsed.output.split('~')
  if (version !== '1') return { fault: 'newer-version' }
  const level = levelById(id)
  if (!level) return { fault: 'unknown-level' }
  const seed = Number.parseInt(seedText, 36)
  const mode = modeText === 'r' ? 'rush' : 'calm'
  let shift = start(level, seed, mode)
  const inputs: Input[] = []
  ACT.lastIndex = 0
  while (ACT.lastIndex < acts.length) {
    const [, letter = '', index = '', wait = '0'] = ACT.exec(acts) ?? []
    const choice = letter === '' ? undefined : choiceOf(shift, letter, index)
    if (!choice) return { fault: 'does-not-replay' }
    const before = advance(shift, Number.parseInt(wait, 36))
    shift = decide(before, choice)
    if (shift === before) return { fault: 'does-not-replay' }
    inputs.push({ at: before.now, choice })
  }
  return { level, seed, mode, inputs }
}
