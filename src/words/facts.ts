import type { ChoiceKind } from '../lessons/choice'

/** What the line after a verdict on a packet may speak of. */
export interface Facts {
  readonly protocol: string
  readonly destination: string
  readonly sourcePort: number
  readonly port: number
  /** The registry's name of the destination port, or nothing. */
  readonly name: string
  /** The port of the socket that was chosen, if one was. */
  readonly chosen: number | undefined
  /** The other end of the packet's own connection, if it has one. */
  readonly window: string
  /** What the host does. */
  readonly truth: ChoiceKind
  /** Where the packet belongs, without a capital. */
  readonly where: string
  /** In which range the destination port is. */
  readonly range: string
}

export const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)
