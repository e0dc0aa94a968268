/** The three ranges of RFC 6335 section 6: system 0-1023, user 1024-49151, dynamic 49152-65535. */
export type PortRange = 'system' | 'user' | 'dynamic'

export const PORT_RANGES: Record<PortRange, readonly [first: number, last: number]> = {
  system: [0, 1023],
  user: [1024, 49151],
  dynamic: [49152, 65535],
}

/** The range a port number (0 to 65535) belongs to. */
export const rangeOf = (port: number): PortRange =>
  port <= PORT_RANGES.system[1] ? 'system' : port <= PORT_RANGES.user[1] ? 'user' : 'dynamic'
