import { CutShort } from './captured'
import type { Dissection } from './tcpdump-line'

const words = (text: string): readonly string[] => text.split(' ')

/** The first words of requests: HTTP with WebDAV (RFC 9110, RFC 4918, RFC 3253) and its relatives, RTSP (RFC 7826). */
export const REQUESTS: Readonly<Record<'http' | 'rtsp', readonly string[]>> = {
  http: words(
    'GET PUT HEAD POST DELETE TRACE CONNECT OPTIONS COPY MOVE LOCK UNLOCK MKCOL PROPFIND PROPPATCH BCOPY BMOVE BDELETE ' +
      'BPROPFIND BPROPPATCH POLL NOTIFY SEARCH SUBSCRIBE UNSUBSCRIBE LABEL MERGE REPORT UPDATE CHECKIN CHECKOUT ' +
      'UNCHECKOUT MKACTIVITY MKWORKSPACE VERSION-CONTROL BASELINE-CONTROL CCM_POST RPC_CONNECT',
  ),
  rtsp: words('DESCRIBE ANNOUNCE GET_PARAMETER OPTIONS PAUSE PLAY RECORD REDIRECT SETUP SET_PARAMETER TEARDOWN'),
}

/**
 * Prints a protocol of text lines: its name and the first line; verbose, the length and every line. Where `requests` are
 * given, only what begins like a request or a response (its second word has three digits) is printed.
 */
export function putText(
  d: Dissection,
  protocol: string,
  at: number,
  length: number,
  requests?: readonly string[],
): void {
  const { line, captured, verbose } = d
  d.line.protocol = protocol
  line.put(`: ${protocol.toUpperCase()}`)
  const text = latin1(captured.bytes.subarray(at, Math.min(at + length, captured.end)))
  if (requests && !isMessage(text, requests)) return
  if (verbose) line.put(`, length: ${length}`)
  const lineOf = /([\t\x20-\x7e]*)(\r?\n|)/y
  while (lineOf.lastIndex < text.length) {
    const [, words = '', end] = lineOf.exec(text) ?? []
    const open = end === ''
    // Anything else in a line, or a carriage return alone, and it is taken for binary data.
    if (open && lineOf.lastIndex < text.length) return
    if (open && captured.end < at + length) throw new CutShort()
    line.put(`${verbose ? '\n\t' : ': '}${words}${open ? ` [|${protocol}]` : ''}`)
    if (!verbose) return
  }
}

const latin1 = (bytes: Uint8Array): string => Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')

function isMessage(text: string, requests: readonly string[]): boolean {
  const [, first = '', second = ''] = /^([\x21-\x7e]+)(?:[ \t]+([\x21-\x7e]+))?(?=[ \t\r\n]|$)/.exec(text) ?? []
  return requests.includes(first.toUpperCase()) || /^\d{3}$/.test(second)
}

/** Prints the version line that each end of an SSH connection begins with (RFC 4253 section 4.2). */
export function putSsh({ line, captured }: Dissection, at: number, length: number): void {
  const text = latin1(captured.bytes.subarray(at, Math.min(at + length, captured.end, at + 255)))
  const [, version] = /^(SSH-[\d.]+-[\x20-\x7e]*)\r?\n/.exec(text) ?? []
  if (version) line.put(`: SSH: ${version}`)
}
