import * as Phaser from 'phaser'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { serviceName } from '../ports/services'
import type { Door } from '../shift/door'
import { doorsOf } from '../shift/door'
import { changes } from '../shift/rules'
import type { Arrival, Decision, Shift } from '../shift/shift'
import { crowdOf, packetOf, viewsOf, waveOf } from '../shift/shift'
import type { HandStore } from '../store/hand-store'
import type { ShiftStore } from '../store/shift-store'
import type { Baked } from './atlas'
import { Atlas } from './atlas'
import type { CloseUpPace } from './close-up'
import { CLOSE_UP, RUN, cameForward, closeUpEnds, closeUpOf, closeUpPlace } from './close-up'
import { hasGate, lookOf, paintFacade } from './facade'
import { gatePlace, paintArm } from './gatehouse'
import type { DoorPlace, Point, Rect, Span, StageLayout } from './layout'
import { along, doorsNear, layoutStage, lean, stageFacts } from './layout'
import * as paint from './paint'
import type { Sound } from './sound'
import { roofLamps } from './town'
import { words } from '../words'

export interface StageInputs {
  readonly shift: ShiftStore
  readonly hand: HandStore
  readonly reducedMotion: () => boolean
  /** How many times as fast as usual the pictures move. */
  readonly speed: () => number
  readonly sound: Sound
}

/** Something that is shown for a while after the fact: `draw` gets the share of its time that has passed. */
interface Show {
  age: number
  readonly lasts: number
  readonly draw: (share: number) => void
  readonly end: () => void
}

/** Milliseconds. */
const OPENING = 120
const THROUGH = 160
const SHUT = 520
const CROSS_FADE = 120
const STOPPED = 90
const FLIGHT = 620
const HANDSHAKE = 1100
/** The true building fades in over the map of somebody outside. */
const TRUTH = 800
/** One window comes forward from a sky of lights. */
const FORWARD = 900
/** The barrier goes up and down again. */
const LIFTED = 640
/** A parcel that comes to rest overshoots once, by a share of its size. */
const SETTLE = 170
const OVERSHOOT = 0.06
/** How long the roof's lamps take to go out after a miss, and how far the plate of a focused door lifts (CSS pixels). */
const GOING_OUT = 480
const LIFT = 3
/** CSS pixels a second that a parcel travels on the wire. */
const SPEED = 600
/** How quickly a held parcel follows the hand, milliseconds. */
const LAG = 40
const TILT = (8 * Math.PI) / 180

const ease = (share: number) => 1 - (1 - share) ** 3

/** A parcel on the wire or at the desk, as it is seen: its place moves towards what the facts say. */
interface Seen {
  readonly image: Phaser.GameObjects.Image
  readonly wire: readonly Span[]
  /** 0 at the sender's, 1 at the desk. */
  at: number
  /** Milliseconds since it came to rest at the desk. */
  rested: number
  x: number
  y: number
}

/** Draws a shift. It owns no fact: destroyed and made anew it shows the same, and everything it moves may be skipped. */
export class StageScene extends Phaser.Scene {
  private layout: StageLayout | undefined
  private atlas: Atlas | undefined
  private shown: Shift | undefined
  private parcels = new Map<number, Seen>()
  private windows = new Map<string, Phaser.GameObjects.Image>()
  private counts: Phaser.GameObjects.Text[] = []
  private panes: Phaser.GameObjects.Image[] = []
  private lamps: Phaser.GameObjects.Image[] = []
  private dashes: { image: Phaser.GameObjects.Image; wire: readonly Span[]; offset: number }[] = []
  private shows: Show[] = []
  private plateGlow: Phaser.GameObjects.Image | undefined
  private ajar: Phaser.GameObjects.Image | undefined
  private leaning = new Map<string, { readonly image: Phaser.GameObjects.Image; x: number; y: number }>()
  private lifted: Phaser.GameObjects.Image | undefined
  private cat: Phaser.GameObjects.Image | undefined
  private arm: Phaser.GameObjects.Image | undefined
  private closeUp: { readonly image: Phaser.GameObjects.Image; readonly place: Rect } | undefined
  /** Milliseconds since a crowd came. It outlives the pictures; who comes later finds the window standing there. */
  private closeUpAge = RUN + FORWARD
  private ratio = 1
  private clock = 0
  private builds = 0
  private drawn = 0

  constructor(private readonly inputs: StageInputs) {
    super('stage')
  }

  /** Whether nothing moves, so that the next picture would be this one again. */
  get still(): boolean {
    const stands = !this.closeUp || this.closeUpAge >= closeUpEnds(this.closeUpPace)
    return this.inputs.reducedMotion() && this.shows.length === 0 && stands && this.drawn > 1
  }

  /** Something happened: what was drawn until now says nothing of it. */
  rouse(): void {
    this.drawn = 0
  }

  create(): void {
    const { shift } = this.inputs
    const stop = shift.subscribe(
      (state) => state.shift,
      (after, before) => this.follow(before, after),
    )
    this.events.once('shutdown', stop)
    this.events.once('destroy', stop)
  }

  /** Draws everything anew for a size in CSS pixels and a pixel ratio: after a resize, a new door, a lost context. */
  build(width: number, height: number, ratio: number): void {
    const { shift } = this.inputs.shift.getState()
    this.children.removeAll(true)
    this.parcels.clear()
    this.windows.clear()
    this.leaning.clear()
    this.counts = []
    this.panes = []
    this.lamps = []
    this.dashes = []
    this.shows = []
    this.ratio = ratio
    this.shown = shift
    this.layout = layoutStage({ width, height }, stageFacts(shift))
    const build = ++this.builds
    const most = 4096
    this.atlas = new Atlas(this.textures, `atlas ${build}`, Math.min(most, ratio > 1.4 ? 3072 : 2048), ratio)
    this.paintFacade(build)
    for (const old of this.textures.getTextureKeys())
      if (/^(atlas|facade) /.test(old) && !old.endsWith(` ${build}`)) this.textures.remove(old)
    this.hangDashes()
    this.hangLamps()
    this.plateGlow = this.sprite(
      this.bake('halo', 80, 1, (pen) => paint.halo(pen, 80)),
      3,
    )?.setVisible(false)
    this.ajar = this.add.image(0, 0, this.atlas.key).setVisible(false).setDepth(2)
    this.lifted = this.add.image(0, 0, this.atlas.key).setVisible(false).setDepth(4)
    this.cat = this.sprite(
      this.atlas.bake('cat', { left: -2, top: 0, width: 38, height: 24 }, this.layout.portrait ? 0.7 : 1, paint.cat),
      2,
    )?.setVisible(false)
    this.hangBarrier(shift)
    this.hangCloseUp(shift)
    this.showWindows(shift, true)
    this.showParcels(shift, true)
    this.atlas.flush()
  }

  /** A square picture around its origin. */
  private bake(name: string, radius: number, scale: number, draw: (pen: paint.Pen) => void): Baked | undefined {
    return this.atlas?.bake(name, { left: -radius, top: -radius, width: radius * 2, height: radius * 2 }, scale, draw)
  }

  private sprite(baked: Baked | undefined, depth: number): Phaser.GameObjects.Image | undefined {
    if (!baked || !this.atlas) return undefined
    return this.add.image(0, 0, this.atlas.key, baked.frame).setOrigin(baked.originX, baked.originY).setDepth(depth)
  }

  private put(image: Phaser.GameObjects.Image | undefined, { x, y }: Point): void {
    image?.setPosition(x * this.ratio, y * this.ratio)
  }

  /** Town, building and doors are one still picture: they change only when a wave opens doors. */
  private paintFacade(build: number): Phaser.GameObjects.Image | undefined {
    const { shift } = this.inputs.shift.getState()
    return this.layout && this.paintStill(`facade ${build}`, this.layout, shift)
  }

  private paintStill(key: string, layout: StageLayout, shift: Shift): Phaser.GameObjects.Image | undefined {
    const { ratio } = this
    const texture = this.textures.createCanvas(
      key,
      Math.ceil(layout.size.width * ratio),
      Math.ceil(layout.size.height * ratio),
    )
    if (!texture) return undefined
    const pen = texture.getContext()
    pen.save()
    pen.scale(ratio, ratio)
    paintFacade(pen, layout, shift)
    pen.restore()
    texture.refresh()
    return this.add.image(0, 0, key).setOrigin(0, 0).setDepth(0)
  }

  private fadeOut(image: Phaser.GameObjects.Image | undefined): void {
    if (!image) return
    image.setDepth(0.5)
    const lasts = this.inputs.reducedMotion() ? CROSS_FADE : TRUTH
    this.show(
      lasts,
      (share) => image.setAlpha(1 - share),
      () => image.destroy(),
    )
  }

  private hangDashes(): void {
    const { layout } = this
    if (!layout) return
    const reduced = this.inputs.reducedMotion()
    const dash = this.atlas?.bake('dash', { left: -7, top: -6, width: 14, height: 12 }, 1, (pen) => {
      pen.strokeStyle = '#a9b9ff'
      pen.lineWidth = 2.6
      pen.lineCap = 'round'
      pen.stroke(new Path2D(reduced ? 'M-4 -4L3 0L-4 4' : 'M-5 0H5'))
    })
    const wires = layout.clients.length > 0 ? layout.clients.map(({ wire }) => wire) : [layout.road]
    for (const [index, wire] of wires.entries()) {
      // The last stretch is shared: only the first wire's dashes run along it.
      const share = index === 0 ? 1 : 1 / wire.length
      const count = Math.max(4, Math.round((layout.size.width * 0.42 * share) / (reduced ? 60 : 26)))
      for (let number = 0; number < count; number++) {
        const image = this.sprite(dash, 1)
        if (image) this.dashes.push({ image, wire: share === 1 ? wire : wire.slice(0, 1), offset: number / count })
      }
    }
    this.moveDashes(0)
  }

  /** The arm of the gatehouse's barrier, down. */
  private hangBarrier(shift: Shift): void {
    this.arm = undefined
    if (!this.layout || !hasGate(shift)) return
    const { hinge, reach } = gatePlace(this.layout)
    this.arm = this.sprite(
      this.atlas?.bake(`arm ${reach.toFixed(0)}`, { left: -16, top: -10, width: reach + 22, height: 20 }, 1, (pen) =>
        paintArm(pen, reach),
      ),
      4,
    )
    this.put(this.arm, hinge)
  }

  private get closeUpPace(): CloseUpPace {
    return {
      comes: this.inputs.reducedMotion() ? CROSS_FADE : FORWARD,
      goesBack: this.layout?.portrait ?? false,
    }
  }

  /** The window with its five fields that the camera goes back to after a bet on a crowd. */
  private hangCloseUp(shift: Shift): void {
    const socket = closeUpOf(shift)
    this.closeUp = undefined
    if (!this.layout || !socket) return
    const place = closeUpPlace(this.layout)
    const { protocol, source, destination } = socket
    const text = words.stage.closeUp
    const image = this.sprite(
      this.atlas?.bake('close-up', { left: 0, top: 0, ...CLOSE_UP }, place.width / CLOSE_UP.width, (pen) =>
        paint.closeUp(pen, [
          { name: text.protocol, value: protocol.toUpperCase() },
          { name: text.localAddress, value: destination.address },
          { name: text.localPort, value: String(destination.port) },
          { name: text.remoteAddress, value: source.address },
          { name: text.remotePort, value: String(source.port) },
        ]),
      ),
      6.5,
    )
    if (!image) return
    this.closeUp = { image: image.setOrigin(0.5), place }
    this.moveCloseUp()
  }

  /** It grows out of the sky of lights; under reduced motion it fades in where it stands. A held parcel has the wall free. */
  private moveCloseUp(): void {
    const { closeUp, layout } = this
    if (!closeUp || !layout) return
    const { image, place } = closeUp
    const { building: b, portrait } = layout
    const way = cameForward(this.closeUpAge, this.closeUpPace)
    const far = this.inputs.reducedMotion() ? 1 : way
    const [x, y] = [b.x + b.width * 0.5, b.y + b.height * 0.4]
    this.put(image, {
      x: x + (place.x + place.width / 2 - x) * far,
      y: y + (place.y + place.height / 2 - y) * far,
    })
    image
      .setScale(0.03 + 0.97 * far)
      .setAlpha(this.inputs.reducedMotion() ? way : Math.min(1, way * 4))
      .setVisible(way > 0 && !(portrait && this.inputs.hand.getState().held))
  }

  /** The barrier lifts for what is let in, and falls again. */
  private liftBarrier(): void {
    const { arm } = this
    if (!arm || this.inputs.reducedMotion()) return
    this.show(
      LIFTED,
      (share) => arm.setRotation(-1.1 * Math.min(1, share * 6) * Math.min(1, (1 - share) * 4)),
      () => arm.setRotation(0),
    )
  }

  private moveDashes(delta: number): void {
    const step = this.inputs.reducedMotion() ? 0 : delta / 9000
    for (const dash of this.dashes) {
      dash.offset = (dash.offset + step) % 1
      const here = along(dash.wire, dash.offset)
      const ahead = along(dash.wire, Math.min(1, dash.offset + 0.01))
      const behind = along(dash.wire, Math.max(0, dash.offset - 0.01))
      this.put(dash.image, here)
      dash.image.setRotation(Math.atan2(ahead.y - behind.y, ahead.x - behind.x))
    }
  }

  private hangLamps(): void {
    if (!this.layout) return
    const on = this.bake('lamp on', 16, 1, (pen) => {
      paint.glow(pen, 0, 0, 16, 0.9)
      pen.fillStyle = '#ffe7ad'
      pen.beginPath()
      pen.arc(0, 0, 4, 0, 7)
      pen.fill()
    })
    const off = this.bake('lamp off', 16, 1, (pen) => {
      pen.fillStyle = '#1c2654'
      pen.strokeStyle = '#2f3c7c'
      pen.beginPath()
      pen.arc(0, 0, 4, 0, 7)
      pen.fill()
      pen.stroke()
    })
    for (const point of roofLamps(this.layout)) {
      const dark = this.sprite(off, 1)
      const lit = this.sprite(on, 2)
      this.put(dark, point)
      this.put(lit, point)
      if (lit) this.lamps.push(lit)
    }
    this.showStreak(this.inputs.shift.getState().shift)
  }

  /** Lamps along the roof light one by one with the streak; at ten the whole line glows. */
  private showStreak({ streak }: Shift, before = 0): void {
    const lit = (count: number) => (count >= 10 ? this.lamps.length : count)
    const light = (count: number) => this.lamps.forEach((lamp, index) => lamp.setVisible(index < count))
    if (streak > 0 || before === 0 || this.inputs.reducedMotion()) return light(lit(streak))
    // A miss puts them out one by one, the last first.
    this.show(GOING_OUT, (share) => light(Math.ceil(lit(before) * (1 - share))))
  }

  private showWindows(shift: Shift, all: boolean): void {
    const { layout, atlas } = this
    if (!layout || !atlas) return
    for (const old of [...this.counts, ...this.panes]) old.destroy()
    this.counts = []
    this.panes = []
    const lit = atlas.bake('pane', { left: -6, top: -6, width: 29, height: 33 }, layout.scale, paint.pane)
    const kept = new Set<string>()
    for (const [index, place] of layout.doors.entries()) {
      const door = doorsOf(shift)[index]
      for (const [order, { id, rect }] of place.windows.entries()) {
        const peer = door?.windows.find((socket) => socket.id === id)?.peer
        if (!peer) continue
        kept.add(id)
        const baked = atlas.bake(
          `window ${id} ${rect.width.toFixed(1)}`,
          { left: -10, top: -10, width: 98, height: 60 },
          rect.width / 78,
          (pen) => paint.windowPane(pen, peer.address, `:${peer.port}`, door?.windows[order]?.state === 'TIME-WAIT'),
        )
        const image = this.windows.get(id) ?? this.sprite(baked, 2)
        if (!image) continue
        const isNew = !this.windows.has(id)
        this.windows.set(id, image)
        this.put(image, rect)
        if (isNew && !all) this.lightUp(image, rect, peer.address)
      }
      if (place.frame) {
        const empty = this.sprite(
          atlas.bake(
            `frame ${place.frame.width.toFixed(1)}`,
            { left: -4, top: -4, width: 88, height: 50 },
            place.frame.width / 78,
            paint.frame,
          ),
          1,
        )
        this.put(empty, place.frame)
        if (empty) this.panes.push(empty)
      }
      for (const rect of place.panes) {
        const image = this.sprite(lit, 2)
        this.put(image, rect)
        if (image) this.panes.push(image)
      }
      if (place.more && place.hidden > 0) {
        const size = Math.max(13, 15 * layout.scale)
        const text = this.add.text(0, 0, `+${place.hidden}`, {
          fontFamily: paint.NUMBERS,
          fontSize: `${size * this.ratio}px`,
          fontStyle: '800',
          color: '#2a2008',
          backgroundColor: '#ffd479',
          padding: { x: 6 * this.ratio, y: 2 * this.ratio },
        })
        text.setOrigin(0.5).setDepth(3)
        this.counts.push(text)
        const { x, y, width, height } = place.more
        text.setPosition((x + width / 2) * this.ratio, (y + height / 2) * this.ratio)
      }
    }
    for (const [id, image] of this.windows) {
      if (kept.has(id)) continue
      this.windows.delete(id)
      this.goDark(image)
    }
  }

  /** A connection is over: its light goes out slowly. */
  private goDark(image: Phaser.GameObjects.Image): void {
    this.show(
      this.inputs.reducedMotion() ? CROSS_FADE : SHUT,
      (share) => image.setAlpha(1 - share),
      () => image.destroy(),
    )
  }

  /**
   * The handshake in three steps: the SYN is in, the blinds are half down; SYN-ACK goes out to the caller; its ACK comes back
   * and the window is lit (RFC 9293 section 3.5).
   */
  private lightUp(image: Phaser.GameObjects.Image, rect: Rect, caller: string): void {
    const { layout, atlas } = this
    image.setAlpha(0)
    if (!layout || this.inputs.reducedMotion()) {
      this.show(
        CROSS_FADE,
        (share) => image.setAlpha(share),
        () => image.setAlpha(1),
      )
      return
    }
    const scale = rect.width / 78
    const blinds = this.sprite(
      atlas?.bake(`blinds ${rect.width.toFixed(1)}`, { left: -2, top: -2, width: 82, height: 42 }, scale, paint.blinds),
      3,
    )
    this.put(blinds, rect)
    const step = (text: string) =>
      this.sprite(
        atlas?.bake(`slip ${text}`, { left: -50, top: -24, width: 100, height: 48 }, layout.parcel.width / 82, (pen) =>
          paint.slip(pen, text),
        ),
        8,
      )?.setVisible(false)
    const [synAck, ack] = [step('SYN-ACK'), step('ACK')]
    const wire = layout.clients.find(({ address }) => address === caller)?.wire ?? layout.road
    const window = { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 }
    const fly = (slip: Phaser.GameObjects.Image | undefined, out: number) => {
      const far = along(wire, Math.max(0.25, 1 - out))
      const near = Math.max(0, 1 - out * 2.2)
      slip?.setVisible(out > 0 && out < 1).setScale(0.72)
      this.put(slip, { x: far.x + (window.x - far.x) * near, y: far.y + (window.y - far.y) * near })
    }
    this.show(
      HANDSHAKE,
      (share) => {
        fly(synAck, share / 0.45)
        fly(ack, share < 0.45 ? 0 : 1 - (share - 0.45) / 0.4)
        const lit = Math.max(0, (share - 0.82) / 0.18)
        image.setAlpha(lit)
        blinds?.setAlpha(1 - lit)
      },
      () => {
        image.setAlpha(1)
        for (const part of [blinds, synAck, ack]) part?.destroy()
      },
    )
  }

  /** The wire a packet comes along: its sender's, or the big road. */
  private wireOf(arrival: Arrival): readonly Span[] {
    const source = packetOf(arrival)?.source
    return this.layout?.clients.find(({ address }) => address === source)?.wire ?? this.layout?.road ?? []
  }

  private itemOf(arrival: Arrival): Phaser.GameObjects.Image | undefined {
    const { layout } = this
    if (!layout) return undefined
    const { shift } = this.inputs.shift.getState()
    const look = itemLook(arrival, shift)
    const scale = layout.parcel.width / 64
    const baked = this.atlas?.bake(
      `item ${look.shape} ${look.tag} ${look.again}`,
      { left: -40, top: -32, width: 80, height: 66 },
      scale,
      (pen) => paint.item(pen, look),
    )
    return this.sprite(baked, 5)
  }

  /** Where on its wire the nth waiting packet stands: the first at the desk, the others behind it. */
  private slot(index: number, count: number): number {
    return index === 0 ? 1 : 0.8 - (index - 1) * Math.min(0.26, 0.76 / Math.max(1, count - 1))
  }

  private showParcels(shift: Shift, atOnce: boolean): void {
    const { waiting } = shift
    const here = new Set(waiting.map(({ id }) => id))
    for (const [id, seen] of this.parcels) {
      if (here.has(id)) continue
      seen.image.destroy()
      this.parcels.delete(id)
    }
    waiting.forEach((arrival, index) => {
      if (this.parcels.has(arrival.id)) return
      const image = this.itemOf(arrival)
      if (!image) return
      const wire = this.wireOf(arrival)
      const at = atOnce ? this.slot(index, waiting.length) : 0
      this.parcels.set(arrival.id, { image, wire, at, rested: atOnce ? SETTLE : 0, ...along(wire, at) })
    })
  }

  private show(lasts: number, draw: (share: number) => void, end: () => void = () => undefined): void {
    draw(0)
    this.shows.push({ age: 0, lasts, draw, end })
  }

  /** Shows what a step changed. All that moves here is about something that has already happened. */
  private follow(before: Shift, after: Shift): void {
    const { layout } = this
    if (!layout) return
    // Whatever still moves gives way to the next input.
    for (const show of this.shows.splice(0)) {
      show.draw(1)
      show.end()
    }
    const steps = changes(before, after)
    if (steps.length === 0) return
    for (const step of steps) {
      this.inputs.sound.play(step, after)
      if (step.kind === 'decided') {
        if (isLetIn(step.decision)) this.liftBarrier()
        this.showDecision(step.decision, after)
      }
    }
    this.shown = after
    this.showStreak(after, before.streak)
    const doors = doorsOf(after)
    const [oldDoors, oldWave] = [doorsOf(before), waveOf(before)]
    const rebuilt =
      doors.length !== oldDoors.length ||
      doors.some(({ id }, index) => id !== oldDoors[index]?.id) ||
      waveOf(after).plates !== oldWave.plates ||
      crowdOf(after) !== crowdOf(before) ||
      after.host.name !== before.host.name ||
      hasGate(after) !== hasGate(before)
    const comes = closeUpOf(after) !== undefined && closeUpOf(before) === undefined
    // Under reduced motion the counter does not run either.
    if (comes) this.closeUpAge = this.inputs.reducedMotion() ? RUN : 0
    const next = layoutStage(layout.size, stageFacts(after))
    const moved = next.doors.some(({ arch, windows }, index) => {
      const old = layout.doors[index]
      const resized = windows[0] && old?.windows[0] && windows[0].rect.width !== old.windows[0].rect.width
      return resized || Math.abs(arch.x - (old?.arch.x ?? 0)) > 0.5
    })
    if (rebuilt || moved) {
      this.build(layout.size.width, layout.size.height, this.ratio)
      // From outside one saw what one had learned: in the end the true building fades in over it.
      if (after.finished && oldWave.outside) this.fadeOut(this.paintStill('facade map', layout, before))
      return
    }
    this.layout = next
    if (comes) this.hangCloseUp(after)
    else if (this.closeUp && !closeUpOf(after)) {
      this.goDark(this.closeUp.image)
      this.closeUp = undefined
    }
    this.showWindows(after, false)
    this.showParcels(after, false)
    this.atlas?.flush()
  }

  private showDecision({ arrival, choice, right, answer }: Decision, after: Shift): void {
    const { layout } = this
    const seen = this.parcels.get(arrival.id)
    if (!layout || !seen) return
    this.parcels.delete(arrival.id)
    const reduced = this.inputs.reducedMotion()
    const { image } = seen
    const from = { x: seen.x, y: seen.y }
    const chosen = 'socket' in choice ? choice.socket : undefined
    const place = layout.doors.find(
      ({ id, windows }) => id === chosen || windows.some((window) => window.id === chosen),
    )
    const gone = () => image.destroy()
    if (reduced) {
      this.show(CROSS_FADE, (share) => image.setAlpha(1 - share), gone)
      if (right && place) this.openDoor(place, after, CROSS_FADE)
      return
    }
    if (right && place) {
      const to = { x: place.arch.x + place.arch.width / 2, y: place.arch.y + place.arch.height * 0.62 }
      this.openDoor(place, after, SHUT)
      this.show(
        OPENING + THROUGH,
        (share) => {
          const way = ease(share)
          this.put(image, { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way })
          image.setScale(1 - way * 0.62).setAlpha(share > 0.8 ? (1 - share) * 5 : 1)
        },
        gone,
      )
      return
    }
    const text = answer ? answerWord(answer.transport) : undefined
    if (!text) {
      // Silence: it sinks, and a breath of wind takes it.
      this.show(
        FLIGHT,
        (share) => {
          this.put(image, { x: from.x - share * 30, y: from.y + share * share * layout.parcel.height * 1.2 })
          image.setAlpha(1 - share)
        },
        gone,
      )
      return
    }
    const slip = this.sprite(
      this.atlas?.bake(
        `slip ${text}`,
        { left: -50, top: -24, width: 100, height: 48 },
        layout.parcel.width / 82,
        (pen) => paint.slip(pen, text),
      ),
      7,
    )?.setRotation(-0.14)
    const wire = seen.wire
    const stop =
      place && !right ? { x: place.arch.x + place.arch.width / 2, y: place.arch.y + place.arch.height } : from
    this.show(
      STOPPED + FLIGHT,
      (share) => {
        const stopped = STOPPED / (STOPPED + FLIGHT)
        if (share < stopped) {
          const reach = share / stopped
          const here = { x: from.x + (stop.x - from.x) * reach, y: from.y + (stop.y - from.y) * reach }
          this.put(image, here)
          this.put(slip, here)
          slip?.setScale(2 - reach)
          return
        }
        const back = ease((share - stopped) / (1 - stopped))
        const target = along(wire, 1 - back * 0.75)
        const start = Math.max(0, 1 - back * 3)
        const here = { x: target.x + (stop.x - target.x) * start, y: target.y + (stop.y - target.y) * start }
        this.put(image, here)
        this.put(slip, here)
        image.setAlpha(1 - back ** 3)
        slip?.setScale(1).setAlpha(1 - back ** 5)
      },
      () => {
        gone()
        slip?.destroy()
      },
    )
  }

  /** The door opens, light falls on the street, it closes again. */
  private openDoor(place: DoorPlace, shift: Shift, lasts: number): void {
    const { layout } = this
    const door = doorsOf(shift).find(({ id }) => id === place.id)
    if (!layout || !door) return
    const leaf = this.sprite(this.openLeaf(door), 3)
    const light = this.sprite(
      this.atlas?.bake('cone', { left: -56, top: 0, width: 186, height: 150 }, layout.scale, (pen) => {
        pen.translate(-56, 0)
        paint.cone(pen)
      }),
      3,
    )
    this.put(leaf, place.arch)
    this.put(light, { x: place.arch.x, y: place.arch.y + place.arch.height })
    this.show(
      lasts,
      (share) => {
        const open = Math.min(1, (share * lasts) / OPENING) * Math.min(1, (1 - share) * 3)
        leaf?.setAlpha(open)
        light?.setAlpha(open * 0.9)
      },
      () => {
        leaf?.destroy()
        light?.destroy()
      },
    )
  }

  private openLeaf(door: Door): Baked | undefined {
    return this.atlas?.bake(
      `open ${door.family} ${door.port}`,
      { left: 0, top: 0, width: 74, height: 128 },
      this.layout?.scale ?? 1,
      (pen) => {
        paint.openDoor(pen, door.family)
        const named = waveOf(this.inputs.shift.getState().shift).plates === 'name'
        paint.plate(pen, lookOf(door, named).plate, 66)
      },
    )
  }

  override update(_time: number, elapsed: number): void {
    const delta = elapsed * this.inputs.speed()
    const { layout } = this
    if (!layout || !this.shown) return
    const reduced = this.inputs.reducedMotion()
    this.clock += delta
    this.drawn++
    const { shows } = this
    for (const show of shows) {
      show.age += delta
      const share = Math.min(1, show.age / show.lasts)
      show.draw(share)
      if (share < 1) continue
      show.end()
      this.shows = this.shows.filter((other) => other !== show)
    }
    if (!reduced) this.moveDashes(delta)
    // As the counter does, it takes the time that has really passed.
    this.closeUpAge += this.game.loop.rawDelta
    this.moveCloseUp()
    this.moveParcels(delta, reduced)
    this.leanDoors(delta, reduced)
    this.showHelp(reduced)
    this.liftPlate()
    this.walkCat(reduced)
  }

  private moveParcels(delta: number, reduced: boolean): void {
    const { layout } = this
    if (!layout || !this.shown) return
    const { waiting } = this.shown
    const { held } = this.inputs.hand.getState()
    const length = Math.max(200, layout.size.width * 0.5)
    waiting.forEach((arrival, index) => {
      const seen = this.parcels.get(arrival.id)
      if (!seen) return
      const target = this.slot(index, waiting.length)
      const left = target - seen.at
      // Full speed, and easing out over the last 80 pixels.
      const pace = Math.min(1, Math.max(0.12, (Math.abs(left) * length) / 80))
      const step = (SPEED / length) * (delta / 1000) * pace
      seen.at = reduced || Math.abs(left) <= step ? target : seen.at + Math.sign(left) * step
      const rest = along(seen.wire, seen.at)
      const atDesk = index === 0 ? Math.max(0, (seen.at - 0.8) / 0.2) : 0
      const place = {
        x: rest.x + (layout.desk.x - rest.x) * atDesk,
        y: rest.y + layout.parcel.height * 0.42 * (1 - atDesk) + (layout.desk.y - rest.y) * atDesk,
      }
      if (index === 0 && held) {
        const follow = reduced ? 1 : 1 - Math.exp(-delta / LAG)
        const before = seen.x
        seen.x += (held.x - seen.x) * follow
        seen.y += (held.y - seen.y) * follow
        const tilt = reduced ? 0 : Math.max(-TILT, Math.min(TILT, (seen.x - before) * 0.02))
        seen.image.setRotation(tilt).setScale(1.08).setDepth(9)
      } else {
        seen.x = place.x
        seen.y = place.y
        const flutter = !reduced && packetOf(arrival)?.transport.protocol === 'udp' && index > 0
        const sway = flutter ? Math.sin(this.clock / 260 + index) * 0.09 : 0
        seen.rested = index === 0 && left === 0 ? seen.rested + delta : 0
        const settling = reduced ? 0 : OVERSHOOT * Math.sin(Math.PI * Math.min(1, seen.rested / SETTLE))
        seen.image
          .setRotation(sway)
          .setScale(index === 0 ? 1 + settling : 0.74)
          .setDepth(6 - Math.min(1, index * 0.01))
      }
      this.put(seen.image, seen)
    })
  }

  /** Doors within reach lean a little towards the parcel in the hand, and stand straight again when it is gone. */
  private leanDoors(delta: number, reduced: boolean): void {
    const { layout, shown } = this
    const { held } = this.inputs.hand.getState()
    if (!layout || !shown || reduced) return
    const near = held ? doorsNear(layout, held) : []
    for (const place of near)
      if (!this.leaning.has(place.id)) {
        const door = doorsOf(shown).find(({ id }) => id === place.id)
        const image = door?.kind === 'listening' ? this.sprite(this.shutLeaf(door, place), 1.5) : undefined
        if (image) this.leaning.set(place.id, { image, x: 0, y: 0 })
      }
    this.atlas?.flush()
    const follow = 1 - Math.exp(-delta / LAG)
    for (const [id, leaning] of this.leaning) {
      const place = layout.doors.find((one) => one.id === id)
      const to = place && held && near.includes(place) ? lean(place, held) : { x: 0, y: 0 }
      leaning.x += (to.x - leaning.x) * follow
      leaning.y += (to.y - leaning.y) * follow
      if (place) this.put(leaning.image, { x: place.arch.x + leaning.x, y: place.arch.y + leaning.y })
      if (place && (near.includes(place) || Math.hypot(leaning.x, leaning.y) > 0.05)) continue
      leaning.image.destroy()
      this.leaning.delete(id)
    }
  }

  private shutLeaf(door: Door, { plate }: DoorPlace): Baked | undefined {
    const scale = this.layout?.scale ?? 1
    const look = lookOf(door, waveOf(this.inputs.shift.getState().shift).plates === 'name')
    const wide = plate.width / scale
    return this.atlas?.bake(
      `leaf ${door.id} ${look.plate} ${wide.toFixed(1)}`,
      { left: -12, top: -2, width: 98, height: 132 },
      scale,
      (pen) => paint.leaf(pen, look, wide, scale),
    )
  }

  /** The plate that glows while the player is helped, and the door that opens a hand's breadth under a held parcel. */
  private showHelp(reduced: boolean): void {
    const { glow, near } = this.inputs.hand.getState()
    const helped = this.layout?.doors.find(({ id }) => id === glow)
    const window = this.layout?.doors.flatMap(({ windows }) => windows).find(({ id }) => id === glow)?.rect
    this.plateGlow?.setVisible(helped !== undefined || window !== undefined)
    if (window) {
      this.put(this.plateGlow, { x: window.x + window.width / 2, y: window.y + window.height / 2 })
      this.plateGlow
        ?.setAlpha(reduced ? 0.8 : 0.6 + 0.3 * Math.sin(this.clock / 420))
        .setScale(window.width / 92, window.height / 60)
    }
    if (helped && this.layout) {
      this.put(this.plateGlow, {
        x: helped.plate.x + helped.plate.width / 2,
        y: helped.plate.y + helped.plate.height / 2,
      })
      this.plateGlow
        ?.setAlpha(reduced ? 0.7 : 0.5 + 0.3 * Math.sin(this.clock / 420))
        .setScale(this.layout.scale * 1.05)
    }
    const place = this.layout?.doors.find(({ id }) => id === near)
    const door = this.shown && doorsOf(this.shown).find(({ id }) => id === near)
    const leaf = door?.kind === 'listening' ? this.openLeaf(door) : undefined
    this.ajar?.setVisible(leaf !== undefined)
    if (leaf && place) {
      this.atlas?.flush()
      this.ajar?.setFrame(leaf.frame).setOrigin(0, 0).setAlpha(0.45)
      const { x, y } = this.leaning.get(place.id) ?? { x: 0, y: 0 }
      this.put(this.ajar, { x: place.arch.x + x, y: place.arch.y + y })
    }
  }

  /** The plate of the door that has the focus, or the pointer over it, is lifted a little. */
  private liftPlate(): void {
    const { focused } = this.inputs.hand.getState()
    const { layout, shown } = this
    const place = layout?.doors.find(({ id }) => id === focused)
    const door = shown && doorsOf(shown).find(({ id }) => id === focused)
    const lifts = place !== undefined && door?.kind === 'listening'
    this.lifted?.setVisible(lifts)
    if (!lifts || !layout || !shown) return
    const { plate } = lookOf(door, waveOf(shown).plates === 'name')
    const wide = place.plate.width / layout.scale
    const baked = this.atlas?.bake(
      `plate ${plate} ${wide.toFixed(1)}`,
      { left: -12, top: 32, width: 98, height: 52 },
      layout.scale * 1.04,
      (pen) => paint.plate(pen, plate, wide),
    )
    this.atlas?.flush()
    if (!baked) return
    this.lifted?.setFrame(baked.frame).setOrigin(baked.originX, baked.originY)
    this.put(this.lifted, { x: place.arch.x - 1.5 * layout.scale, y: place.arch.y - LIFT - 2.2 * layout.scale })
  }

  /** Once in three minutes a cat crosses the roof. */
  private walkCat(reduced: boolean): void {
    const { layout, cat } = this
    const every = 180_000
    const walk = 16_000
    const at = (this.clock % every) - (every - walk) * 0.4
    const walking = !reduced && at > 0 && at < walk
    cat?.setVisible(walking)
    if (!layout || !walking) return
    const { building: b } = layout
    this.put(cat, {
      x: b.x + (b.width - 30) * (at / walk),
      y: b.y - Math.max(14, b.y * 0.32) - (layout.portrait ? 14 : 20) + Math.abs(Math.sin(at / 150)) * 1.5,
    })
  }
}

function itemLook(arrival: Arrival, shift: Shift): paint.ItemLook {
  const { attempt } = arrival
  const again = attempt > 1
  if (arrival.asks === 'bind') return { shape: 'request', tag: `:${arrival.request.local.port || '?'}`, again }
  if (arrival.asks === 'connect') return { shape: 'request', tag: `>${arrival.target.port}`, again }
  if (arrival.asks === 'count') return { shape: 'request', tag: '?', again }
  const packet = packetOf(arrival)
  if (!packet) return { shape: 'request', tag: arrival.asks === 'tell' ? '?' : '!', again: false }
  const tuple = tupleOf(packet)
  const shape = tuple ? (tuple.protocol === 'tcp' ? 'parcel' : 'postcard') : 'ping'
  const port = tuple?.destination.port ?? 0
  const named = waveOf(shift).papers === 'name' && tuple && serviceName(tuple.protocol, port)
  const open = viewsOf(shift).includes('fields')
  return { shape, tag: tuple ? (open ? named || `:${port}` : ':?') : isEcho(packet) ? 'ping' : 'ICMP', again }
}

const isEcho = ({ transport }: Packet): boolean => 'type' in transport && [8, 128].includes(transport.type)

/** True when the gate lets the packet in, whatever was said of it. */
function isLetIn({ arrival, truth, right, choice }: Decision): boolean {
  if (arrival.asks === 'visit') return right === (arrival.who !== 'stranger' && arrival.who !== 'stranger6')
  if (arrival.asks === 'tell' && truth.kind === 'tell')
    return arrival.notes.action === 'accept' || (truth.told.kind === 'say' && truth.told.saying === 'pass')
  return right && choice.kind === 'listener'
}

type Answer = NonNullable<Decision['answer']>['transport']

function answerWord(transport: Answer): string {
  if (transport.protocol === 'tcp') return transport.flags.rst ? 'RST' : 'SYN-ACK'
  return transport.protocol !== 'udp' && [0, 129].includes(transport.type) ? 'reply' : 'ICMP'
}
