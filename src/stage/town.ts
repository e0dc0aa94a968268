import type { Random } from '../shift/random'
import { random } from '../shift/random'
import type { ClientPlace, Span, StageLayout } from './layout'
import type { Pen } from './paint'
import { NUMBERS, glow } from './paint'

/** Everything of the stage that stands still: sky, town, street, the callers' houses, the wall of the building. */
export function town(pen: Pen, layout: StageLayout, address: string): void {
  const { width, height } = layout.size
  const dice = random(7)
  sky(pen, layout, dice)
  roofs(pen, layout, dice, 0.3, '#18224b', 26)
  roofs(pen, layout, dice, 0.2, '#0f1737', 18)
  street(pen, layout)
  for (const client of layout.clients) house(pen, client)
  wires(pen, layout)
  building(pen, layout, address)
  const veil = pen.createLinearGradient(0, 0, 0, height)
  veil.addColorStop(0, 'rgba(5,8,20,.25)')
  veil.addColorStop(0.2, 'rgba(5,8,20,0)')
  pen.fillStyle = veil
  pen.fillRect(0, 0, width, height)
}

function sky(pen: Pen, { size: { width, height }, ground, portrait, building }: StageLayout, dice: Random): void {
  const gradient = pen.createLinearGradient(0, 0, 0, ground)
  for (const [stop, colour] of [
    [0, '#060a17'],
    [0.5, '#121b3e'],
    [1, '#2c3a75'],
  ] as const)
    gradient.addColorStop(stop, colour)
  pen.fillStyle = gradient
  pen.fillRect(0, 0, width, height)
  for (let star = 0; star < 150; star++) {
    pen.fillStyle = `rgba(223,231,255,${0.2 + dice.next() * 0.7})`
    const radius = 0.4 + dice.next() * 1.1
    pen.beginPath()
    pen.arc(dice.next() * width, dice.next() ** 1.3 * ground * 0.75, radius, 0, 7)
    pen.fill()
  }
  const radius = Math.min(44, height * 0.062)
  const moon = portrait ? { x: width * 0.84, y: building.y * 0.42 } : { x: building.x * 0.83, y: height * 0.17 }
  glow(pen, moon.x, moon.y, radius * 3.4, 0.38)
  const size = portrait ? Math.min(radius, building.y * 0.3) : radius
  pen.fillStyle = '#f7eed3'
  pen.beginPath()
  pen.arc(moon.x, moon.y, size, 0, 7)
  pen.fill()
  pen.fillStyle = '#e3d6b1'
  for (const [x, y, r] of [
    [-0.35, -0.25, 0.2],
    [0.32, 0.34, 0.14],
    [0.25, -0.4, 0.09],
  ] as const) {
    pen.beginPath()
    pen.arc(moon.x + x * size, moon.y + y * size, r * size, 0, 7)
    pen.fill()
  }
}

function roofs(
  pen: Pen,
  { size: { width, height }, ground }: StageLayout,
  dice: Random,
  tall: number,
  colour: string,
  count: number,
) {
  const step = (width * 1.06) / count
  for (let index = 0; index < count; index++) {
    const x = index * step - width * 0.03
    const rise = height * tall * (0.35 + dice.next() * 0.65)
    const y = ground - rise
    pen.fillStyle = colour
    pen.beginPath()
    pen.moveTo(x, ground)
    pen.lineTo(x, y + (dice.next() < 0.5 ? step * 0.2 : 0))
    pen.lineTo(x + step / 2, y)
    pen.lineTo(x + step + 1, y + (dice.next() < 0.5 ? step * 0.2 : 0))
    pen.lineTo(x + step + 1, ground)
    pen.fill()
    const pane = Math.max(3, step * 0.08)
    for (let window = 0; window < 6; window++) {
      if (dice.next() > 0.24) continue
      pen.fillStyle = `rgba(255,212,121,${0.16 + dice.next() * 0.4})`
      pen.fillRect(
        x + step * (0.16 + (window % 3) * 0.26),
        y + rise * 0.25 + Math.floor(window / 3) * pane * 3,
        pane,
        pane * 1.4,
      )
    }
  }
}

function street(pen: Pen, { size: { width, height }, ground, doors, scale }: StageLayout): void {
  const gradient = pen.createLinearGradient(0, ground, 0, height)
  gradient.addColorStop(0, '#232f60')
  gradient.addColorStop(1, '#0a1022')
  pen.fillStyle = gradient
  pen.fillRect(0, ground, width, height - ground)
  pen.save()
  pen.beginPath()
  pen.rect(0, ground, width, height - ground)
  pen.clip()
  // The wet street gives the light of the lowest row of doors back.
  const lowest = Math.max(...doors.map(({ arch }) => arch.y))
  for (const { arch } of doors.filter((place) => place.arch.y > lowest - 4)) {
    pen.save()
    pen.translate(arch.x + arch.width / 2, ground + 6)
    pen.scale(1.5, 0.28)
    glow(pen, 0, 0, 74 * scale, 0.5)
    pen.restore()
  }
  pen.restore()
  pen.strokeStyle = 'rgba(120,140,210,.35)'
  pen.lineWidth = 1.5
  pen.beginPath()
  pen.moveTo(0, ground)
  pen.lineTo(width, ground)
  pen.stroke()
}

function house(pen: Pen, { house: { x, y, width: w, height: h }, address }: ClientPlace): void {
  const wall = pen.createLinearGradient(x, 0, x + w, 0)
  wall.addColorStop(0, '#26336a')
  wall.addColorStop(1, '#161f45')
  pen.fillStyle = wall
  pen.strokeStyle = '#5364ab'
  pen.lineWidth = 1.6
  pen.beginPath()
  pen.moveTo(x, y + h)
  pen.lineTo(x, y + h * 0.42)
  pen.lineTo(x + w / 2, y)
  pen.lineTo(x + w, y + h * 0.42)
  pen.lineTo(x + w, y + h)
  pen.closePath()
  pen.fill()
  pen.stroke()
  pen.fillStyle = '#2f3d7a'
  pen.beginPath()
  pen.moveTo(x - w * 0.07, y + h * 0.46)
  pen.lineTo(x + w / 2, y - h * 0.03)
  pen.lineTo(x + w * 1.07, y + h * 0.46)
  pen.lineTo(x + w, y + h * 0.46)
  pen.lineTo(x + w / 2, y + h * 0.1)
  pen.lineTo(x, y + h * 0.46)
  pen.fill()
  glow(pen, x + w * 0.3, y + h * 0.66, w * 0.42, 0.7)
  pen.fillStyle = '#ffd479'
  pen.fillRect(x + w * 0.18, y + h * 0.54, w * 0.24, h * 0.24)
  pen.fillStyle = '#0f1736'
  pen.fillRect(x + w * 0.29, y + h * 0.54, w * 0.025, h * 0.24)
  pen.fillRect(x + w * 0.18, y + h * 0.65, w * 0.24, h * 0.025)
  pen.beginPath()
  pen.roundRect(x + w * 0.58, y + h * 0.54, w * 0.24, h * 0.46, [w * 0.12, w * 0.12, 0, 0])
  pen.fill()
  const size = Math.min(17, Math.max(13, w * 0.16))
  pen.font = `600 ${size}px ${NUMBERS}`
  pen.textAlign = 'center'
  const middle = Math.max(x + w / 2, pen.measureText(address).width / 2 + 6)
  const wide = pen.measureText(address).width + 12
  pen.fillStyle = 'rgba(8,12,28,.72)'
  pen.beginPath()
  pen.roundRect(middle - wide / 2, y + h + 4, wide, size + 8, 4)
  pen.fill()
  pen.fillStyle = '#dbe3fb'
  pen.fillText(address, middle, y + h + size + 5)
}

function curve(pen: Pen, spans: readonly Span[]): void {
  pen.beginPath()
  for (const { from, bend, to } of spans) {
    pen.moveTo(from.x, from.y)
    pen.quadraticCurveTo(bend.x, bend.y, to.x, to.y)
  }
  pen.stroke()
}

function wires(pen: Pen, { pole, ground, clients, road }: StageLayout): void {
  for (const [width, colour] of [
    [7, '#0b1126'],
    [4, '#3d4a88'],
  ] as const) {
    pen.strokeStyle = colour
    pen.lineWidth = width
    pen.lineCap = 'round'
    pen.stroke(
      new Path2D(
        `M${pole.x} ${ground}V${pole.y - 12}M${pole.x - 20} ${pole.y}H${pole.x + 20}M${pole.x - 13} ${pole.y + 15}H${pole.x + 13}`,
      ),
    )
  }
  pen.strokeStyle = '#0b1126'
  pen.lineWidth = 5
  // Only where no house is drawn do all callers come by the big road.
  const lines = clients.length > 0 ? clients.map(({ wire }) => wire) : [road]
  for (const line of lines) curve(pen, line)
  pen.strokeStyle = '#34437f'
  pen.lineWidth = 2
  for (const line of lines) curve(pen, line)
}

function building(pen: Pen, { building: b, board, size, ground }: StageLayout, address: string): void {
  pen.save()
  pen.shadowColor = 'rgba(0,0,0,.6)'
  pen.shadowBlur = 30
  const wall = pen.createLinearGradient(b.x, 0, b.x + b.width, 0)
  for (const [stop, colour] of [
    [0, '#2a3668'],
    [0.45, '#3b4a86'],
    [1, '#212b56'],
  ] as const)
    wall.addColorStop(stop, colour)
  pen.fillStyle = wall
  pen.fillRect(b.x, b.y, b.width, ground - b.y)
  pen.restore()
  pen.save()
  pen.beginPath()
  pen.rect(b.x, b.y, b.width, ground - b.y)
  pen.clip()
  pen.strokeStyle = 'rgba(24,32,72,.5)'
  pen.lineWidth = 1
  for (let row = 0; b.y + row * 10 < ground; row++) {
    const y = b.y + row * 10 + 0.5
    pen.beginPath()
    pen.moveTo(b.x, y)
    pen.lineTo(b.x + b.width, y)
    for (let x = b.x + (row % 2) * 17; x < b.x + b.width; x += 34) {
      pen.moveTo(x, y)
      pen.lineTo(x, y + 10)
    }
    pen.stroke()
  }
  const foot = pen.createLinearGradient(0, ground - 60, 0, ground)
  foot.addColorStop(0, 'rgba(8,12,30,0)')
  foot.addColorStop(1, 'rgba(8,12,30,.5)')
  pen.fillStyle = foot
  pen.fillRect(b.x, ground - 60, b.width, 60)
  pen.restore()
  // Chimneys, roof, gutter
  const eave = Math.min(22, size.width * 0.02)
  const rise = Math.max(14, b.y * 0.32)
  for (const [at, wide, tall] of [
    [0.12, 0.07, 0.62],
    [0.78, 0.05, 0.44],
  ] as const) {
    pen.fillStyle = '#27316a'
    pen.fillRect(b.x + b.width * at, b.y - rise - b.y * tall * 0.8, Math.max(20, b.width * wide), b.y)
    pen.fillStyle = '#4254a0'
    pen.fillRect(b.x + b.width * at - 3, b.y - rise - b.y * tall * 0.8, Math.max(20, b.width * wide) + 6, 5)
  }
  const tiles = pen.createLinearGradient(0, b.y - rise, 0, b.y)
  tiles.addColorStop(0, '#5868b8')
  tiles.addColorStop(1, '#3a4889')
  pen.fillStyle = tiles
  pen.beginPath()
  pen.moveTo(b.x - eave, b.y)
  pen.lineTo(b.x - eave * 0.3, b.y - rise)
  pen.lineTo(b.x + b.width + eave * 0.3, b.y - rise)
  pen.lineTo(b.x + b.width + eave, b.y)
  pen.fill()
  pen.fillStyle = '#182149'
  pen.fillRect(b.x - eave, b.y, b.width + eave * 2, 8)
  pen.fillStyle = 'rgba(4,7,20,.35)'
  pen.fillRect(b.x, b.y + 8, b.width, 10)
  // The address over the entrance
  pen.save()
  pen.shadowColor = 'rgba(0,0,0,.5)'
  pen.shadowBlur = 10
  pen.fillStyle = '#0e1636'
  pen.beginPath()
  pen.roundRect(board.x, board.y, board.width, board.height, 4)
  pen.fill()
  pen.restore()
  pen.strokeStyle = '#c9983f'
  pen.lineWidth = 2
  pen.stroke()
  pen.fillStyle = '#ffdf97'
  pen.textAlign = 'center'
  let font = board.height * 0.6
  pen.font = `700 ${font}px ${NUMBERS}`
  const wide = pen.measureText(address).width
  if (wide > board.width - 20) pen.font = `700 ${(font *= (board.width - 20) / wide)}px ${NUMBERS}`
  pen.fillText(address, board.x + board.width / 2, board.y + board.height / 2 + font * 0.35)
}

/** Where the lamps of the roof line hang, from left to right. */
export function roofLamps({ building: b }: StageLayout): readonly { readonly x: number; readonly y: number }[] {
  const count = Math.max(10, Math.min(28, Math.floor(b.width / 26)))
  const rise = Math.max(14, b.y * 0.32)
  return Array.from({ length: count }, (_, lamp) => ({
    x: b.x + 14 + (lamp * (b.width - 28)) / (count - 1),
    y: b.y - rise * 0.42,
  }))
}
