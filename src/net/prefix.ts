import type { Address } from './address'
import { addressBytes } from './address'

/**
 * A network as `address/length`, or an address alone, which stands for itself only (RFC 4632 section 3.1, RFC 4291
 * section 2.3). `203.0.113.7/24` is a network too: what is behind the length does not count.
 */
export type Prefix = string

/** The 32-bit words of an address: one for IPv4, four for IPv6. Throws RangeError if the text is no address. */
export function addressWords(address: Address): readonly number[] {
  const quad = quadOf(address)
  if (quad !== undefined) return [quad]
  const bytes = addressBytes(address)
  const view = new DataView(bytes.buffer)
  return Array.from({ length: bytes.length / 4 }, (_, index) => view.getUint32(index * 4))
}

/** The word of a dotted quad, read in one pass, because every packet that a filter sees asks for two. */
function quadOf(address: Address): number | undefined {
  let [word, byte, digits, dots] = [0, 0, 0, 0]
  for (let index = 0; index <= address.length; index++) {
    const code = index < address.length ? address.charCodeAt(index) : DOT
    if (code >= ZERO && code <= ZERO + 9) {
      byte = byte * 10 + code - ZERO
      digits++
    } else if (code === DOT && digits > 0 && digits < 4 && byte < 256) {
      word = word * 256 + byte
      ;[byte, digits] = [0, 0]
      dots++
    } else return undefined
  }
  return dots === 4 ? word : undefined
}

const DOT = 46
const ZERO = 48

/** A prefix ready for comparing: an address is in it when each of its words, masked, is `words`. */
export interface Network {
  readonly words: readonly number[]
  readonly masks: readonly number[]
}

/** The prefix with its words and masks. Throws RangeError if the text is no prefix. */
export function networkOf(prefix: Prefix): Network {
  const [address = '', length] = prefix.split('/')
  const words = addressWords(address)
  const bits = length === undefined ? words.length * 32 : Number(length)
  if (!/^\d{0,3}$/.test(length ?? '') || length === '' || bits > words.length * 32)
    throw new RangeError(`"${prefix}" is not an address with a prefix length.`)
  const masks = words.map((_, index) => maskOf(bits - index * 32))
  return { words: words.map((word, index) => (word & (masks[index] ?? 0)) >>> 0), masks }
}

/** The mask of a word of which the first `bits` count. */
const maskOf = (bits: number): number => (bits <= 0 ? 0 : bits >= 32 ? 0xffffffff : (0xffffffff << (32 - bits)) >>> 0)

/** Whether the words of an address lie in a network of the same family. */
export function inNetwork({ words, masks }: Network, address: readonly number[]): boolean {
  if (address.length !== words.length) return false
  for (let index = 0; index < words.length; index++)
    if (((address[index] ?? 0) & (masks[index] ?? 0)) >>> 0 !== words[index]) return false
  return true
}

/** Whether the address lies in the network, or is the address that stands alone. */
export const inPrefix = (prefix: Prefix, address: Address): boolean =>
  inNetwork(networkOf(prefix), addressWords(address))

/** The number of bits that count. */
export const prefixLength = (prefix: Prefix): number => {
  const [address = '', length] = prefix.split('/')
  return length === undefined ? (address.includes(':') ? 128 : 32) : Number(length)
}

/** The address of a prefix that also names a host, as `ip address` prints it: `203.0.113.1/24`. */
export const addressOf = (prefix: Prefix): Address => {
  const slash = prefix.indexOf('/')
  return slash < 0 ? prefix : prefix.slice(0, slash)
}
