/** What is wrong with a capture file, with the figures. Offsets count bytes from the start of the (unpacked) file. */
export type Damage =
  | { readonly kind: 'empty' }
  | { readonly kind: 'foreign'; readonly starts: readonly number[] }
  | { readonly kind: 'cut-header'; readonly bytes: number; readonly wanted: number }
  | { readonly kind: 'cut-packet'; readonly offset: number; readonly missing: number }
  | { readonly kind: 'packet-too-long'; readonly offset: number; readonly length: number; readonly most: number }
  | { readonly kind: 'block-length'; readonly offset: number; readonly length: number }
  | { readonly kind: 'block-ends-differ'; readonly offset: number; readonly first: number; readonly last: number }
  | { readonly kind: 'byte-order'; readonly offset: number }
  | { readonly kind: 'no-interface'; readonly offset: number; readonly wanted: number; readonly known: number }
  | { readonly kind: 'gzip' }

const hex = (bytes: readonly number[]) => bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')

/** One sentence: what is wrong, where, and what was read before it. */
export function damageSentence(damage: Damage, packets: number): string {
  const before =
    packets === 0 ? 'no packet before it' : packets === 1 ? 'one packet before it' : `${packets} packets before it`
  switch (damage.kind) {
    case 'empty':
      return 'The file is empty: not even a header is in it.'
    case 'foreign':
      return `This is no pcap or pcapng file: it starts with the bytes ${hex(damage.starts)}.`
    case 'cut-header':
      return `The file ends in its header: ${damage.bytes} of ${damage.wanted} bytes are there.`
    case 'cut-packet':
      return `The file is cut off at byte ${damage.offset}: ${damage.missing} bytes are missing, with ${before}.`
    case 'packet-too-long':
      return `The record at byte ${damage.offset} claims ${damage.length} bytes, more than the ${damage.most} a packet can have, with ${before}.`
    case 'block-length':
      return `The block at byte ${damage.offset} has the impossible length ${damage.length}, with ${before}.`
    case 'block-ends-differ':
      return `The block at byte ${damage.offset} says ${damage.first} bytes at its start and ${damage.last} at its end, with ${before}.`
    case 'byte-order':
      return `The section at byte ${damage.offset} has no readable byte order, with ${before}.`
    case 'no-interface':
      return `The packet at byte ${damage.offset} belongs to interface ${damage.wanted}, but the file describes ${damage.known}, with ${before}.`
    case 'gzip':
      return `The compressed file is damaged and cannot be unpacked further, with ${before}.`
  }
}
