/** A printer came to the end of the captured bytes in the middle of something. It is caught where the printing began. */
export class CutShort extends Error {}

/** Captured bytes up to a known end, read big-endian; a read beyond the end throws `CutShort`. */
export class Captured {
  readonly bytes: Uint8Array
  readonly end: number
  readonly #view: DataView

  constructor(bytes: Uint8Array, end = bytes.length) {
    this.bytes = bytes
    this.end = Math.min(end, bytes.length)
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }

  /** The same bytes with an earlier end. */
  until(end: number): Captured {
    return end < this.end ? new Captured(this.bytes, end) : this
  }

  has(at: number, length: number): boolean {
    return at >= 0 && at + length <= this.end
  }

  need(at: number, length: number): void {
    if (!this.has(at, length)) throw new CutShort()
  }

  u8(at: number): number {
    this.need(at, 1)
    return this.#view.getUint8(at)
  }

  u16(at: number): number {
    this.need(at, 2)
    return this.#view.getUint16(at)
  }

  u32(at: number): number {
    this.need(at, 4)
    return this.#view.getUint32(at)
  }

  slice(at: number, length: number): Uint8Array {
    this.need(at, length)
    return this.bytes.subarray(at, at + length)
  }
}
