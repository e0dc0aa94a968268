import type { PortMatch } from './filter'
import type { PortOf } from './read-lines'
import { portNumber } from './read-lines'
import type { Protocol } from './tuple'

/** One port or a range as a rule names it, by number or name: `22`, `1000:2000`, `ssh`; undefined for anything else. */
export function portSpan(
  text: string,
  between: ':' | '-',
  protocol: Protocol,
  portOf: PortOf | undefined,
): PortMatch | undefined {
  const one = portNumber(text) ?? portOf?.(text, protocol)
  if (one !== undefined) return one
  const [from, to, ...more] = text.split(between).map((part) => portNumber(part))
  return from === undefined || to === undefined || more.length > 0 || from > to ? undefined : { from, to }
}
