import { dealCapture } from './capture-level'
import type { Level } from './level'
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
    ...(capture && { capture: { ...capture, programs: PROGRAMS } }),
  }
}
