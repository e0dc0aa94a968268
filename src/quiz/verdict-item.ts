import type { Packet } from '../net/packet'
import { receive } from '../net/receive'
import type { Received } from '../net/receive'
import { endpointText } from '../net/tuple'
import type { QuestionWords } from '../words/questions'
import type { Machine } from './machine'
import { hostOf, programOf } from './machine'
import type { Item } from './question'

/** The option that says: it is handed to this socket; undefined if the machine has none with this id. */
export function socketItem(machine: Machine, id: string | undefined, words: QuestionWords): Item | undefined {
  const socket = machine.sockets.find((one) => one.id === id)
  if (!socket) return undefined
  const local = endpointText(socket.local)
  return {
    means: `socket ${socket.id}`,
    text: socket.peer
      ? words.common.toWindow(endpointText(socket.peer), local)
      : words.common.toListener(local, programOf(machine, socket)),
  }
}

/** The option that says what the machine does with a packet. */
export function verdictItem(machine: Machine, { verdict, why }: Received, words: QuestionWords): Item {
  switch (verdict.kind) {
    case 'listener':
    case 'connection': {
      const item = socketItem(machine, verdict.socket, words)
      if (!item) throw new RangeError(`${machine.name} has no socket ${verdict.socket}.`)
      return item
    }
    case 'rst':
      return refusals(words).rst
    case 'icmp':
      return refusals(words).portUnreachable
    case 'echo-reply':
      return { means: 'echo-reply', text: words.common.echoReply }
    case 'drop':
      return why === 'not-my-address' ? { means: 'not-mine', text: words.common.notMine } : refusals(words).silence
  }
}

/** What the model says: the option for what this machine does with this packet. */
export const modelItem = (machine: Machine, packet: Packet, words: QuestionWords): Item =>
  verdictItem(machine, receive(hostOf(machine), packet), words)

/** The ways of not taking a packet in. */
export const refusals = (words: QuestionWords) => ({
  rst: { means: 'rst', text: words.common.rst },
  portUnreachable: { means: 'port-unreachable', text: words.common.portUnreachable },
  silence: { means: 'silence', text: words.common.silence },
})
