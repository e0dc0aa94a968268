import { tupleOf } from '../net/packet'
import type { Change } from '../shift/rules'
import { clientsOf } from '../shift/rules'
import type { Decision, Shift } from '../shift/shift'
import { packetOf } from '../shift/shift'
import type { SettingsStore } from '../store/settings-store'

/** The ear of the stage: every event has a sound of its own, made on the spot. */
export interface Sound {
  /** Plays what a change sounds like. Silent before the first gesture and while sound is off. */
  play(change: Change, shift: Shift): void
  close(): void
}

/** -14 dB. */
const MASTER = 10 ** (-14 / 20)
/** The major pentatonic, in half tones above C5. */
const SCALE = [0, 2, 4, 7, 9]
const C5 = 523.25

/** The frequency of the nth step of the scale, three octaves at most. */
const step = (index: number) => C5 * 2 ** (((SCALE[index % 5] ?? 0) + 12 * Math.min(2, Math.floor(index / 5))) / 12)

/** What there is to hear (design: the sounds of a shift). */
export type Noise = 'paper' | 'chime' | 'glass' | 'stamp' | 'slip' | 'wind' | 'knock' | 'sigh' | 'chord'

/** What a change sounds like. */
export function noisesOf(change: Change): readonly Noise[] {
  switch (change.kind) {
    case 'arrived':
      return ['paper']
    case 'lit':
      return ['glass']
    case 'lost':
      return ['sigh']
    case 'finished':
      return ['chord']
    case 'opened':
      return []
    case 'decided':
      return change.decision.right ? heardOf(change.decision) : ['knock']
  }
}

/** ICMP's echo reply, and that of ICMPv6 (RFC 792, RFC 4443 section 4.2): no note of refusal. */
const ECHO_REPLY = { icmp: 0, icmp6: 129 }

/** A right verdict: what leaves the house is heard as what it is, and whatever is served rings. */
function heardOf({ choice, answer }: Decision): readonly Noise[] {
  if (choice.kind === 'listener') return ['chime']
  // Each window has its own note: a busy door is a chord.
  if (choice.kind === 'connection') return ['glass', 'chime']
  const sent = answer?.transport
  if (sent?.protocol === 'tcp') return sent.flags.rst ? ['stamp'] : ['chime']
  if (sent?.protocol === 'icmp' || sent?.protocol === 'icmp6')
    return sent.type === ECHO_REPLY[sent.protocol] ? ['chime'] : ['slip']
  const silent =
    choice.kind === 'drop' || (choice.kind === 'tell' && choice.told.kind === 'say' && choice.told.saying === 'drop')
  return silent ? ['wind'] : ['chime']
}

/** Half tones above C4: a chord over three octaves. */
const CHORD = [0, 7, 12, 16, 19, 24, 28, 31, 36, 40]

/** The building's chord as frequencies in hertz: three voices, and one more for each floor (0: outside the campaign). */
export const chordOf = (floor: number): readonly number[] =>
  CHORD.slice(0, 3 + floor).map((half) => (C5 / 2) * 2 ** (half / 12))

/** Where a caller lives, from -1 (left) to 1: the houses stand in a row at the left. */
export function panOf(shift: Shift, address: string | undefined): number {
  const house = clientsOf(shift).findIndex((one) => one === address)
  return house < 0 ? -0.2 : -0.7 + Math.min(house, 2) * 0.25
}

interface Tone {
  readonly type: OscillatorType
  readonly from: number
  readonly to?: number
  /** Seconds from now, and how long. */
  readonly at?: number
  readonly lasts: number
  readonly volume: number
}

interface Hiss {
  readonly frequency: number
  readonly width: number
  readonly at?: number
  readonly lasts: number
  readonly volume: number
}

/** Sounds synthesised with Web Audio. The context is made at the first gesture and woken at every later one. */
export function createSound(settings: SettingsStore): Sound {
  let context: AudioContext | undefined
  let master: GainNode | undefined
  let noise: AudioBuffer | undefined
  const listening = new AbortController()
  const { signal } = listening

  const level = () => {
    const { sound, volume } = settings.getState().settings
    return sound ? volume * MASTER : 0
  }

  /** iOS interrupts a context on calls and screen locks: whatever its state, a gesture brings it back. */
  const wake = () => {
    if (level() === 0) return
    if (!context) {
      context = new AudioContext()
      master = context.createGain()
      master.gain.value = level()
      master.connect(context.destination)
      noise = whiteNoise(context)
      night(context, master, noise)
    }
    if (context.state !== 'running' && !document.hidden) context.resume().catch(() => undefined)
  }
  const hidden = () => {
    if (!context) return
    if (document.hidden) context.suspend().catch(() => undefined)
    else wake()
  }
  // Whoever started the shift has made a gesture: then the first answer need not wait for the sound to be set up.
  if (navigator.userActivation?.hasBeenActive) wake()
  for (const gesture of ['pointerup', 'keydown', 'touchend']) addEventListener(gesture, wake, { signal })
  document.addEventListener('visibilitychange', hidden, { signal })
  const stop = settings.subscribe(
    (state) => state.settings,
    () => {
      wake()
      if (context && master) master.gain.setTargetAtTime(level(), context.currentTime, 0.03)
    },
  )

  const tone = ({ type, from, to = from, at = 0, lasts, volume }: Tone, pan = 0) => {
    if (!context || !master || context.state !== 'running') return
    const begin = context.currentTime + at
    const oscillator = context.createOscillator()
    oscillator.type = type
    oscillator.frequency.setValueAtTime(from, begin)
    oscillator.frequency.exponentialRampToValueAtTime(to, begin + lasts)
    fade(context, master, oscillator, begin, lasts, volume, pan)
    oscillator.start(begin)
    oscillator.stop(begin + lasts)
  }
  const hiss = ({ frequency, width, at = 0, lasts, volume }: Hiss, pan = 0) => {
    if (!context || !master || !noise || context.state !== 'running') return
    const begin = context.currentTime + at
    const source = context.createBufferSource()
    source.buffer = noise
    const filter = context.createBiquadFilter()
    filter.type = 'bandpass'
    filter.frequency.value = frequency
    filter.Q.value = width
    source.connect(filter)
    fade(context, master, filter, begin, lasts, volume, pan)
    source.start(begin, Math.min(1.5, at))
    source.stop(begin + lasts)
  }

  /** The tink of a window, its pitch by the caller's port. */
  const glass = (port: number) =>
    tone(
      { type: 'sine', from: step(10 + (port % 5)) * (1 + (port % 7) / 200), at: 0.16, lasts: 0.6, volume: 0.25 },
      0.4,
    )

  const chime = (streak: number) => {
    hiss({ frequency: 2400, width: 2, lasts: 0.04, volume: 0.5 })
    const note = step(Math.max(0, streak - 1) % 15)
    tone({ type: 'triangle', from: note, at: 0.03, lasts: 0.34, volume: 0.55 })
    tone({ type: 'sine', from: note * 1.5, at: 0.11, lasts: 0.5, volume: 0.4 })
  }

  /** The building's chord. More voices are not louder, or a high floor would clip. */
  const chord = (floor: number) => {
    const notes = chordOf(floor)
    const volume = 0.8 / Math.sqrt(notes.length)
    for (const [index, from] of notes.entries())
      tone({ type: 'triangle', from, at: 0.2 + index * 0.07, lasts: 1.8, volume })
  }

  const make = (noise: Noise, change: Change, shift: Shift): void => {
    switch (noise) {
      case 'paper': {
        const packet = change.kind === 'arrived' ? packetOf(change.arrival) : undefined
        return hiss({ frequency: 1800, width: 0.8, at: 0.08, lasts: 0.16, volume: 0.22 }, panOf(shift, packet?.source))
      }
      case 'chime':
        return chime(shift.streak)
      case 'glass':
        return glass(windowPort(change))
      case 'stamp':
        tone({ type: 'square', from: 130, to: 60, at: 0.05, lasts: 0.09, volume: 0.5 })
        return hiss({ frequency: 900, width: 1, at: 0.05, lasts: 0.08, volume: 0.8 })
      case 'slip':
        return hiss({ frequency: 3200, width: 1.4, at: 0.05, lasts: 0.22, volume: 0.5 })
      case 'wind':
        return hiss({ frequency: 500, width: 0.7, lasts: 0.7, volume: 0.35 })
      case 'knock':
        return tone({ type: 'sine', from: 170, to: 88, lasts: 0.16, volume: 0.9 })
      case 'sigh':
        return hiss({ frequency: 380, width: 0.8, lasts: 0.9, volume: 0.4 })
      case 'chord':
        return chord(shift.level.floor)
    }
  }

  return {
    play(change, shift) {
      for (const noise of noisesOf(change)) make(noise, change, shift)
    },
    close() {
      listening.abort()
      stop()
      context?.close().catch(() => undefined)
    },
  }
}

/** The source port behind the window of a change. */
function windowPort(change: Change): number {
  if (change.kind === 'lit') return change.socket.peer?.port ?? 0
  if (change.kind !== 'decided' || !('packet' in change.decision.arrival)) return 0
  return tupleOf(change.decision.arrival.packet)?.source.port ?? 0
}

/** A quick rise, an exponential fall, and the nodes let go at the end. */
function fade(
  context: AudioContext,
  out: AudioNode,
  source: AudioNode,
  begin: number,
  lasts: number,
  volume: number,
  pan: number,
): void {
  const gain = context.createGain()
  gain.gain.setValueAtTime(0.0001, begin)
  gain.gain.exponentialRampToValueAtTime(volume, begin + 0.008)
  gain.gain.exponentialRampToValueAtTime(0.0001, begin + lasts)
  const panner = context.createStereoPanner()
  panner.pan.value = pan
  source.connect(gain).connect(panner).connect(out)
}

/** Two seconds of noise; its own small generator, so that it needs no chance from outside. */
function whiteNoise(context: AudioContext): AudioBuffer {
  const buffer = context.createBuffer(1, context.sampleRate * 2, context.sampleRate)
  const samples = buffer.getChannelData(0)
  let state = 22222
  for (let index = 0; index < samples.length; index++) {
    state = (Math.imul(state, 1103515245) + 12345) | 0
    samples[index] = state / 2147483648
  }
  return buffer
}

/** The night around the house: wind that comes and goes, far below everything else. */
function night(context: AudioContext, out: AudioNode, noise: AudioBuffer): void {
  const source = context.createBufferSource()
  source.buffer = noise
  source.loop = true
  const filter = context.createBiquadFilter()
  filter.type = 'lowpass'
  filter.frequency.value = 260
  const gain = context.createGain()
  gain.gain.value = 0.1
  const swell = context.createOscillator()
  swell.frequency.value = 0.07
  const depth = context.createGain()
  depth.gain.value = 0.05
  swell.connect(depth).connect(gain.gain)
  source.connect(filter).connect(gain).connect(out)
  source.start()
  swell.start()
}
