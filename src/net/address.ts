/**
 * An IPv4 or IPv6 address in its one canonical text form: dotted quad, or RFC 5952 for IPv6 (lower case, longest run of
 * zeros shortened, v4-mapped addresses as `::ffff:a.b.c.d`). Being canonical, two addresses are equal when their texts are.
 */
export type Address = string

export type Family = 4 | 6

export const ANY4: Address = '0.0.0.0'
export const ANY6: Address = '::'

export const familyOf = (address: Address): Family => (address.includes(':') ? 6 : 4)

/** True for `0.0.0.0` and `::`, the addresses that stand for all of the host's own (ip(7), ipv6(7)). */
export const isWildcard = (address: Address): boolean => address === ANY4 || address === ANY6

/** True for 127.0.0.0/8 (RFC 1122 section 3.2.1.3) and `::1` (RFC 4291 section 2.5.3), also v4-mapped. */
export const isLoopback = (address: Address): boolean => address === '::1' || unmapped(address).startsWith('127.')

const MAPPED = '::ffff:'

/** True for `::ffff:a.b.c.d`, how an IPv6 socket sees an IPv4 peer (RFC 4291 section 2.5.5.2). */
export const isMapped = (address: Address): boolean => address.startsWith(MAPPED) && address.includes('.')

/** The IPv4 address inside a v4-mapped one; any other address is returned as it is. */
export const unmapped = (address: Address): Address => (isMapped(address) ? address.slice(MAPPED.length) : address)

/** The v4-mapped form of an IPv4 address; an IPv6 address is returned as it is. */
export const mapped = (address: Address): Address => (familyOf(address) === 4 ? MAPPED + address : address)

/** Reads an address as people write it. Returns its canonical form, or undefined if the text is no address. */
export function parseAddress(text: string): Address | undefined {
  const bytes = parseBytes(text)
  return bytes && formatAddress(bytes, 0, bytes.length === 4 ? 4 : 6)
}

/** The 4 or 16 bytes of a canonical address, in network order. Throws RangeError if the text is no address. */
export function addressBytes(address: Address): Uint8Array {
  const bytes = parseBytes(address)
  if (!bytes) throw new RangeError(`"${address}" is not an IP address.`)
  return bytes
}

/** The canonical text of the 4 (IPv4) or 16 (IPv6) bytes that start at `offset`. */
export function formatAddress(bytes: Uint8Array, offset: number, family: Family): Address {
  if (family === 4) return `${bytes[offset]}.${bytes[offset + 1]}.${bytes[offset + 2]}.${bytes[offset + 3]}`
  const groups: number[] = []
  for (let i = 0; i < 16; i += 2) groups.push(((bytes[offset + i] ?? 0) << 8) | (bytes[offset + i + 1] ?? 0))
  return formatGroups(groups)
}

/** The last two groups as an IPv4 address. */
function dotted(groups: readonly number[]): string {
  const [high = 0, low = 0] = groups.slice(6)
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

const hex = (groups: readonly number[]) => groups.map((group) => group.toString(16)).join(':')

/** RFC 5952 section 4: shorten the longest run (two or more) of zero groups, the first of equals. */
function formatGroups(groups: readonly number[]): Address {
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return MAPPED + dotted(groups)
  }
  // All zero but the last two groups, the sixth not: printed as `::a.b.c.d`, as inet_ntop(3) and so every tool does.
  if (groups.slice(0, 6).every((group) => group === 0) && groups[6] !== 0) return `::${dotted(groups)}`
  let start = -1
  let length = 1
  for (let i = 0; i < 8; i++) {
    let end = i
    while (end < 8 && groups[end] === 0) end++
    if (end - i > length) [start, length] = [i, end - i]
    i = Math.max(i, end - 1)
  }
  return start < 0 ? hex(groups) : `${hex(groups.slice(0, start))}::${hex(groups.slice(start + length))}`
}

function parseBytes(text: string): Uint8Array | undefined {
  return text.includes(':') ? parse6(text) : parse4(text)
}

function parse4(text: string): Uint8Array | undefined {
  if (!/^(\d{1,3}\.){3}\d{1,3}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  return parts.every((part) => part < 256) ? Uint8Array.from(parts) : undefined
}

function parse6(text: string): Uint8Array | undefined {
  const tail = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text)
  if (tail?.[1] && tail[2]) {
    const v4 = parse4(tail[2])
    if (!v4) return undefined
    const [a = 0, b = 0, c = 0, d = 0] = v4
    return parse6(`${tail[1]}${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`)
  }
  const halves = text.split('::')
  if (halves.length > 2) return undefined
  const [left = [], right = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - left.length - right.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  const groups = [...left, ...Array<string>(missing).fill('0'), ...right]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return Uint8Array.from(groups.flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]))
}
