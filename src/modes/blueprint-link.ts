import { Inflate, deflateSync, strToU8 } from 'fflate'
import type { Blueprint, Fault } from './blueprint'
import { readBlueprint } from './blueprint'
import { MOST } from './blueprint-parts'

/** More letters than these no link has: chat programs cut longer ones. */
export const LONGEST = 6000

/** The part of a link that carries a level, behind the question mark; undefined when it would be too long. */
export function writeBlueprintLink(blueprint: Blueprint): string | undefined {
  const packed = deflateSync(strToU8(JSON.stringify(blueprint)), { level: 9 })
  const letters = btoa(String.fromCharCode(...packed))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
  return letters.length <= LONGEST ? `z=${letters}` : undefined
}

/** The level in such a part, or what is wrong with it. Never throws, whatever it is, and never unpacks more than a level. */
export function readBlueprintLink(
  query: string,
): { readonly blueprint: Blueprint } | { readonly faults: readonly Fault[] } {
  const fault = (reason: Fault['reason']) => ({ faults: [{ at: [], reason }] })
  const [, letters] = /^z=([A-Za-z0-9_-]+)$/.exec(query) ?? []
  if (letters === undefined) return fault('unreadable')
  if (letters.length > LONGEST) return fault('too-large')
  try {
    const packed = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
    const text = unpacked(packed)
    return text ? readBlueprint(new TextDecoder('utf-8', { fatal: true }).decode(text)) : fault('too-large')
  } catch {
    return fault('unreadable')
  }
}

/** A letter takes at most three bytes. */
const MOST_BYTES = 3 * MOST.letters
const PIECE = 256

/** The bytes unpacked, or undefined as soon as there are more than a level has. Throws on what was not packed. */
function unpacked(packed: Uint8Array): Uint8Array | undefined {
  const whole = new Uint8Array(MOST_BYTES)
  let size = 0
  const inflate = new Inflate((part) => {
    if (size + part.length <= MOST_BYTES) whole.set(part, size)
    size += part.length
  })
  // Piece by piece, so that a small link cannot become a large page before it is measured.
  for (let at = 0; at < packed.length; at += PIECE) {
    inflate.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length)
    if (size > MOST_BYTES) return undefined
  }
  return whole.subarray(0, size)
}
