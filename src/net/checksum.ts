/** The Internet checksum (RFC 1071) of the bytes: the one's complement of the sum of its 16-bit words, 0 to 65535. */
export function internetChecksum(bytes: Uint8Array, start = 0, end = bytes.length, initial = 0): number {
  let sum = initial
  for (let i = start; i + 1 < end; i += 2) sum += ((bytes[i] ?? 0) << 8) | (bytes[i + 1] ?? 0)
  if ((end - start) % 2 === 1) sum += (bytes[end - 1] ?? 0) << 8
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000)
  return ~sum & 0xffff
}
