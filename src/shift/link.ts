import * as v from 'valibot'
import type { Choice } from '../lessons/choice'
import type { PortRange } from '../ports/range'
import type { Level } from './level'
import type { Seed } from './random'
import type { Input } from './rules'
import { advance, decide, start } from './rules'
import type { Mode, Shift } from './shift'

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
const ACT = /([LWRIEXSUD])([0-9a-z]{0,4})(?:_([0-9a-z]{1,6}))?/y

const RANGE_LETTERS: Record<PortRange, string> = { system: 'S', user: 'U', dynamic: 'D' }

/** `1~LEVEL~SEED~MODE~ACTS`: version, level id, seed (base 36), `c` or `r`, acts. */
const Link = v.pipe(v.string(), v.maxLength(6000), v.regex(/^\d{1,3}~[0-9.]{1,8}~[0-9a-z]{1,7}~[cr]~[0-9A-Za-z_]*$/))

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
  }
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
  return `1~${level.id}~${seed.toString(36)}~${mode === 'calm' ? 'c' : 'r'}~${acts}`
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
