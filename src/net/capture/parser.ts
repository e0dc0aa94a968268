import type { Damage } from './damage'

/**
 * Takes one packet. The bytes are those of `buffer` from `start` to `start + captured`, valid only during the call: a
 * receiver that keeps them copies them. `time` is in microseconds since 1970; `linkType` is a LINKTYPE_ number.
 */
export type TakePacket = (
  buffer: Uint8Array,
  start: number,
  captured: number,
  original: number,
  linkType: number,
  time: number,
) => void

/** The longest packet that capture tools write (libpcap's MAXIMUM_SNAPLEN). */
const MOST = 262_144
/** The longest pcapng block that is taken for one; longer lengths are damage. */
const MOST_BLOCK = 16 * 1024 * 1024

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const OLD_PACKET = 2
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6

type Format = 'pcap' | 'pcapng'

interface Interface {
  readonly linkType: number
  readonly snaplen: number
  /** Microseconds in one unit of its timestamps, and what is to be added to them. */
  readonly unit: number
  readonly offset: number
}

/**
 * Reads a capture piece by piece: pcap (draft-ietf-opsawg-pcap) in both byte orders, with microseconds or nanoseconds, and
 * pcapng (draft-ietf-opsawg-pcapng). Holds at most one packet or block beside the piece at hand. After damage it reads no
 * further; what came before it has been handed on.
 */
export class CaptureParser {
  private rest: Uint8Array = new Uint8Array()
  /** Bytes of the file before `rest`. */
  private consumed = 0
  private little = true
  private format: Format | undefined
  private linkType = 0
  private unit = 1
  private recordHeader = 16
  private interfaces: Interface[] = []
  /** Bytes of a block without packets that are still to be passed over. */
  private skip = 0
  private count = 0
  private fault: Damage | undefined

  constructor(private readonly take: TakePacket) {}

  /** Packets handed on so far. */
  get packets(): number {
    return this.count
  }

  /** What is wrong with the file, if something is. */
  get damage(): Damage | undefined {
    return this.fault
  }

  /** Takes the next piece of the file. */
  push(piece: Uint8Array): void {
    if (this.fault || piece.length === 0) return
    let bytes = piece
    if (this.skip > 0) {
      const passed = Math.min(this.skip, bytes.length)
      this.skip -= passed
      this.consumed += passed
      bytes = bytes.subarray(passed)
    }
    if (this.rest.length > 0) {
      const joined = new Uint8Array(this.rest.length + bytes.length)
      joined.set(this.rest)
      joined.set(bytes, this.rest.length)
      bytes = joined
    }
    const used = this.read(bytes)
    const passed = Math.min(used, bytes.length)
    this.skip += used - passed
    this.consumed += passed
    this.rest = bytes.slice(passed)
  }

  /** The file is over: what is left must be nothing. */
  end(): void {
    if (this.fault) return
    if (!this.format) {
      const starts = [...this.rest.subarray(0, 4)]
      const format = starts.length === 4 ? this.recognise(new DataView(Uint8Array.from(starts).buffer)) : 'pcap'
      if (starts.length === 0) this.fault = { kind: 'empty' }
      else if (!format) this.fault = { kind: 'foreign', starts }
      else this.fault = { kind: 'cut-header', bytes: this.rest.length, wanted: format === 'pcapng' ? 28 : 24 }
    } else if (this.skip > 0) this.fault = { kind: 'cut-packet', offset: this.consumed, missing: this.skip }
    else if (this.rest.length > 0) this.fault = this.cutShort()
  }

  private cutShort(): Damage {
    const offset = this.consumed
    const { rest } = this
    const view = new DataView(rest.buffer, rest.byteOffset, rest.length)
    const header = this.format === 'pcap' ? this.recordHeader : 8
    if (rest.length < header) return { kind: 'cut-packet', offset, missing: header - rest.length }
    const whole =
      this.format === 'pcap' ? this.recordHeader + view.getUint32(8, this.little) : view.getUint32(4, this.little)
    return { kind: 'cut-packet', offset, missing: Math.max(1, whole - rest.length) }
  }

  /** Reads as many whole records as there are; returns how many bytes they took (more than there are: a block to skip). */
  private read(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
    let at = 0
    if (!this.format) {
      if (bytes.length < 4) return 0
      const format = this.recognise(view)
      if (!format) this.fault = { kind: 'foreign', starts: [...bytes.subarray(0, 4)] }
      if (!format || (format === 'pcap' && bytes.length < 24)) return 0
      this.format = format
      if (format === 'pcap') {
        this.linkType = view.getUint32(20, this.little) & 0x03ffffff
        at = 24
      }
    }
    return this.format === 'pcap' ? this.readRecords(bytes, view, at) : this.readBlocks(bytes, view, at)
  }

  /** Tells the format by the first four bytes. */
  private recognise(view: DataView): Format | undefined {
    const magic = view.getUint32(0, true)
    const swapped = view.getUint32(0, false)
    if (magic === SECTION) return 'pcapng'
    for (const [value, unit, header] of [
      [0xa1b2c3d4, 1, 16],
      [0xa1b23c4d, 0.001, 16],
      [0xa1b2cd34, 1, 24],
    ] as const) {
      if (magic !== value && swapped !== value) continue
      this.little = magic === value
      this.unit = unit
      this.recordHeader = header
      return 'pcap'
    }
    return undefined
  }

  private readRecords(bytes: Uint8Array, view: DataView, from: number): number {
    const { little, recordHeader, unit, linkType, take } = this
    let at = from
    while (at + recordHeader <= bytes.length) {
      const captured = view.getUint32(at + 8, little)
      if (captured > MOST) {
        this.fault = { kind: 'packet-too-long', offset: this.consumed + at, length: captured, most: MOST }
        return at
      }
      const start = at + recordHeader
      if (start + captured > bytes.length) return at
      const time = view.getUint32(at, little) * 1e6 + view.getUint32(at + 4, little) * unit
      this.count++
      take(bytes, start, captured, view.getUint32(at + 12, little), linkType, time)
      at = start + captured
    }
    return at
  }

  private readBlocks(bytes: Uint8Array, view: DataView, from: number): number {
    let at = from
    while (at + 12 <= bytes.length) {
      const offset = this.consumed + at
      if (view.getUint32(at, true) === SECTION) {
        const order = view.getUint32(at + 8, true)
        if (order !== 0x1a2b3c4d && order !== 0x4d3c2b1a) {
          this.fault = { kind: 'byte-order', offset }
          return at
        }
        this.little = order === 0x1a2b3c4d
      }
      const { little } = this
      const type = view.getUint32(at, little)
      const length = view.getUint32(at + 4, little)
      if (length < (type === SECTION ? 28 : 12) || length % 4 !== 0 || length > MOST_BLOCK) {
        this.fault = { kind: 'block-length', offset, length }
        return at
      }
      if (at + length > bytes.length) return at
      const last = view.getUint32(at + length - 4, little)
      if (last !== length) {
        this.fault = { kind: 'block-ends-differ', offset, first: length, last }
        return at
      }
      if (!this.readBlock(type, bytes, view, at, length)) return at
      at += length
    }
    return at
  }

  /** Reads one whole block; false on damage. */
  private readBlock(type: number, bytes: Uint8Array, view: DataView, at: number, length: number): boolean {
    switch (type) {
      case SECTION:
        this.interfaces = []
        return true
      case INTERFACE:
        if (length < 20) return this.badLength(at, length)
        this.interfaces.push(readInterface(view, at, length, this.little))
        return true
      case ENHANCED_PACKET:
      case OLD_PACKET: {
        if (length < 32) return this.badLength(at, length)
        const number =
          type === ENHANCED_PACKET ? view.getUint32(at + 8, this.little) : view.getUint16(at + 8, this.little)
        const source = this.interfaces[number]
        if (!source) return this.noInterface(at, number)
        const captured = view.getUint32(at + 20, this.little)
        if (!this.fits(captured, length - 32, at)) return false
        const ticks = view.getUint32(at + 12, this.little) * 4294967296 + view.getUint32(at + 16, this.little)
        this.count++
        const original = view.getUint32(at + 24, this.little)
        this.take(bytes, at + 28, captured, original, source.linkType, ticks * source.unit + source.offset)
        return true
      }
      case SIMPLE_PACKET: {
        if (length < 16) return this.badLength(at, length)
        const [source] = this.interfaces
        if (!source) return this.noInterface(at, 0)
        const original = view.getUint32(at + 8, this.little)
        const captured = Math.min(original, source.snaplen === 0 ? original : source.snaplen, length - 16)
        if (!this.fits(captured, length - 16, at)) return false
        this.count++
        this.take(bytes, at + 12, captured, original, source.linkType, 0)
        return true
      }
      default:
        return true
    }
  }

  private fits(captured: number, room: number, at: number): boolean {
    if (captured > Math.min(room, MOST)) {
      this.fault = { kind: 'packet-too-long', offset: this.consumed + at, length: captured, most: Math.min(room, MOST) }
      return false
    }
    return true
  }

  private badLength(at: number, length: number): boolean {
    this.fault = { kind: 'block-length', offset: this.consumed + at, length }
    return false
  }

  private noInterface(at: number, wanted: number): boolean {
    this.fault = { kind: 'no-interface', offset: this.consumed + at, wanted, known: this.interfaces.length }
    return false
  }
}

/** An interface description block with the options that tell how its clock counts (if_tsresol 9, if_tsoffset 14). */
function readInterface(view: DataView, at: number, length: number, little: boolean): Interface {
  let unit = 1
  let offset = 0
  const end = at + length - 4
  for (let option = at + 16; option + 4 <= end;) {
    const code = view.getUint16(option, little)
    const size = view.getUint16(option + 2, little)
    if (code === 0 || option + 4 + size > end) break
    if (code === 9 && size >= 1) {
      const resolution = view.getUint8(option + 4)
      unit = 1e6 / ((resolution & 0x80) !== 0 ? 2 ** (resolution & 0x7f) : 10 ** resolution)
    }
    if (code === 14 && size >= 8) offset = Number(view.getBigInt64(option + 4, little)) * 1e6
    option += 4 + Math.ceil(size / 4) * 4
  }
  return { linkType: view.getUint16(at + 8, little), snaplen: view.getUint32(at + 12, little), unit, offset }
}
