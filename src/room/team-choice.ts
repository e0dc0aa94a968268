import type { Choice } from '../lessons/choice'
import type { Socket } from '../net/socket'

/** The verdicts that are one letter each, as in the links of shifts. */
const LETTERS = { rst: 'R', icmp: 'I', 'echo-reply': 'E', drop: 'X' } as const

/** A short name for a socket. Its place in a list would not do: others open and close windows meanwhile. */
function nameOf(id: string): string {
  let hash = 0x811c9dc5
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), 0x01000193)
  return (hash >>> 0).toString(36)
}

/** What a phone sends for a choice of a parcel's place; undefined for a choice that is none. */
export function choiceText(choice: Choice): string | undefined {
  switch (choice.kind) {
    case 'listener':
      return `L${nameOf(choice.socket)}`
    case 'connection':
      return `W${nameOf(choice.socket)}`
    case 'rst':
    case 'icmp':
    case 'echo-reply':
    case 'drop':
      return LETTERS[choice.kind]
    default:
      return undefined
  }
}

/** The choice that such a text stands for among these sockets. Undefined if it stands for none. */
export function choiceFrom(sockets: readonly Socket[], text: string): Choice | undefined {
  switch (text) {
    case 'R':
      return { kind: 'rst' }
    case 'I':
      return { kind: 'icmp' }
    case 'E':
      return { kind: 'echo-reply' }
    case 'X':
      return { kind: 'drop' }
  }
  const kind = text.startsWith('L') ? 'listener' : text.startsWith('W') ? 'connection' : undefined
  if (!kind) return undefined
  const socket = sockets.find(
    ({ id, peer }) => (peer === undefined) === (kind === 'listener') && nameOf(id) === text.slice(1),
  )
  return socket && { kind, socket: socket.id }
}
