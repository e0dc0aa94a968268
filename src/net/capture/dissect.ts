/** What a frame is about: the protocol its outermost IP header leads to. */
export type FrameProtocol = 'tcp' | 'udp' | 'sctp' | 'icmp' | 'icmp6' | 'other'

/**
 * What was found in a frame: numbers only, so that one record serves millions of frames. Offsets count from the start of
 * the buffer; -1 means "not there".
 */
export interface Dissection {
  protocol: FrameProtocol
  /** 4 or 6, or 0 without an IP header that can be read. */
  family: 0 | 4 | 6
  /** Where the IP header and its addresses start. */
  ip: number
  source: number
  destination: number
  sourcePort: number
  destinationPort: number
  /** Where the transport header starts, and its TCP flag byte. */
  transport: number
  flags: number
  /** True for a fragment other than the first. */
  laterFragment: boolean
}

export const emptyDissection = (): Dissection => ({
  protocol: 'other',
  family: 0,
  ip: -1,
  source: -1,
  destination: -1,
  sourcePort: -1,
  destinationPort: -1,
  transport: -1,
  flags: 0,
  laterFragment: false,
})

const PROTOCOLS: readonly FrameProtocol[] = Array.from({ length: 256 }, (_, number) => {
  switch (number) {
    case 1:
      return 'icmp'
    case 6:
      return 'tcp'
    case 17:
      return 'udp'
    case 58:
      return 'icmp6'
    case 132:
      return 'sctp'
    default:
      return 'other'
  }
})

const ETHERTYPE_IP4 = 0x0800
const ETHERTYPE_IP6 = 0x86dd
const VLAN_TAGS = new Set([0x8100, 0x88a8, 0x9100, 0x9200])
const MPLS = new Set([0x8847, 0x8848])
const PPPOE_SESSION = 0x8864

/** LINKTYPE_ numbers (tcpdump.org/linktypes.html). */
const LINK = {
  null: 0,
  ethernet: 1,
  ppp: 9,
  rawA: 12,
  rawB: 14,
  raw: 101,
  hdlc: 104,
  loop: 108,
  sll: 113,
  ip4: 228,
  ip6: 229,
  sll2: 276,
}

/** Address families of BSD loopback headers: AF_INET, and AF_INET6 on NetBSD, FreeBSD, Darwin and Linux. */
const AF_INET6 = new Set([10, 23, 24, 28, 30])

/**
 * Finds the outermost IP header of a frame and the ports behind it, by the rules of evidence/README.md: after VLAN, MPLS,
 * PPPoE and SLL headers; never inside a tunnel; ports of the first fragment only. Writes into `out`.
 */
export function dissect(buffer: Uint8Array, start: number, captured: number, linkType: number, out: Dissection): void {
  out.protocol = 'other'
  out.family = 0
  out.ip = out.source = out.destination = out.sourcePort = out.destinationPort = out.transport = -1
  out.flags = 0
  out.laterFragment = false
  const end = start + captured
  switch (linkType) {
    case LINK.ethernet:
      if (captured >= 14) byType(buffer, start + 14, end, word(buffer, start + 12), out)
      return
    case LINK.sll:
      if (captured >= 16) byType(buffer, start + 16, end, word(buffer, start + 14), out)
      return
    case LINK.sll2:
      if (captured >= 20) byType(buffer, start + 20, end, word(buffer, start), out)
      return
    case LINK.raw:
    case LINK.rawA:
    case LINK.rawB:
      byVersion(buffer, start, end, out)
      return
    case LINK.ip4:
      ip4(buffer, start, end, out)
      return
    case LINK.ip6:
      ip6(buffer, start, end, out)
      return
    case LINK.null:
      if (captured >= 4) loopback(buffer, start + 4, end, hostFamily(buffer, start), out)
      return
    case LINK.loop:
      if (captured >= 4) loopback(buffer, start + 4, end, word(buffer, start) * 65536 + word(buffer, start + 2), out)
      return
    case LINK.ppp:
      ppp(buffer, start, end, out)
      return
    case LINK.hdlc:
      if (captured >= 4) byType(buffer, start + 4, end, word(buffer, start + 2), out)
      return
    default:
  }
}

const word = (buffer: Uint8Array, at: number): number => ((buffer[at] ?? 0) << 8) | (buffer[at + 1] ?? 0)

const LONGEST_802_3 = 1500

/**
 * The address family of a BSD loopback header, which is in the byte order of whoever wrote it. Some systems put an
 * EtherType there; all is told apart by its size, as Wireshark does.
 */
function hostFamily(buffer: Uint8Array, at: number): number {
  const [a = 0, b = 0, c = 0, d = 0] = buffer.subarray(at, at + 4)
  const low = a | (b << 8)
  const high = c | (d << 8)
  if (high !== 0) return high < 6 ? high : a * 16777216 + ((b << 16) | (c << 8) | d)
  return a === 0 && b < 6 ? b : low
}

function loopback(buffer: Uint8Array, at: number, end: number, family: number, out: Dissection): void {
  if (family > LONGEST_802_3) byType(buffer, at, end, family & 0xffff, out)
  else if (family === 2) ip4(buffer, at, end, out)
  else if (AF_INET6.has(family)) ip6(buffer, at, end, out)
}

/** What an EtherType (or an 802.3 length) leads to. */
function byType(buffer: Uint8Array, from: number, end: number, first: number, out: Dissection): void {
  let at = from
  let type = first
  while (VLAN_TAGS.has(type)) {
    if (at + 4 > end) return
    type = word(buffer, at + 2)
    at += 4
  }
  if (type === ETHERTYPE_IP4) ip4(buffer, at, end, out)
  else if (type === ETHERTYPE_IP6) ip6(buffer, at, end, out)
  else if (MPLS.has(type)) {
    while (at + 4 <= end) {
      const bottom = ((buffer[at + 2] ?? 0) & 1) === 1
      at += 4
      if (bottom) return byVersion(buffer, at, end, out)
    }
  } else if (type === PPPOE_SESSION) {
    if (at + 6 <= end) ppp(buffer, at + 6, end, out)
  } else if (type < 0x0600) llc(buffer, at, end, out)
}

/** IEEE 802.2: SNAP (RFC 1042) with an EtherType, or the IP service access point. */
function llc(buffer: Uint8Array, at: number, end: number, out: Dissection): void {
  const access = word(buffer, at)
  if (access === 0xaaaa && at + 8 <= end) {
    const organisation = word(buffer, at + 3) * 256 + (buffer[at + 5] ?? 0)
    if (organisation === 0) byType(buffer, at + 8, end, word(buffer, at + 6), out)
  } else if (access === 0x0606 && at + 3 <= end) ip4(buffer, at + 3, end, out)
}

/** PPP (RFC 1661, RFC 1662): address and control may be there or not, the protocol may take one byte or two. */
function ppp(buffer: Uint8Array, from: number, end: number, out: Dissection): void {
  let at = from
  if (word(buffer, at) === 0xff03) at += 2
  const short = (buffer[at] ?? 0) & 1
  const protocol = short ? (buffer[at] ?? 0) : word(buffer, at)
  at += short ? 1 : 2
  if (at > end) return
  if (protocol === 0x21) ip4(buffer, at, end, out)
  else if (protocol === 0x57) ip6(buffer, at, end, out)
}

function byVersion(buffer: Uint8Array, at: number, end: number, out: Dissection): void {
  if (at >= end) return
  const version = (buffer[at] ?? 0) >> 4
  if (version === 4) ip4(buffer, at, end, out)
  else if (version === 6) ip6(buffer, at, end, out)
}

/** What a cut header still holds is told, each part by itself: the protocol from byte 9, the addresses from 12 and 16. */
function ip4(buffer: Uint8Array, at: number, end: number, out: Dissection): void {
  if (at >= end) return
  const header = ((buffer[at] ?? 0) & 15) * 4
  if ((buffer[at] ?? 0) >> 4 !== 4 || header < 20) return
  if (at + 10 > end) return
  // A total length of zero is what segmentation offload leaves: then the frame is the packet.
  const total = word(buffer, at + 2)
  if (total !== 0 && total < header) return
  out.family = 4
  out.ip = at
  out.protocol = PROTOCOLS[buffer[at + 9] ?? 0] ?? 'other'
  if (at + 16 <= end) out.source = at + 12
  if (at + 20 <= end) out.destination = at + 16
  out.laterFragment = (word(buffer, at + 6) & 0x1fff) !== 0
  if (!out.laterFragment) ports(buffer, at + header, total === 0 ? end : Math.min(end, at + total), out)
}

const FRAGMENT = 44
const AUTHENTICATION = 51
/** Hop-by-hop, routing, destination options, mobility, HIP, shim6: all with their length in units of eight bytes. */
const EXTENSIONS = new Set([0, 43, 60, 135, 139, 140])

function ip6(buffer: Uint8Array, at: number, end: number, out: Dissection): void {
  if (at >= end || (buffer[at] ?? 0) >> 4 !== 6) return
  out.family = 6
  out.ip = at
  if (at + 24 <= end) out.source = at + 8
  if (at + 40 > end) return
  out.destination = at + 24
  const length = word(buffer, at + 4)
  let next = buffer[at + 6] ?? 0
  // A jumbogram says zero here and its length in a hop-by-hop option (RFC 2675).
  const stop = length === 0 && next === 0 ? end : Math.min(end, at + 40 + length)
  let header = at + 40
  while (EXTENSIONS.has(next) || next === FRAGMENT || next === AUTHENTICATION) {
    if (header + 8 > stop) return
    const size = buffer[header + 1] ?? 0
    if (next === FRAGMENT) {
      next = buffer[header] ?? 0
      out.protocol = PROTOCOLS[next] ?? 'other'
      out.laterFragment = word(buffer, header + 2) >> 3 !== 0
      if (!out.laterFragment && out.protocol !== 'other') ports(buffer, header + 8, stop, out)
      return
    }
    const after = buffer[header] ?? 0
    header += next === AUTHENTICATION ? (size + 2) * 4 : (size + 1) * 8
    next = after
  }
  out.protocol = PROTOCOLS[next] ?? 'other'
  ports(buffer, header, stop, out)
}

function ports(buffer: Uint8Array, at: number, end: number, out: Dissection): void {
  out.transport = at
  if (out.protocol !== 'tcp' && out.protocol !== 'udp' && out.protocol !== 'sctp') return
  if (at + 4 > end) return
  out.sourcePort = word(buffer, at)
  out.destinationPort = word(buffer, at + 2)
  if (out.protocol === 'tcp' && at + 14 <= end) out.flags = buffer[at + 13] ?? 0
}
