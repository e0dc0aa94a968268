import { decodeIp } from '../net/frame'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { flowKey } from '../net/tuple'
import type { RecordedPacket } from './capture-level'
import { dealCapture } from './capture-level'
import type { CapturedArrival, Conversation, Level } from './level'
import { RECORDED_HOST, RECORDED_NIGHT } from './recorded-night'

/** Where the IP header begins in an Ethernet frame. */
const IP_AT = 14

/** What listened on that laptop: the recorder's own (evidence/night/record_night.py). */
const PROGRAMS = { 'tcp:8000': 'python3' } as const

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))

const dealt = new WeakMap<Level, Level>()

/**
 * A level with what it plays: one that plays the recording that ships with the game gets its packets, all others stay as they
 * are. The recording comes with the rules and not with the levels, so that whoever only looks at the building need not fetch it.
 */
export function withRecording(level: Level): Level {
  if (level.recorded === undefined || level.capture) return level
  const known = dealt.get(level) ?? withPackets(level, level.recorded)
  dealt.set(level, known)
  return known
}

function withPackets(level: Level, count: number): Level {
  const records = RECORDED_NIGHT.map(([time, frame]) => ({ bytes: bytesOf(frame), ipOffset: IP_AT, time }))
  const { capture, waves } = dealCapture(level.host.name, RECORDED_HOST, records, count).level
  const bricks = waves.flatMap((wave) => wave.bricks ?? [])
  return {
    ...level,
    waves: level.waves.map((wave) => ({ ...wave, bricks })),
    ...(capture && {
      capture: { ...capture, programs: PROGRAMS, conversations: conversationsOf(records, capture.arrivals) },
    }),
  }
}

/** The recording's packets by flow, of the flows that the level asks about. */
function conversationsOf(
  records: readonly RecordedPacket[],
  arrivals: readonly CapturedArrival[],
): readonly Conversation[] {
  const flows = new Map<string, Packet[]>()
  for (const { bytes } of records) {
    const packet = decodeIp(bytes.subarray(IP_AT))
    const flow = 'malformed' in packet ? undefined : keyOf(packet)
    if (flow === undefined || 'malformed' in packet) continue
    flows.set(flow, [...(flows.get(flow) ?? []), packet])
  }
  return [...flows].flatMap(([flow, packets]) => {
    const after = arrivals.findLastIndex(({ packet }) => keyOf(packet) === flow)
    return after < 0 ? [] : [{ packets, after }]
  })
}

function keyOf(packet: Packet): string | undefined {
  const tuple = tupleOf(packet)
  return tuple && flowKey(tuple)
}
