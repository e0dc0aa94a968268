import type { ServiceFamily } from '../ports/services'

/** Draws at the origin, in CSS pixels; the canvas is scaled before. */
export type Pen = CanvasRenderingContext2D

export const FAMILY_COLOURS: Record<ServiceFamily, string> = {
  web: '#56b4e9',
  remote: '#e69f00',
  database: '#2fbf8f',
  mail: '#d58bc0',
  naming: '#d9cf3f',
  files: '#6f8cff',
  directory: '#9ad0b0',
  monitoring: '#d0896a',
  messaging: '#b79be8',
  orchestration: '#7fb8c9',
  other: '#9aa6cc',
}

export const NUMBERS = '"Atkinson Hyperlegible Mono Variable", monospace'
export const WORDS = '"Atkinson Hyperlegible Next Variable", sans-serif'

/** A top-to-bottom or left-to-right gradient of the given stops, evenly spaced. */
function ramp(pen: Pen, from: readonly [number, number], to: readonly [number, number], colours: readonly string[]) {
  const gradient = pen.createLinearGradient(...from, ...to)
  colours.forEach((colour, index) => gradient.addColorStop(index / (colours.length - 1), colour))
  return gradient
}

export function glow(pen: Pen, x: number, y: number, radius: number, strength = 1): void {
  const gradient = pen.createRadialGradient(x, y, 0, x, y, radius)
  gradient.addColorStop(0, `rgba(255,212,121,${0.78 * strength})`)
  gradient.addColorStop(0.35, `rgba(255,184,74,${0.28 * strength})`)
  gradient.addColorStop(1, 'rgba(255,184,74,0)')
  pen.fillStyle = gradient
  pen.fillRect(x - radius, y - radius, radius * 2, radius * 2)
}

/** A halo: light around something that itself stays as clear as it was. */
export function halo(pen: Pen, radius: number): void {
  const gradient = pen.createRadialGradient(0, 0, radius * 0.3, 0, 0, radius)
  gradient.addColorStop(0, 'rgba(255,230,160,0)')
  gradient.addColorStop(0.25, 'rgba(255,226,150,.75)')
  gradient.addColorStop(1, 'rgba(255,200,100,0)')
  pen.fillStyle = gradient
  pen.fillRect(-radius, -radius, radius * 2, radius * 2)
}

const brass = (pen: Pen, top: number, bottom: number) =>
  ramp(pen, [0, top], [0, bottom], ['#ffe6ab', '#ecbd58', '#a8792a'])

/** A doorway's outline: straight sides under a round arch. */
export function archPath(pen: Pen, x: number, y: number, width: number, height: number): void {
  const radius = width / 2
  pen.beginPath()
  pen.moveTo(x, y + height)
  pen.lineTo(x, y + radius)
  pen.arc(x + radius, y + radius, radius, Math.PI, 0)
  pen.lineTo(x + width, y + height)
  pen.closePath()
}

/** The sign of a service family, 20 units wide around the origin. */
export function familyIcon(pen: Pen, family: ServiceFamily, colour: string): void {
  pen.strokeStyle = colour
  pen.fillStyle = colour
  pen.lineWidth = 2
  pen.lineCap = 'round'
  pen.lineJoin = 'round'
  const path = (text: string) => pen.stroke(new Path2D(text))
  switch (family) {
    case 'web':
      return path('M9 0A9 9 0 1 1 -9 0A9 9 0 1 1 9 0M-9 0H9M0 -9C-6 -3 -6 3 0 9C6 3 6 -3 0 -9')
    case 'remote':
      return path('M-8 -6L-1 0L-8 6M1 7H9')
    case 'database':
      return path('M-8 -6A8 3 0 0 1 8 -6A8 3 0 0 1 -8 -6V6C-8 10 8 10 8 6V-6M-8 0C-8 4 8 4 8 0')
    case 'mail':
      return path('M-9 -6H9V7H-9ZM-9 -5L0 2L9 -5')
    case 'naming':
      return path('M-9 -5H6L10 0L6 5H-9ZM-5 0H2')
    case 'files':
      return path('M-9 -6H-2L0 -3H9V7H-9Z')
    case 'directory':
      return path('M-8 -8H6A3 3 0 0 1 8 -5V8H-6A2 2 0 0 1 -8 6ZM-3 -3H4M-3 1H4')
    case 'monitoring':
      return path('M-10 1H-5L-2 -7L2 7L5 1H10')
    case 'messaging':
      return path('M-9 -7H9V4H0L-5 9V4H-9Z')
    case 'orchestration':
      return path('M0 -9L8 -4.500V4.500L0 9L-8 4.500V-4.500ZM0 0L8 -4.500M0 0L-8 -4.500M0 0V9')
    case 'other':
      return path('M-6 -6L6 6M6 -6L-6 6M0 -9V9M-9 0H9')
  }
}

export interface DoorLook {
  readonly family: ServiceFamily
  readonly udp: boolean
  readonly plate: string
  readonly name: string
  readonly protocol: string
  readonly key: string | undefined
  readonly kind: 'listening' | 'brick' | 'out'
}

/** A door of scale 1 at its arch's corner: 74 by 128, with what stands around it. */
export function door(pen: Pen, look: DoorLook, plateWidth: number, scale: number): void {
  if (look.kind === 'brick') return brickDoor(pen, look, scale)
  const lit = look.kind === 'listening'
  // Surround with keystone
  pen.fillStyle = ramp(pen, [-9, 0], [83, 0], ['#53639f', '#6a7bc4', '#414f88'])
  archPath(pen, -9, -9, 92, 137)
  pen.fill()
  pen.strokeStyle = '#7d8fd6'
  pen.lineWidth = 1.4
  pen.stroke()
  pen.fillStyle = '#7485cc'
  pen.fill(new Path2D('M28 -15H46L42 6H32Z'))
  // Leaf
  archPath(pen, 0, 0, 74, 128)
  pen.save()
  pen.clip()
  pen.fillStyle = lit ? FAMILY_COLOURS[look.family] : '#26315d'
  pen.fillRect(0, 0, 74, 128)
  pen.fillStyle = ramp(
    pen,
    [0, 0],
    [74, 0],
    ['rgba(6,10,26,.5)', 'rgba(6,10,26,.06)', 'rgba(6,10,26,.12)', 'rgba(6,10,26,.55)'],
  )
  pen.fillRect(0, 0, 74, 128)
  pen.fillStyle = ramp(pen, [0, 0], [0, 128], ['rgba(255,236,190,.34)', 'rgba(255,236,190,0)', 'rgba(6,10,26,.22)'])
  pen.fillRect(0, 0, 74, 128)
  pen.strokeStyle = 'rgba(10,15,38,.42)'
  pen.fillStyle = 'rgba(10,15,38,.16)'
  pen.lineWidth = 1.6
  if (look.udp) {
    // A postcard door: one leaf with a letter slot.
    pen.beginPath()
    pen.roundRect(12, 80, 50, 40, 4)
    pen.fill()
    pen.stroke()
    pen.fillStyle = brass(pen, 92, 104)
    pen.beginPath()
    pen.roundRect(20, 92, 34, 11, 3)
    pen.fill()
    pen.fillStyle = '#150f04'
    pen.fillRect(24, 96, 26, 3.4)
  } else {
    pen.beginPath()
    pen.rect(10, 80, 22, 40)
    pen.rect(42, 80, 22, 40)
    pen.fill()
    pen.stroke()
    pen.beginPath()
    pen.moveTo(37, 0)
    pen.lineTo(37, 128)
    pen.stroke()
    pen.fillStyle = brass(pen, 70, 78)
    pen.beginPath()
    pen.arc(65, 76, 3.4, 0, 7)
    pen.fill()
  }
  pen.restore()
  pen.save()
  pen.translate(37, 23)
  familyIcon(pen, look.family, '#0d1430')
  pen.restore()
  steps(pen)
  lamp(pen, lit)
  plate(pen, look.plate, plateWidth)
  label(pen, look, scale)
}

/** The leaf and the plate of a door alone, to be moved within its surround. */
export function leaf(pen: Pen, look: DoorLook, plateWidth: number, scale: number): void {
  pen.save()
  archPath(pen, 0, 0, 74, 128)
  pen.clip()
  door(pen, look, plateWidth, scale)
  pen.restore()
  plate(pen, look.plate, plateWidth)
}

function steps(pen: Pen): void {
  pen.fillStyle = ramp(pen, [0, 128], [0, 142], ['#6b7bb8', '#3c497f'])
  pen.fillRect(-12, 128, 98, 7)
  pen.fillStyle = ramp(pen, [0, 135], [0, 142], ['#55649c', '#333f70'])
  pen.fillRect(-20, 135, 114, 7)
}

function lamp(pen: Pen, lit: boolean): void {
  if (lit) glow(pen, 37, -26, 52, 0.95)
  pen.fillStyle = '#0d1430'
  pen.fillRect(33, -41, 8, 7)
  pen.fillStyle = lit ? ramp(pen, [0, -34], [0, -20], ['#fff3d0', '#ffd479']) : '#3a4680'
  pen.strokeStyle = '#0d1430'
  pen.lineWidth = 1.6
  pen.beginPath()
  pen.moveTo(30, -34)
  pen.lineTo(44, -34)
  pen.lineTo(47, -20)
  pen.lineTo(27, -20)
  pen.closePath()
  pen.fill()
  pen.stroke()
}

/** The brass plate with the number. */
export function plate(pen: Pen, text: string, width: number): void {
  const x = 37 - width / 2
  pen.save()
  pen.shadowColor = 'rgba(0,0,0,.55)'
  pen.shadowBlur = 8
  pen.shadowOffsetY = 3
  pen.fillStyle = brass(pen, 42, 71)
  pen.beginPath()
  pen.roundRect(x, 42, width, 29, 4)
  pen.fill()
  pen.restore()
  pen.strokeStyle = '#8a6a1f'
  pen.lineWidth = 1.5
  pen.stroke()
  pen.fillStyle = '#6b4e14'
  for (const screw of [x + 5, x + width - 5]) {
    pen.beginPath()
    pen.arc(screw, 56.5, 1.5, 0, 7)
    pen.fill()
  }
  fit(pen, text, 800, 20, width - 16, NUMBERS)
  pen.fillStyle = '#231a06'
  pen.textAlign = 'center'
  pen.fillText(text, 37, 63.6)
}

/** Sets the largest font up to `size` in which the text is at most `width` wide. */
function fit(pen: Pen, text: string, weight: number, size: number, width: number, family: string): void {
  pen.font = `${weight} ${size}px ${family}`
  const wide = pen.measureText(text).width
  if (wide > width) pen.font = `${weight} ${(size * width) / wide}px ${family}`
}

/** The least size of words on the canvas, in CSS pixels. */
const LEAST_TEXT = 12.5

function label(pen: Pen, { name, protocol, key, kind }: DoorLook, scale: number): void {
  const least = LEAST_TEXT / scale
  const size = Math.max(15.5, least)
  pen.textAlign = 'center'
  pen.fillStyle = kind === 'brick' ? '#b3bedf' : '#eef1fb'
  pen.font = `500 ${size}px ${WORDS}`
  // Bricks say it themselves: their words only stand where they have room at full size.
  const said = kind !== 'brick' || pen.measureText(name).width <= 104
  if (said) {
    fit(pen, name, kind === 'brick' ? 500 : 700, size, kind === 'brick' ? 94 : 106, WORDS)
    pen.fillText(name, 37, 144 + size)
  }
  const small = Math.max(13.5, least)
  fit(pen, protocol, 600, small, 102, NUMBERS)
  pen.fillStyle = '#bac5e8'
  pen.fillText(protocol, 37, 146 + size + small)
  if (!key) return
  const badge = Math.max(22, least * 1.35)
  pen.beginPath()
  pen.roundRect(-12 - badge, 127 - badge, badge, badge, 5)
  pen.fillStyle = '#0b112a'
  pen.fill()
  pen.strokeStyle = '#7d8fd6'
  pen.lineWidth = 1.4
  pen.stroke()
  pen.fillStyle = '#fff'
  pen.font = `800 ${badge * 0.68}px ${NUMBERS}`
  pen.fillText(key, -12 - badge / 2, 127 - badge * 0.27)
}

const BRICKS = ['#6b4250', '#5d3a4b', '#744857', '#644050']

function brickDoor(pen: Pen, look: DoorLook, scale: number): void {
  archPath(pen, -5, -5, 84, 133)
  pen.fillStyle = '#2a2747'
  pen.fill()
  archPath(pen, 0, 0, 74, 128)
  pen.save()
  pen.clip()
  pen.fillStyle = '#33263c'
  pen.fillRect(0, 0, 74, 128)
  for (let row = 0; row < 11; row++)
    for (let column = -1; column < 4; column++) {
      pen.fillStyle = BRICKS[(column + row * 3 + 8) % 4] ?? '#6b4250'
      pen.beginPath()
      pen.roundRect(column * 26 + (row % 2) * 13, row * 12, 24.5, 10.5, 1.5)
      pen.fill()
    }
  pen.fillStyle = ramp(pen, [0, 0], [0, 128], ['rgba(5,8,22,.5)', 'rgba(5,8,22,.1)'])
  pen.fillRect(0, 0, 74, 128)
  pen.restore()
  pen.fillStyle = 'rgba(20,16,32,.82)'
  pen.beginPath()
  pen.roundRect(8, 44, 58, 25, 3)
  pen.fill()
  pen.textAlign = 'center'
  fit(pen, look.plate, 700, 18, 50, NUMBERS)
  pen.fillStyle = '#d8cbd2'
  pen.fillText(look.plate, 37, 63)
  label(pen, look, scale)
}

/** The open leaf with light behind it, laid over a closed door. */
export function openDoor(pen: Pen, family: ServiceFamily): void {
  archPath(pen, 0, 0, 74, 128)
  pen.save()
  pen.clip()
  pen.fillStyle = ramp(pen, [0, 0], [0, 128], ['#ffe9b5', '#fff7e0', '#ffdf97'])
  pen.fillRect(0, 0, 74, 128)
  pen.fillStyle = FAMILY_COLOURS[family]
  pen.fillRect(0, 0, 17, 128)
  pen.fillStyle = ramp(pen, [0, 0], [17, 0], ['rgba(6,10,26,.15)', 'rgba(6,10,26,.6)'])
  pen.fillRect(0, 0, 17, 128)
  pen.restore()
}

/** Light that falls from an open door onto the street; 186 wide, 150 high, its door 56 from the left. */
export function cone(pen: Pen): void {
  pen.fillStyle = ramp(pen, [0, 0], [0, 150], ['rgba(255,223,151,.6)', 'rgba(255,223,151,0)'])
  pen.beginPath()
  pen.moveTo(56, 0)
  pen.lineTo(130, 0)
  pen.lineTo(186, 150)
  pen.lineTo(0, 150)
  pen.closePath()
  pen.fill()
}

/** A window with the label of its connection, 78 by 38: lit, or (TIME-WAIT) dark with a clock on the sill. */
export function windowPane(pen: Pen, address: string, port: string, waits: boolean): void {
  pen.save()
  pen.shadowColor = waits ? 'rgba(0,0,0,.4)' : 'rgba(255,196,90,.85)'
  pen.shadowBlur = waits ? 4 : 9
  pen.fillStyle = ramp(pen, [0, 0], [0, 38], waits ? ['#39437a', '#2a3263'] : ['#ffe6a8', '#ffc95e'])
  pen.beginPath()
  pen.roundRect(0, 0, 78, 38, 3)
  pen.fill()
  pen.restore()
  pen.strokeStyle = '#10183a'
  pen.lineWidth = 2.6
  pen.stroke()
  pen.fillStyle = '#6676b4'
  pen.fillRect(-3, 38.5, 84, 4)
  pen.textAlign = 'center'
  pen.fillStyle = waits ? '#dbe3fb' : '#2a2008'
  // A v4-mapped address stands on two lines: what is the same for all of them, and the address.
  const [, prefix = '', rest = address] = /^(::ffff:)(.+)$/.exec(address) ?? []
  if (prefix) {
    fit(pen, prefix, 600, 9, 73, NUMBERS)
    pen.fillText(prefix, 39, 9)
  }
  fit(pen, rest, 700, prefix ? 10.5 : 12, 73, NUMBERS)
  pen.fillText(rest, 39, prefix ? 19 : 15.5)
  fit(pen, port, 800, prefix ? 14 : 15, waits ? 50 : 72, NUMBERS)
  pen.fillText(port, waits ? 32 : 39, prefix ? 33 : 31.5)
  if (!waits) return
  pen.strokeStyle = '#ffdf97'
  pen.lineWidth = 1.6
  pen.stroke(new Path2D('M72 27A6 6 0 1 1 60 27A6 6 0 1 1 72 27M66 23V27H69'))
}

/** The empty frame of a window that nobody has lit yet, 78 by 38. */
export function frame(pen: Pen): void {
  pen.fillStyle = 'rgba(10,15,38,.5)'
  pen.beginPath()
  pen.roundRect(0, 0, 78, 38, 3)
  pen.fill()
  pen.setLineDash([5, 4])
  pen.strokeStyle = '#9aa8e0'
  pen.lineWidth = 1.8
  pen.stroke()
  pen.setLineDash([])
  pen.fillStyle = '#6676b4'
  pen.fillRect(-3, 38.5, 84, 4)
  pen.stroke(new Path2D('M39 12V26M32 19H46'))
}

/** Blinds half down over a window, 78 by 38: the handshake is under way. */
export function blinds(pen: Pen): void {
  pen.fillStyle = '#141c40'
  pen.beginPath()
  pen.roundRect(0, 0, 78, 38, 3)
  pen.fill()
  for (let slat = 0; slat < 5; slat++) {
    pen.fillStyle = slat % 2 === 0 ? '#7c8ac4' : '#6a78b2'
    pen.fillRect(2, 1 + slat * 4.6, 74, 3.6)
  }
  pen.fillStyle = 'rgba(255,212,121,.5)'
  pen.fillRect(2, 25, 74, 12)
}

/** One of many lights that are too far away for a label. */
export function spark(pen: Pen): void {
  glow(pen, 0, 0, 5, 1)
  pen.fillStyle = '#fff0c4'
  pen.fillRect(-1.2, -1.6, 2.4, 3.2)
}

/** A lit window too small for a label, 17 by 21. */
export function pane(pen: Pen): void {
  pen.save()
  pen.shadowColor = 'rgba(255,196,90,.9)'
  pen.shadowBlur = 7
  pen.fillStyle = ramp(pen, [0, 0], [0, 21], ['#fff0c4', '#ffc95e'])
  pen.fillRect(0, 0, 17, 21)
  pen.restore()
  pen.strokeStyle = '#10183a'
  pen.lineWidth = 1.8
  pen.stroke(new Path2D('M0 0H17V21H0ZM8.500 0V21M0 10.500H17'))
}

export type ItemShape = 'parcel' | 'postcard' | 'ping' | 'request'

export interface ItemLook {
  readonly shape: ItemShape
  readonly tag: string
  readonly again: boolean
}

/** A packet: a sealed parcel (TCP), a postcard (UDP), a bell (ICMP); or a program's request, a form; 64 by 48 around the origin. */
export function item(pen: Pen, { shape, tag, again }: ItemLook): void {
  pen.save()
  pen.shadowColor = 'rgba(0,0,0,.5)'
  pen.shadowBlur = 7
  pen.shadowOffsetY = 4
  pen.fillStyle = ramp(pen, [0, -24], [0, 24], ['#fdf9ec', '#e8dcbf'])
  pen.beginPath()
  if (shape === 'ping') pen.arc(0, -1, 24, 0, 7)
  else pen.roundRect(-32, -24, 64, 46, shape === 'parcel' ? 4 : 1)
  pen.fill()
  pen.restore()
  pen.lineWidth = 2.4
  pen.strokeStyle = { parcel: '#7a5a34', postcard: '#5f86b8', ping: '#7e6bb0', request: '#2f7d6b' }[shape]
  pen.stroke()
  if (shape === 'parcel') {
    pen.strokeStyle = '#c8b98f'
    pen.lineWidth = 1.8
    pen.stroke(new Path2D('M-32 -21L0 1L32 -21'))
    pen.fillStyle = '#a83434'
    pen.beginPath()
    pen.arc(0, -3, 7.4, 0, 7)
    pen.fill()
    pen.fillStyle = '#d65a55'
    pen.beginPath()
    pen.arc(-1, -4, 4.2, 0, 7)
    pen.fill()
  } else if (shape === 'postcard') {
    pen.strokeStyle = '#b9ac86'
    pen.lineWidth = 1.3
    pen.stroke(new Path2D('M2 -20V2M-27 -17H-4M-27 -12H-4M-27 -7H-9'))
    pen.fillStyle = '#4f8f7c'
    pen.fillRect(17, -20, 11, 13)
    pen.strokeStyle = '#fff'
    pen.setLineDash([2, 1.5])
    pen.strokeRect(17, -20, 11, 13)
    pen.setLineDash([])
  } else if (shape === 'request') {
    pen.strokeStyle = '#9fb8a6'
    pen.lineWidth = 1.6
    pen.stroke(new Path2D('M-26 -17H6M-26 -11H14M-26 -5H-2'))
    pen.strokeStyle = '#2f7d6b'
    pen.lineWidth = 2.2
    // A lamp: that is what is asked for.
    pen.stroke(new Path2D('M17 -19H25L28 -8H14ZM21 -23V-19'))
  } else {
    pen.strokeStyle = '#5b4a94'
    pen.lineWidth = 2.2
    pen.stroke(
      new Path2D('M-8 -4C-8 -16 8 -16 8 -4V0H-8ZM-11 0H11M-14 -12C-18 -8 -18 -4 -14 0M14 -12C18 -8 18 -4 14 0'),
    )
  }
  pen.fillStyle = '#1c2236'
  pen.beginPath()
  pen.roundRect(-27, 4, 54, 17, 3)
  pen.fill()
  pen.fillStyle = '#ffdf97'
  pen.textAlign = 'center'
  fit(pen, tag, 800, 15, 50, NUMBERS)
  pen.fillText(tag, 0, 17.6)
  if (!again) return
  pen.save()
  pen.translate(18, -15)
  pen.rotate(-0.25)
  pen.strokeStyle = 'rgba(150,44,32,.85)'
  pen.lineWidth = 1.8
  pen.beginPath()
  pen.arc(0, 0, 9, 0, 7)
  pen.moveTo(-12, -3)
  pen.lineTo(12, -3)
  pen.moveTo(-12, 3)
  pen.lineTo(12, 3)
  pen.stroke()
  pen.restore()
}

/** What the network sends back, 86 by 34 around the origin: a stamp (RST), a note (ICMP), a bell's answer, a window's. */
export function slip(pen: Pen, text: string): void {
  const stamp = text === 'RST'
  pen.fillStyle = stamp ? 'rgba(70,14,12,.92)' : '#f4efe1'
  pen.beginPath()
  pen.roundRect(-43, -17, 86, 34, stamp ? 5 : 2)
  pen.fill()
  pen.strokeStyle = stamp ? '#ff8f7a' : '#6b5aa0'
  pen.lineWidth = 3
  pen.stroke()
  pen.textAlign = 'center'
  pen.fillStyle = stamp ? '#ffd9d1' : '#1c2236'
  fit(pen, text, 800, stamp ? 21 : 15, 74, NUMBERS)
  pen.fillText(text, 0, stamp ? 7.5 : 5.5)
}

/** A cat that walks along the roof, 34 by 22. */
export function cat(pen: Pen): void {
  pen.fillStyle = '#070b1a'
  pen.fill(
    new Path2D(
      'M3 20V12C1 8 0 4 2 1C3 4 4 8 7 10H20C22 8 23 4 24 3L26 6H29L31 3C33 7 32 11 29 13L28 20H25L24 15H10L8 20Z',
    ),
  )
}

/** A pane of the large window: what a field is called, and what stands in it. */
export interface Field {
  readonly name: string
  readonly value: string
}

/** One window so near that its five fields have a pane each, 260 by 182: the protocol, the own end, the remote end. */
export function closeUp(pen: Pen, [protocol, ...ends]: readonly Field[]): void {
  pen.save()
  pen.shadowColor = 'rgba(255,196,90,.8)'
  pen.shadowBlur = 16
  pen.fillStyle = '#10183a'
  pen.beginPath()
  pen.roundRect(10, 8, 240, 158, 6)
  pen.fill()
  pen.restore()
  const light = (field: Field | undefined, x: number, y: number, width: number, height: number) => {
    if (!field) return
    pen.fillStyle = ramp(pen, [0, y], [0, y + height], ['#ffedbe', '#ffc95e'])
    pen.beginPath()
    pen.roundRect(x, y, width, height, 2)
    pen.fill()
    pen.textAlign = 'left'
    pen.fillStyle = '#4a3a10'
    fit(pen, field.name, 600, 11, width - 12, WORDS)
    pen.fillText(field.name, x + 6, y + 14)
    pen.fillStyle = '#231a06'
    fit(pen, field.value, 800, 20, width - 12, NUMBERS)
    pen.fillText(field.value, x + 6, y + height - 9)
  }
  light(protocol, 15, 13, 230, 46)
  ends.forEach((field, index) => {
    const second = index % 2 === 1
    light(field, second ? 163 : 15, index < 2 ? 64 : 115, second ? 82 : 143, 46)
  })
  pen.fillStyle = ramp(pen, [0, 166], [0, 175], ['#8c9bdb', '#4b5890'])
  pen.fillRect(3, 166, 254, 9)
}

/** How many windows have no room, as a small sign around a point. */
export function count(pen: Pen, text: string, x: number, y: number): void {
  pen.font = `800 15px ${NUMBERS}`
  const wide = pen.measureText(text).width + 12
  pen.fillStyle = '#ffd479'
  pen.fillRect(x - wide / 2, y - 11, wide, 22)
  pen.fillStyle = '#2a2008'
  pen.textAlign = 'center'
  pen.fillText(text, x, y + 5.5)
}
