import type { SocketId } from './socket'

/**
 * What a host does with a packet that reaches it:
 * - `listener`: hands it to a listening TCP socket (a new connection) or an unconnected UDP socket;
 * - `connection`: hands it to the connected socket with exactly this flow;
 * - `rst`: answers with a TCP segment that has RST set (RFC 9293 section 3.5.2);
 * - `icmp`: answers with port unreachable, ICMP type 3 code 3 (RFC 1122 section 4.1.3.1) or ICMPv6 type 1 code 4 (RFC 4443 section 3.1);
 * - `echo-reply`: answers a ping (RFC 792, RFC 4443 section 4.2);
 * - `drop`: says nothing.
 */
export type Verdict =
  | { readonly kind: 'listener'; readonly socket: SocketId }
  | { readonly kind: 'connection'; readonly socket: SocketId }
  | { readonly kind: 'rst' }
  | { readonly kind: 'icmp' }
  | { readonly kind: 'echo-reply' }
  | { readonly kind: 'drop' }

export type VerdictKind = Verdict['kind']

/** True when both name the same act on the same socket. */
export const sameVerdict = (a: Verdict, b: Verdict): boolean =>
  a.kind === b.kind && ('socket' in a ? a.socket : '') === ('socket' in b ? b.socket : '')
