/** A checksum as it stands in a packet, and what it should be. `right` holds for both forms of zero (0x0000, 0xffff). */
export interface Checksum {
  readonly stated: number
  readonly expected: number
  readonly right: boolean
}

/** The one's complement sum of the bytes' 16-bit words (RFC 1071), an odd last byte filled up with zero; 0 to 65535. */
export function onesSum(bytes: Uint8Array, start: number, end: number, initial = 0): number {
  let sum = initial
  let at = start
  for (; at + 1 < end; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  if (at < end) sum += (bytes[at] ?? 0) << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return sum
}

/** The Internet checksum (RFC 1071) of the bytes: the one's complement of the sum of its 16-bit words, 0 to 65535. */
export const internetChecksum = (bytes: Uint8Array, start = 0, end = bytes.length, initial = 0): number =>
  ~onesSum(bytes, start, end, initial) & 0xffff

/** Compares the checksum that stands at `at` with that of the bytes from `start` to `end`, in which it stands. */
export function checkChecksum(bytes: Uint8Array, at: number, start: number, end: number, initial = 0): Checksum {
  const stated = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
  const sum = onesSum(bytes, start, end, initial)
  // Taking the stated value out of the sum is adding its complement (RFC 1624).
  const expected = ~onesSum(bytes, 0, 0, sum + (~stated & 0xffff)) & 0xffff
  return { stated, expected, right: sum === 0xffff }
}
