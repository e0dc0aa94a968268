import { deflateSync, Inflate } from 'fflate'
import * as v from 'valibot'
import type { Sandbox } from './sandbox'
import { SandboxSchema } from './sandbox'

/** Why a link gives no sandbox, or a sandbox no link. Its words stand in the message catalogue. */
export type SandboxLinkFault = 'too-long' | 'unreadable' | 'newer-version' | 'not-a-sandbox'

/** Longer addresses do not survive every mail, chat and browser. */
export const MOST_LINK = 8000
/** What a link may unpack to, in bytes: the largest sandbox that anybody builds by hand, many times over. */
const MOST_TEXT = 400_000

const VERSION = '1'

const toText = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

const fromText = (text: string): Uint8Array =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0))

/** So many bytes are unpacked at a time. */
const PIECE = 256

/** The bytes unpacked, or undefined as soon as there are more than anybody would send. */
function unpacked(bytes: Uint8Array): Uint8Array | undefined {
  const parts: Uint8Array[] = []
  let size = 0
  const inflate = new Inflate((part) => {
    parts.push(part)
    size += part.length
  })
  // Piece by piece, so that a small link cannot become a large page before it is measured.
  for (let at = 0; at < bytes.length; at += PIECE) {
    inflate.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length)
    if (size > MOST_TEXT) return undefined
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The whole sandbox as the text of a link (`1~…`), or why it does not fit into one. */
export function writeSandbox(sandbox: Sandbox): { readonly code: string } | { readonly fault: SandboxLinkFault } {
  const bytes = new TextEncoder().encode(JSON.stringify(sandbox))
  const code = `${VERSION}~${toText(deflateSync(bytes, { level: 9 }))}`
  return code.length > MOST_LINK ? { fault: 'too-long' } : { code }
}

/** Reads what `writeSandbox` wrote, whatever stands in it; never throws. */
export function readSandbox(code: string): { readonly sandbox: Sandbox } | { readonly fault: SandboxLinkFault } {
  if (code.length > MOST_LINK) return { fault: 'too-long' }
  const [, version, body = ''] = /^(\d{1,3})~([\w-]+)$/.exec(code) ?? []
  if (version === undefined) return { fault: 'unreadable' }
  if (version !== VERSION) return { fault: 'newer-version' }
  let raw: unknown
  try {
    const bytes = unpacked(fromText(body))
    if (!bytes) return { fault: 'too-long' }
    raw = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { fault: 'unreadable' }
  }
  const read = v.safeParse(SandboxSchema, raw)
  return read.success ? { sandbox: read.output } : { fault: 'not-a-sandbox' }
}
