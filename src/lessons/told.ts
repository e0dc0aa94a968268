import type { Endpoint } from '../net/tuple'

/** Single words that one can say of a packet or of a port. */
export type Saying =
  /** What a gate does with a packet. */
  | 'pass'
  | 'drop'
  | 'refuse'
  /** What a scanner says of a port (nmap(1), PORT SCANNING BASICS); `unseen`: that it never finds the port. */
  | 'open'
  | 'closed'
  | 'filtered'
  | 'open|filtered'
  | 'unseen'
  /** What a program makes of the first bytes that it gets, and what they are to it that greets first. */
  | 'understood'
  | 'hung-up'
  /** What is done about an attack that comes through an open port. */
  | 'patch'
  | 'tls'
  | 'second-factor'
  | 'try-limit'
  | 'other-port'
  | 'close-rest'
  /** Of a conversation: that its lines do not say who the client is. */
  | 'not-in-lines'
  /** At a street door: that an answer comes from somebody who was not called. */
  | 'misfit'
  /** At a reception: that nobody takes it, that a guest is new, how a health check ends, and how far a call gets. */
  | 'nowhere'
  | 'new-guest'
  | 'healthy'
  | 'check-refused'
  | 'check-silent'
  | 'served'
  | 'at-gate'
  | 'at-node'
  | 'at-pod'

/** What the player says of an errand: a line of the rule board, a word, an address and port, a label, or a written sign. */
export type Told =
  | { readonly kind: 'line'; readonly line: number | 'policy' }
  | { readonly kind: 'say'; readonly saying: Saying }
  | { readonly kind: 'end'; readonly end: Endpoint }
  | { readonly kind: 'label'; readonly source: Endpoint; readonly destination: Endpoint }
  | { readonly kind: 'sign'; readonly text: string }

const endKey = ({ address, port }: Endpoint): string => `${address} ${port}`

/** Equal exactly for what says the same. */
export function toldKey(told: Told): string {
  switch (told.kind) {
    case 'line':
      return `line ${told.line}`
    case 'say':
      return told.saying
    case 'end':
      return endKey(told.end)
    case 'label':
      return `${endKey(told.source)} > ${endKey(told.destination)}`
    case 'sign':
      return `sign ${told.text}`
  }
}
