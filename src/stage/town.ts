import type { Random } from '../shift/random'
import { random } from '../shift/random'
import type { ClientPlace, Rect, Span, StageLayout } from './layout'
import type { Pen } from './paint'
import { NUMBERS, glow } from './paint'
import type { Theme } from './theme'
import { themeOf } from './theme'

/** Everything of the stage that stands still: sky, town, street, the callers' houses, the wall of the building. */
export function town(pen: Pen, layout: StageLayout, address: string, theme: Theme = themeOf(1)): void {
  const { width, height } = layout.size
  const dice = random(7)
  sky(pen, layout, dice, theme)
  if (theme.landmark) landmark(pen, layout, theme.landmark, theme.town.far)
  roofs(pen, layout, dice, 0.3, theme.town.far, 26, theme)
  if (theme.fog) fog(pen, layout, theme.fog, 0.34)
  roofs(pen, layout, dice, 0.2, theme.town.near, 18, theme)
  street(pen, layout, theme)
  if (theme.fog) fog(pen, layout, theme.fog, 0.16)
  if (theme.rain) rain(pen, layout, theme.rain)
  for (const client of layout.clients) house(pen, client, theme)
  if (theme.snow) snow(pen, layout, theme.snow)
  wires(pen, layout)
  building(pen, layout, address, theme)
  const veil = pen.createLinearGradient(0, 0, 0, height)
  veil.addColorStop(0, 'rgba(5,8,20,.25)')
  veil.addColorStop(0.2, 'rgba(5,8,20,0)')
  pen.fillStyle = veil
  pen.fillRect(0, 0, width, height)
}

/** Soft light of any colour, stretched by `wide`. */
function shine(pen: Pen, x: number, y: number, radius: number, light: string, strength: number, wide = 1): void {
  const gradient = pen.createRadialGradient(0, 0, 0, 0, 0, radius)
  for (const [stop, share] of [
    [0, 1],
    [0.3, 0.42],
    [0.65, 0.1],
    [1, 0],
  ] as const)
    gradient.addColorStop(stop, `rgba(${light},${share * strength})`)
  pen.save()
  pen.translate(x, y)
  pen.scale(wide, 1)
  pen.fillStyle = gradient
  pen.fillRect(-radius, -radius, radius * 2, radius * 2)
  pen.restore()
}

/** Streaks of rain over the town, and the light of lamps on the wet street. */
function rain(pen: Pen, { size: { width, height }, ground, building }: StageLayout, light: string): void {
  const dice = random(11)
  pen.save()
  pen.lineCap = 'round'
  const drops = Math.round((width * height) / 4200)
  for (let drop = 0; drop < drops; drop++) {
    const x = dice.next() * (width + 60)
    const y = dice.next() * ground
    const long = 9 + dice.next() * 22
    pen.strokeStyle = `rgba(${light},${(0.07 + dice.next() * 0.17).toFixed(3)})`
    pen.lineWidth = 0.8 + dice.next() * 0.7
    pen.beginPath()
    pen.moveTo(x, y)
    pen.lineTo(x - long * 0.3, y + long)
    pen.stroke()
  }
  for (let pool = 0; pool < 14; pool++) {
    const x = building.x + dice.next() * building.width
    const y = ground + 6 + dice.next() * Math.max(4, height - ground - 10)
    pen.fillStyle = `rgba(255,205,130,${(0.05 + dice.next() * 0.09).toFixed(3)})`
    pen.beginPath()
    pen.ellipse(x, y, 16 + dice.next() * 40, 1.5 + dice.next() * 2.5, 0, 0, 7)
    pen.fill()
  }
  pen.restore()
}

/** Flakes over town and street, drifts along the kerb. */
function snow(pen: Pen, { size: { width, height }, ground }: StageLayout, light: string): void {
  const dice = random(13)
  pen.save()
  const flakes = Math.round((width * height) / 3400)
  for (let flake = 0; flake < flakes; flake++) {
    const near = dice.next()
    pen.fillStyle = `rgba(${light},${(0.25 + near * 0.5).toFixed(3)})`
    pen.beginPath()
    pen.arc(dice.next() * width, dice.next() * height, 0.6 + near * 1.7, 0, 7)
    pen.fill()
  }
  for (let drift = 0; drift < 16; drift++) {
    pen.fillStyle = `rgba(${light},${(0.12 + dice.next() * 0.16).toFixed(3)})`
    pen.beginPath()
    pen.ellipse(dice.next() * width, ground + 3 + dice.next() * 8, 40 + dice.next() * 90, 3 + dice.next() * 4, 0, 0, 7)
    pen.fill()
  }
  pen.restore()
}

/** A band of mist that lies on the ground. */
function fog(pen: Pen, { size: { width, height }, ground }: StageLayout, light: string, strength: number): void {
  const mist = pen.createLinearGradient(0, ground - height * 0.3, 0, ground + height * 0.03)
  mist.addColorStop(0, `rgba(${light},0)`)
  mist.addColorStop(0.72, `rgba(${light},${strength})`)
  mist.addColorStop(1, `rgba(${light},0)`)
  pen.fillStyle = mist
  pen.fillRect(0, ground - height * 0.3, width, height * 0.33)
}

function sky(pen: Pen, layout: StageLayout, dice: Random, theme: Theme): void {
  const { size, ground, portrait, building: b } = layout
  const { width, height } = size
  // Where the house hides the horizon, its colours stand behind the roof.
  const end = portrait && theme.horizon ? b.y * 1.5 : ground
  const gradient = pen.createLinearGradient(0, 0, 0, end)
  theme.sky.forEach((colour, index) => gradient.addColorStop(index / (theme.sky.length - 1), colour))
  pen.fillStyle = gradient
  pen.fillRect(0, 0, width, height)
  for (let star = 0; star < theme.stars; star++) {
    pen.fillStyle = `rgba(223,231,255,${0.2 + dice.next() * 0.7})`
    const radius = 0.4 + dice.next() * 1.1
    pen.beginPath()
    pen.arc(dice.next() * width, dice.next() ** 1.3 * end * 0.75, radius, 0, 7)
    pen.fill()
  }
  const { orb } = theme
  const setting = orb.kind === 'sun'
  const radius = Math.min(44, height * 0.062) * (setting ? 1.25 : 1)
  const face = portrait ? Math.min(radius, b.y * 0.3) : radius
  const place = setting
    ? portrait
      ? { x: width * 0.62, y: b.y * 0.56 }
      : { x: b.x * 0.68, y: ground - height * 0.2 }
    : portrait
      ? { x: width * 0.84, y: b.y * 0.42 }
      : { x: b.x * 0.83, y: height * 0.17 }
  if (theme.horizon) shine(pen, place.x, end, end * (setting ? 0.62 : 0.5), theme.horizon, setting ? 0.7 : 0.34, 2.6)
  if (orb.halo) shine(pen, place.x, place.y, radius * (setting ? 5.5 : 3.6), orb.halo, setting ? 0.8 : 0.45)
  else glow(pen, place.x, place.y, radius * 3.4, 0.38)
  pen.fillStyle = orb.face
  pen.beginPath()
  pen.arc(place.x, place.y, face, 0, 7)
  pen.fill()
  if (orb.spots) {
    pen.fillStyle = orb.spots
    for (const [x, y, r] of [
      [-0.35, -0.25, 0.2],
      [0.32, 0.34, 0.14],
      [0.25, -0.4, 0.09],
    ] as const) {
      pen.beginPath()
      pen.arc(place.x + x * face, place.y + y * face, r * face, 0, 7)
      pen.fill()
    }
  }
  if (theme.clouds) clouds(pen, layout, end, theme.clouds)
}

/** Streaks of cloud that catch the last light from below. */
function clouds(pen: Pen, { size: { width } }: StageLayout, end: number, light: string): void {
  const dice = random(23)
  for (let cloud = 0; cloud < 13; cloud++) {
    const deep = 0.16 + dice.next() * 0.52
    const x = dice.next() * width
    const y = end * deep
    const wide = (0.05 + dice.next() * 0.12) * width
    const thick = Math.max(1.2, end * (0.006 + dice.next() * 0.011))
    for (let puff = 0; puff < 4; puff++) {
      pen.fillStyle = `rgba(${light},${0.05 + deep * 0.14})`
      pen.beginPath()
      const from = x + (dice.next() - 0.5) * wide
      pen.ellipse(from, y + (dice.next() - 0.5) * thick * 2.4, wide * (0.3 + dice.next() * 0.5), thick, 0, 0, 7)
      pen.fill()
    }
  }
}

/** What stands out of the town's roofs. Its units are hundredths of the stage's height. */
function landmark(pen: Pen, layout: StageLayout, kind: 'steeple' | 'dome', colour: string): void {
  const { size, ground, portrait, building: b } = layout
  if (portrait) return
  pen.save()
  pen.translate(b.x * (kind === 'dome' ? 0.56 : 0.4), ground)
  pen.scale(size.height / 100, size.height / 100)
  pen.fillStyle = colour
  pen.fill(
    new Path2D(
      kind === 'dome'
        ? 'M-17 0V-30H-12V-34H-9C-9 -44 -4 -48 -1.6 -49V-53H-.4V-58H.4V-53H1.6V-49C4 -48 9 -44 9 -34H12V-30H17V0Z'
        : 'M-6 0V-36H-5V-39L0 -58L5 -39V-36H6V-22L17 -27L28 -22V0Z',
    ),
  )
  pen.fillRect(-0.25, -62, 0.5, 6)
  if (kind === 'steeple') pen.fillRect(-1.1, -60.8, 2.2, 0.5)
  pen.fillStyle = 'rgba(255,218,150,.75)'
  const panes = kind === 'dome' ? [-6.6, -3.3, 0, 3.3, 6.6] : [-1.6, 1.6]
  for (const x of panes) {
    pen.beginPath()
    pen.roundRect(x - 0.55, kind === 'dome' ? -33 : -33.5, 1.1, kind === 'dome' ? 2.2 : 4, [0.55, 0.55, 0, 0])
    pen.fill()
  }
  pen.restore()
}

function roofs(
  pen: Pen,
  { size: { width, height }, ground }: StageLayout,
  dice: Random,
  tall: number,
  colour: string,
  count: number,
  { awake }: Theme,
): void {
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
      if (dice.next() > awake.share) continue
      pen.fillStyle = `rgba(${awake.light},${awake.least + dice.next() * 0.4})`
      pen.fillRect(
        x + step * (0.16 + (window % 3) * 0.26),
        y + rise * 0.25 + Math.floor(window / 3) * pane * 3,
        pane,
        pane * 1.4,
      )
    }
  }
}

function street(pen: Pen, { size: { width, height }, ground, doors, scale }: StageLayout, theme: Theme): void {
  const gradient = pen.createLinearGradient(0, ground, 0, height)
  gradient.addColorStop(0, theme.street[0])
  gradient.addColorStop(1, theme.street[1])
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
  pen.strokeStyle = theme.kerb
  pen.lineWidth = 1.5
  pen.beginPath()
  pen.moveTo(0, ground)
  pen.lineTo(width, ground)
  pen.stroke()
}

function house(pen: Pen, { house: { x, y, width: w, height: h }, address }: ClientPlace, { house: look }: Theme): void {
  const wall = pen.createLinearGradient(x, 0, x + w, 0)
  wall.addColorStop(0, look.wall[0])
  wall.addColorStop(1, look.wall[1])
  pen.fillStyle = wall
  pen.strokeStyle = look.edge
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
  pen.fillStyle = look.roof
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
  const size = Math.max(13, Math.min(17, w * 0.16), w * 0.1)
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

function building(pen: Pen, layout: StageLayout, address: string, theme: Theme): void {
  const { building: b, ground, board } = layout
  pen.save()
  pen.shadowColor = 'rgba(0,0,0,.6)'
  pen.shadowBlur = 30
  const wall = pen.createLinearGradient(b.x, 0, b.x + b.width, 0)
  theme.wall.colours.forEach((colour, index) => wall.addColorStop([0, 0.45, 1][index] ?? 1, colour))
  pen.fillStyle = wall
  pen.fillRect(b.x, b.y, b.width, ground - b.y)
  pen.restore()
  pen.save()
  pen.beginPath()
  pen.rect(b.x, b.y, b.width, ground - b.y)
  pen.clip()
  pen.strokeStyle = theme.wall.joint
  pen.lineWidth = 1
  if (theme.wall.pattern === 'ashlar') ashlar(pen, layout)
  else if (theme.wall.pattern === 'glass') panes(pen, layout)
  else bricks(pen, layout)
  if (theme.wall.crown) crown(pen, layout, theme.wall.crown)
  if (theme.ornament === 'pilasters') pilasters(pen, layout, theme)
  const foot = pen.createLinearGradient(0, ground - 60, 0, ground)
  foot.addColorStop(0, 'rgba(8,12,30,0)')
  foot.addColorStop(1, 'rgba(8,12,30,.5)')
  pen.fillStyle = foot
  pen.fillRect(b.x, ground - 60, b.width, 60)
  pen.restore()
  chimneys(pen, layout, theme)
  if (theme.roof.shape === 'pediment') pediment(pen, layout, theme)
  else tiles(pen, layout, theme)
  if (theme.ornament === 'shutters') ornaments(layout, (...place) => shuttered(pen, ...place))
  if (theme.ornament === 'pilasters')
    ornaments(layout, (middle, y, tall) => niche(pen, middle, y + tall * 0.14, tall * 0.8))
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

function bricks(pen: Pen, { building: b, ground }: StageLayout): void {
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
}

/** Dressed stone: large blocks, no two quite alike, each with a lit edge above and a shaded one below. */
/** A front of glass: tall panes between bars, light of the sky across them, and lamps far inside. */
function panes(pen: Pen, { building: b, ground }: StageLayout): void {
  const dice = random(5)
  const [wide, tall] = [Math.max(34, b.width / 18), Math.max(44, (ground - b.y) / 6)]
  for (let x = b.x; x < b.x + b.width; x += wide)
    for (let y = b.y; y < ground; y += tall) {
      const lamp = dice.next()
      if (lamp < 0.3) {
        pen.fillStyle = `rgba(255,222,160,${(0.05 + lamp * 0.3).toFixed(3)})`
        pen.fillRect(x + 2, y + 2, wide - 4, tall - 4)
      }
      pen.fillStyle = 'rgba(190,236,244,.05)'
      pen.fill(
        new Path2D(
          `M${x + wide * 0.1} ${y + tall}L${x + wide * 0.6} ${y}H${x + wide * 0.86}L${x + wide * 0.36} ${y + tall}Z`,
        ),
      )
    }
  pen.beginPath()
  for (let x = b.x + wide; x < b.x + b.width; x += wide) {
    pen.moveTo(x, b.y)
    pen.lineTo(x, ground)
  }
  for (let y = b.y + tall; y < ground; y += tall) {
    pen.moveTo(b.x, y)
    pen.lineTo(b.x + b.width, y)
  }
  pen.lineWidth = 1.6
  pen.stroke()
}

function ashlar(pen: Pen, { building: b, ground }: StageLayout): void {
  const dice = random(11)
  const tall = Math.max(18, Math.min(34, b.height / 15))
  const wide = tall * 2.3
  for (let row = 0; b.y + row * tall < ground; row++) {
    const y = b.y + row * tall
    for (let x = b.x - (row % 2) * wide * 0.5; x < b.x + b.width; x += wide) {
      pen.fillStyle = `rgba(8,14,22,${dice.next() * 0.2})`
      pen.fillRect(x, y, wide, tall)
      pen.fillStyle = 'rgba(206,226,236,.1)'
      pen.fillRect(x + 1, y + 1, wide - 2, 1)
      pen.fillStyle = 'rgba(6,10,18,.28)'
      pen.fillRect(x + 1, y + tall - 2, wide - 2, 1)
      pen.strokeRect(x, y, wide, tall)
    }
  }
}

/** The last light on the upper wall; it ends above the first name. */
function crown(pen: Pen, { building: b, doors, scale }: StageLayout, light: string): void {
  const low = Math.min(b.y + b.height, ...doors.map(({ name }) => name.y - 16 * scale))
  const wash = pen.createLinearGradient(0, b.y, 0, low)
  wash.addColorStop(0, `rgba(${light},.26)`)
  wash.addColorStop(1, `rgba(${light},0)`)
  pen.fillStyle = wash
  pen.fillRect(b.x, b.y, b.width, low - b.y)
}

function chimneys(pen: Pen, { building: b }: StageLayout, { roof }: Theme): void {
  const rise = riseOf(b)
  for (const [at, wide, tall] of [
    [0.12, 0.07, 0.62],
    [0.78, 0.05, 0.44],
  ] as const) {
    pen.fillStyle = roof.chimney
    pen.fillRect(b.x + b.width * at, b.y - rise - b.y * tall * 0.8, Math.max(20, b.width * wide), b.y)
    pen.fillStyle = roof.cap
    pen.fillRect(b.x + b.width * at - 3, b.y - rise - b.y * tall * 0.8, Math.max(20, b.width * wide) + 6, 5)
  }
}

function tiles(pen: Pen, { building: b, size }: StageLayout, { roof, ornament }: Theme): void {
  const eave = Math.min(22, size.width * 0.02)
  const rise = riseOf(b)
  const slope = pen.createLinearGradient(0, b.y - rise, 0, b.y)
  slope.addColorStop(0, roof.face[0])
  slope.addColorStop(1, roof.face[1])
  pen.fillStyle = slope
  pen.beginPath()
  pen.moveTo(b.x - eave, b.y)
  pen.lineTo(b.x - eave * 0.3, b.y - rise)
  pen.lineTo(b.x + b.width + eave * 0.3, b.y - rise)
  pen.lineTo(b.x + b.width + eave, b.y)
  pen.fill()
  pen.fillStyle = roof.gutter
  pen.fillRect(b.x - eave, b.y, b.width + eave * 2, 8)
  pen.fillStyle = 'rgba(4,7,20,.35)'
  pen.fillRect(b.x, b.y + 8, b.width, 10)
  if (ornament !== 'shutters') return
  // A cornice on brackets, its edge in the sun
  pen.fillStyle = roof.cap
  pen.fillRect(b.x - eave, b.y - 1, b.width + eave * 2, 2.5)
  const step = Math.max(16, b.width / 34)
  for (let x = b.x + step * 0.5; x < b.x + b.width - 4; x += step) {
    pen.fillStyle = roof.chimney
    pen.fillRect(x - 2.5, b.y + 3, 5, 9)
    pen.fillStyle = roof.cap
    pen.fillRect(x - 2.5, b.y + 3, 1.5, 7)
  }
}

/**
 * A row of pictures beside the address, and one below it if there is room over the doors and their panes. Nothing of it is
 * lit: light in a window of the house means a connection.
 */
function ornaments(
  { building: b, board, doors, scale }: StageLayout,
  paint: (middle: number, y: number, tall: number) => void,
): void {
  const row = (from: number, to: number, y: number, tall: number) => {
    const count = Math.floor((to - from) / (tall * 1.85))
    const gap = (to - from) / Math.max(1, count)
    for (let place = 0; place < count; place++) paint(from + gap * (place + 0.5), y, tall)
  }
  const side = b.width > 420 ? pilasterOf(b) + 2 : 3
  row(b.x + side, board.x - 3, board.y + 2, board.height)
  row(board.x + board.width + 3, b.x + b.width - side, board.y + 2, board.height)
  const low = board.y + board.height
  const room = Math.min(b.y + b.height, ...doors.map(({ arch }) => arch.y)) - 128 * scale - low
  const tall = Math.min(board.height * 1.7, room * 0.58)
  if (tall >= 20) row(b.x + side + 5, b.x + b.width - side - 5, low + (room - tall * 0.9) / 2, tall)
}

/** A window with open shutters and a flower box. */
function shuttered(pen: Pen, middle: number, y: number, tall: number): void {
  const wide = tall * 0.62
  const x = middle - wide / 2
  pen.fillStyle = '#241229'
  pen.fillRect(x - 1.5, y - 1.5, wide + 3, tall + 3)
  const glass = pen.createLinearGradient(x, y, x + wide, y + tall)
  glass.addColorStop(0, '#7d4f7c')
  glass.addColorStop(0.45, '#412a55')
  glass.addColorStop(1, '#231738')
  pen.fillStyle = glass
  pen.fillRect(x, y, wide, tall)
  pen.strokeStyle = '#241229'
  pen.lineWidth = Math.max(1.2, wide * 0.07)
  pen.beginPath()
  pen.moveTo(middle, y)
  pen.lineTo(middle, y + tall)
  pen.moveTo(x, y + tall * 0.42)
  pen.lineTo(x + wide, y + tall * 0.42)
  pen.stroke()
  const leaf = wide * 0.46
  for (const at of [x - leaf - 2, x + wide + 2]) {
    pen.fillStyle = '#2f6a66'
    pen.fillRect(at, y - 1, leaf, tall + 2)
    pen.fillStyle = 'rgba(8,20,28,.4)'
    for (let slat = 0; slat < 6; slat++) pen.fillRect(at + 1.5, y + 2 + (slat * (tall - 2)) / 6, leaf - 3, tall * 0.055)
    pen.fillStyle = 'rgba(255,214,170,.35)'
    pen.fillRect(at, y - 1, 1, tall + 2)
  }
  // The flower box
  const box = wide * 1.3
  const dice = random(Math.round(middle) + Math.round(y) * 7)
  for (let leafy = 0; leafy < 9; leafy++) {
    pen.fillStyle = leafy % 2 ? '#2e6b4e' : '#3f8a5c'
    pen.beginPath()
    pen.arc(middle - box / 2 + (box * (leafy + 0.5)) / 9, y + tall * (0.9 + dice.next() * 0.07), tall * 0.075, 0, 7)
    pen.fill()
  }
  for (let flower = 0; flower < 7; flower++) {
    pen.fillStyle = ['#ff8a7a', '#ffd479', '#f6a5c8'][dice.int(0, 2)] ?? '#ff8a7a'
    pen.beginPath()
    pen.arc(middle - box / 2 + (box * (flower + 0.5)) / 7, y + tall * (0.84 + dice.next() * 0.1), tall * 0.05, 0, 7)
    pen.fill()
  }
  pen.fillStyle = '#7c4438'
  pen.fillRect(middle - box / 2, y + tall * 0.96, box, tall * 0.17)
  pen.fillStyle = '#b06a50'
  pen.fillRect(middle - box / 2 - 1, y + tall * 0.95, box + 2, Math.max(1.2, tall * 0.045))
}

/** Flat columns at the corners. */
function pilasters(pen: Pen, { building: b, ground }: StageLayout, { roof }: Theme): void {
  const wide = pilasterOf(b)
  for (const x of [b.x, b.x + b.width - wide]) {
    const stone = pen.createLinearGradient(x, 0, x + wide, 0)
    stone.addColorStop(0, '#38454f')
    stone.addColorStop(0.35, '#404e59')
    stone.addColorStop(1, '#26323c')
    pen.fillStyle = 'rgba(4,8,14,.35)'
    pen.fillRect(x - 3, b.y, wide + 6, ground - b.y)
    pen.fillStyle = stone
    pen.fillRect(x, b.y, wide, ground - b.y)
    pen.fillStyle = 'rgba(10,16,24,.34)'
    for (const share of [0.22, 0.46, 0.7])
      pen.fillRect(x + wide * share, b.y + 34, Math.max(1, wide * 0.09), ground - b.y - 66)
    pen.fillStyle = roof.face[1]
    pen.fillRect(x - 4, b.y + 8, wide + 8, 7)
    pen.fillRect(x - 2, b.y + 16, wide + 4, 4)
    pen.fillStyle = roof.face[0]
    pen.fillRect(x - 4, b.y + 8, wide + 8, 1.5)
    pen.fillStyle = '#3a4751'
    pen.fillRect(x - 3, ground - 22, wide + 6, 22)
    pen.fillStyle = 'rgba(10,16,24,.4)'
    pen.fillRect(x - 3, ground - 17, wide + 6, 1.5)
  }
}

/** A blind arch: a niche in the stone under a keystone. */
function niche(pen: Pen, middle: number, y: number, tall: number): void {
  const wide = tall * 0.66
  const x = middle - wide / 2
  const arch = (grow: number) => {
    pen.beginPath()
    pen.roundRect(x - grow, y - grow, wide + grow * 2, tall + grow, [wide / 2 + grow, wide / 2 + grow, 0, 0])
    pen.fill()
  }
  const rim = Math.max(2, tall * 0.09)
  pen.fillStyle = '#6d7f8a'
  arch(rim)
  pen.fillStyle = '#48575f'
  arch(rim * 0.35)
  const depth = pen.createLinearGradient(x, y, x + wide, y + tall)
  depth.addColorStop(0, '#17222c')
  depth.addColorStop(1, '#2f3e4a')
  pen.fillStyle = depth
  arch(0)
  pen.strokeStyle = 'rgba(134,160,172,.3)'
  pen.lineWidth = Math.max(1, wide * 0.06)
  pen.beginPath()
  pen.moveTo(middle, y)
  pen.lineTo(middle, y + tall)
  for (const share of [0.42, 0.72]) {
    pen.moveTo(x, y + tall * share)
    pen.lineTo(x + wide, y + tall * share)
  }
  pen.stroke()
  pen.fillStyle = '#8b9da8'
  pen.beginPath()
  pen.moveTo(middle - rim * 0.8, y - rim * 1.5)
  pen.lineTo(middle + rim * 0.8, y - rim * 1.5)
  pen.lineTo(middle + rim * 0.5, y + rim * 0.5)
  pen.lineTo(middle - rim * 0.5, y + rim * 0.5)
  pen.fill()
  pen.fillStyle = '#7d8f9b'
  pen.fillRect(x - rim * 1.5, y + tall, wide + rim * 3, Math.max(2, rim))
  pen.fillStyle = 'rgba(4,8,14,.4)'
  pen.fillRect(x - rim, y + tall + Math.max(2, rim), wide + rim * 2, Math.max(1.5, rim * 0.6))
}

/** An entablature with the lamps on its frieze, a balustrade, and a pediment over the middle. */
function pediment(pen: Pen, { building: b, size }: StageLayout, { roof }: Theme): void {
  const eave = Math.min(16, size.width * 0.014)
  const rise = riseOf(b)
  const top = b.y - rise
  const [light, dark] = roof.face
  const middle = b.x + b.width / 2
  const rail = Math.min(20, rise * 0.62)
  // Balustrade and the urns at its ends
  pen.fillStyle = dark
  const step = Math.max(6, rail * 0.55)
  for (let x = b.x + 8; x < b.x + b.width - 6; x += step) {
    pen.beginPath()
    pen.ellipse(x, top - rail * 0.42, step * 0.24, rail * 0.42, 0, 0, 7)
    pen.fill()
  }
  pen.fillRect(b.x, top - 2, b.width, 3)
  pen.fillRect(b.x, top - rail - 1, b.width, 3.5)
  pen.fillStyle = light
  pen.fillRect(b.x, top - rail - 1, b.width, 1.2)
  for (const x of [b.x + rail * 0.5, b.x + b.width - rail * 0.5]) {
    pen.fillStyle = dark
    pen.fillRect(x - rail * 0.5, top - rail - 2, rail, rail + 2)
    pen.save()
    pen.translate(x, top - rail - 2)
    pen.scale(rail / 20, rail / 20)
    pen.fillStyle = light
    pen.fill(
      new Path2D(
        'M-5 0H5V-2H2V-5C8 -7 9 -13 7 -16H-7C-9 -13 -8 -7 -2 -5V-2H-5ZM-9 -16H9V-19H-9ZM-4 -19C-4 -23 4 -23 4 -19Z',
      ),
    )
    pen.restore()
  }
  // Frieze
  const frieze = pen.createLinearGradient(0, top, 0, b.y)
  frieze.addColorStop(0, light)
  frieze.addColorStop(0.18, dark)
  frieze.addColorStop(1, roof.chimney)
  pen.fillStyle = frieze
  pen.fillRect(b.x - eave * 0.5, top, b.width + eave, rise)
  pen.fillStyle = light
  pen.fillRect(b.x - eave, top - 1, b.width + eave * 2, 3)
  // Pediment
  const peak = Math.max(3, top - Math.max(b.y * 0.56, 24))
  const half = Math.min(b.width * 0.25, (top - peak) * 4.4)
  const outline = (inset: number) => {
    const tall = top - peak
    pen.beginPath()
    pen.moveTo(middle - half + (inset * half) / tall, top - inset * 0.5)
    pen.lineTo(middle, peak + inset)
    pen.lineTo(middle + half - (inset * half) / tall, top - inset * 0.5)
    pen.closePath()
    pen.fill()
  }
  const edge = Math.max(3, (top - peak) * 0.13)
  pen.save()
  pen.shadowColor = 'rgba(4,10,18,.55)'
  pen.shadowBlur = 10
  pen.fillStyle = roof.cap
  outline(0)
  pen.restore()
  const field = pen.createLinearGradient(0, peak, 0, top)
  field.addColorStop(0, roof.chimney)
  field.addColorStop(1, '#384753')
  pen.fillStyle = field
  outline(edge)
  clock(pen, middle, top - (top - peak) * 0.37, (top - peak) * 0.27)
  pen.fillStyle = roof.gutter
  pen.fillRect(b.x - eave, b.y, b.width + eave * 2, 4)
  pen.fillStyle = roof.cap
  pen.fillRect(b.x - eave, b.y - 3, b.width + eave * 2, 3)
  // Dentils and their shadow
  pen.fillStyle = 'rgba(4,7,20,.4)'
  pen.fillRect(b.x, b.y + 4, b.width, 9)
  pen.fillStyle = dark
  for (let x = b.x + 4; x < b.x + b.width - 6; x += 12) pen.fillRect(x, b.y + 4, 6, 5)
}

/** A clock with a lit face: ten to four, the middle of the night shift. */
function clock(pen: Pen, x: number, y: number, radius: number): void {
  glow(pen, x, y, radius * 2.6, 0.55)
  pen.fillStyle = '#1c2833'
  pen.beginPath()
  pen.arc(x, y, radius * 1.16, 0, 7)
  pen.fill()
  pen.fillStyle = '#fff0cf'
  pen.beginPath()
  pen.arc(x, y, radius, 0, 7)
  pen.fill()
  pen.strokeStyle = '#1c2833'
  pen.lineCap = 'round'
  pen.lineWidth = Math.max(1, radius * 0.13)
  pen.beginPath()
  pen.moveTo(x + Math.sin(5.24) * radius * 0.76, y - Math.cos(5.24) * radius * 0.76)
  pen.lineTo(x, y)
  pen.lineTo(x + Math.sin(2) * radius * 0.5, y - Math.cos(2) * radius * 0.5)
  for (let hour = 0; hour < 12; hour += 3) {
    const [ax, ay] = [Math.sin((hour * Math.PI) / 6), -Math.cos((hour * Math.PI) / 6)]
    pen.moveTo(x + ax * radius * 0.84, y + ay * radius * 0.84)
    pen.lineTo(x + ax * radius * 0.86, y + ay * radius * 0.86)
  }
  pen.stroke()
}

const pilasterOf = (b: Rect): number => Math.max(10, Math.min(30, b.width * 0.028))

/** How far the roof rises over the wall. */
const riseOf = (b: Rect): number => Math.max(14, b.y * 0.32)

/** Where the lamps of the roof line hang, from left to right. */
export function roofLamps({ building: b }: StageLayout): readonly { readonly x: number; readonly y: number }[] {
  const count = Math.max(10, Math.min(28, Math.floor(b.width / 26)))
  const rise = riseOf(b)
  return Array.from({ length: count }, (_, lamp) => ({
    x: b.x + 14 + (lamp * (b.width - 28)) / (count - 1),
    y: b.y - rise * 0.42,
  }))
}
