import { random } from '../../shift/random'

/** A lit window of the city: a port that is known. */
export interface Light {
  readonly port: number
  /** How well it is known, 0 to 1. */
  readonly strength: number
  /** The colour of its family, as `#rrggbb`. */
  readonly colour: string
}

/** Windows in a row and rows of them: 65,536 together. */
export const SIDE = 256
/** The water under the city, as a share of its height. */
const WATER = 0.15

/** The height of the picture of a city so many pixels wide. */
export const cityHeight = (width: number): number => Math.round(width * (1 + WATER))

/** From here on ports are dynamic (RFC 6335 section 6): the sky over the roofs. */
const SKY_ROW = 49152 / SIDE

/** The port at a point of the picture, by shares of its width and height; undefined in the water. */
export function portAt(x: number, y: number): number | undefined {
  const row = SIDE - 1 - Math.floor(y * (1 + WATER) * SIDE)
  const column = Math.floor(x * SIDE)
  return row < 0 || row >= SIDE || column < 0 || column >= SIDE ? undefined : row * SIDE + column
}

interface House {
  readonly from: number
  readonly to: number
  /** The row of its roof. */
  readonly roof: number
  readonly shade: number
}

/** A row of houses over the whole width, from a fixed seed: the same city for everybody. */
function houses(seed: number, low: number, high: number, shade: number): readonly House[] {
  const dice = random(seed)
  const row: House[] = []
  for (let from = 0; from < SIDE;) {
    const to = Math.min(SIDE, from + dice.int(7, 21))
    row.push({ from, to, roof: dice.int(low, high), shade: shade + dice.next() * 0.12 })
    from = to
  }
  return row
}

const [FAR, NEAR] = [houses(5, 110, SKY_ROW - 4, 0.3), houses(11, 30, 120, 0)]

const mixed = (shade: number): string =>
  `rgb(${Math.round(12 + 22 * shade)} ${Math.round(18 + 32 * shade)} ${Math.round(44 + 66 * shade)})`

/**
 * Draws the city at night, `width` pixels wide and `cityHeight(width)` high: port 0 at the lower left, 65535 at the upper
 * right; known ports shine, those of `dim` can just be seen.
 */
export function drawCity(
  pen: CanvasRenderingContext2D,
  width: number,
  lights: readonly Light[],
  dim: readonly number[],
) {
  const cell = width / SIDE
  const ground = SIDE * cell
  const height = cityHeight(width)
  const x = (port: number) => (port % SIDE) * cell
  const y = (port: number) => (SIDE - 1 - Math.floor(port / SIDE)) * cell
  pen.globalCompositeOperation = 'source-over'

  const sky = pen.createLinearGradient(0, 0, 0, ground)
  sky.addColorStop(0, '#040814')
  sky.addColorStop(0.45, '#101a40')
  sky.addColorStop(1, '#35458a')
  pen.fillStyle = sky
  pen.fillRect(0, 0, width, ground)
  const dice = random(3)
  for (let star = 0; star < 260; star++) {
    pen.fillStyle = `rgb(223 231 255 / ${(0.1 + dice.next() * 0.5).toFixed(2)})`
    const size = (0.25 + dice.next() * 0.4) * cell
    pen.fillRect(dice.next() * width, dice.next() ** 1.6 * ground * 0.5, size, size)
  }

  for (const row of [FAR, NEAR])
    for (const { from, to, roof, shade } of row) {
      pen.fillStyle = mixed(shade)
      pen.fillRect(from * cell, (SIDE - 1 - roof) * cell, (to - from) * cell, (roof + 1) * cell)
      // Windows of the houses, all dark: each is a port.
      pen.fillStyle = `rgb(143 160 230 / ${row === NEAR ? 0.1 : 0.07})`
      for (let line = roof - 1; line >= 4; line -= 2)
        for (let column = from + 1; column < to - 1; column += 2)
          pen.fillRect(column * cell, (SIDE - 1 - line) * cell, cell * 0.8, cell * 0.9)
    }
  pen.fillStyle = '#0a0f20'
  pen.fillRect(0, (SIDE - 4) * cell, width, 4 * cell)

  pen.fillStyle = 'rgb(163 175 209 / 0.5)'
  for (const port of dim) pen.fillRect(x(port), y(port), cell * 0.9, cell * 0.9)

  pen.globalCompositeOperation = 'lighter'
  for (const { port, strength, colour } of lights) {
    const [cx, cy] = [x(port) + cell / 2, y(port) + cell / 2]
    const radius = cell * (3 + 7 * strength)
    const glow = pen.createRadialGradient(cx, cy, 0, cx, cy, radius)
    glow.addColorStop(0, `${colour}${alpha(0.75 * strength)}`)
    glow.addColorStop(0.3, `${colour}${alpha(0.3 * strength)}`)
    glow.addColorStop(1, `${colour}00`)
    pen.fillStyle = glow
    pen.fillRect(cx - radius, cy - radius, radius * 2, radius * 2)
  }
  pen.globalCompositeOperation = 'source-over'
  for (const { port, strength } of lights) {
    const size = cell * (1.1 + 0.7 * strength)
    pen.fillStyle = `rgb(255 241 201 / ${(0.45 + 0.55 * strength).toFixed(2)})`
    pen.fillRect(x(port) + (cell - size) / 2, y(port) + (cell - size) / 2, size, size)
  }

  // The harbour: the city upside down, drawn long and faint.
  pen.fillStyle = '#070c1d'
  pen.fillRect(0, ground, width, height - ground)
  for (const { port, strength, colour } of lights) {
    const depth = (ground - y(port)) / ground
    const long = (height - ground) * (0.25 + 0.7 * (1 - depth))
    const top = ground + depth * (height - ground) * 0.3
    const light = pen.createLinearGradient(0, top, 0, top + long)
    light.addColorStop(0, `${colour}${alpha(0.55 * strength)}`)
    light.addColorStop(1, `${colour}00`)
    pen.fillStyle = light
    pen.fillRect(x(port) - cell * 0.4, top, cell * 1.8, long)
  }
  pen.fillStyle = 'rgb(7 12 29 / 0.55)'
  for (let line = ground + cell * 2; line < height; line += cell * 3) pen.fillRect(0, line, width, cell)
  pen.fillStyle = '#8090d2'
  pen.fillRect(0, ground, width, Math.max(1, cell * 0.4))
}

const alpha = (share: number): string =>
  Math.round(Math.min(1, Math.max(0, share)) * 255)
    .toString(16)
    .padStart(2, '0')
