import { tupleOf } from '../net/packet'
import type { Change } from '../shift/rules'
import type { Shift } from '../shift/shift'
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

  const decided = (change: Extract<Change, { kind: 'decided' }>, streak: number) => {
    const { decision } = change
    if (!decision.right) tone({ type: 'sine', from: 170, to: 88, lasts: 0.16, volume: 0.9 })
    else if (decision.choice.kind === 'listener' || decision.choice.kind === 'connection') {
      // Each window has its own note: a busy door is a chord.
      if ('packet' in decision.arrival && decision.choice.kind === 'connection')
        glass(tupleOf(decision.arrival.packet)?.source.port ?? 0)
      return chime(streak)
    }
    const answer = decision.answer?.transport
    if (!answer) hiss({ frequency: 500, width: 0.7, lasts: 0.7, volume: 0.35 })
    else if (answer.protocol === 'tcp') {
      tone({ type: 'square', from: 130, to: 60, at: 0.05, lasts: 0.09, volume: 0.5 })
      hiss({ frequency: 900, width: 1, at: 0.05, lasts: 0.08, volume: 0.8 })
    } else hiss({ frequency: 3200, width: 1.4, at: 0.05, lasts: 0.22, volume: 0.5 })
  }

  return {
    play(change, shift) {
      switch (change.kind) {
        case 'arrived': {
          const house = change.arrival.id % 3
          return hiss({ frequency: 1800, width: 0.8, at: 0.08, lasts: 0.16, volume: 0.22 }, -0.7 + house * 0.25)
        }
        case 'decided':
          return decided(change, shift.streak)
        case 'lit': {
          return glass(change.socket.peer?.port ?? 0)
        }
        case 'lost':
          return hiss({ frequency: 380, width: 0.8, lasts: 0.9, volume: 0.4 })
        case 'finished':
          // One voice more for each floor.
          for (const [index, half] of [0, 7, 12, 16, 19, 24, 28, 31].slice(0, 3 + shift.level.floor).entries())
            tone({
              type: 'triangle',
              from: (C5 / 2) * 2 ** (half / 12),
              at: 0.2 + index * 0.07,
              lasts: 1.8,
              volume: 0.4,
            })
          return undefined
        default:
          return undefined
      }
    },
    close() {
      listening.abort()
      stop()
      context?.close().catch(() => undefined)
    },
  }
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
