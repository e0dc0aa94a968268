import type { Point, Rect, StageLayout } from './layout'
import type { Pen } from './paint'
import { glow } from './paint'

/** Where the gatehouse stands: before the building, and where its barrier turns. */
export interface GatePlace {
  readonly hut: Rect
  readonly hinge: Point
  /** Length of the arm. */
  readonly reach: number
}

/** The gatehouse's place on a stage of this layout: beside the desk, on the side that packets come from. */
export function gatePlace({ portrait, desk, parcel, ground, size, building }: StageLayout): GatePlace {
  const tall = portrait ? Math.min((size.height - ground) * 0.94, 110) : parcel.height * 2.1
  const wide = tall * 0.62
  const foot = portrait ? size.height - 4 : ground + parcel.height * 0.06
  const x = portrait ? 14 : desk.x - parcel.width * 0.78 - wide
  const hut: Rect = { x, y: foot - tall, width: wide, height: tall }
  const hinge = { x: x + wide + 5, y: foot - tall * 0.4 }
  const end = portrait ? size.width * 0.5 : building.x - 8
  return { hut, hinge, reach: Math.max(40, end - hinge.x) }
}

/** A small house with a lit window, the guard in it, and the post of the barrier. */
export function paintGatehouse(pen: Pen, layout: StageLayout): void {
  const { hut, hinge } = gatePlace(layout)
  const s = hut.height / 100
  pen.save()
  pen.translate(hut.x, hut.y)
  pen.scale(s, s)
  const path = (d: string, fill: string) => {
    pen.fillStyle = fill
    pen.fill(new Path2D(d))
  }
  glow(pen, 31, 46, 60, 0.5)
  path('M4 26h54v74H4Z', '#37415f')
  path('M4 26h14v74H4Z', '#2b344f')
  path('M4 66h54v3H4ZM4 82h54v2H4Z', '#222a42')
  path('M-3 26 9 8h44l12 18Z', '#8d99c4')
  path('M-3 26h68v5H-3Z', '#5a6692')
  path('M28 8V1h6v7Z', '#5a6692')
  path('M13 34h36v28H13Z', '#0b1029')
  path('M15.500 36.500h31v23h-31Z', '#ffd98a')
  // The guard, with cap and lamp.
  path('M24 59.500v-6q1 -9 8 -9t8 9v6Z', '#33406f')
  path('M27 42a5 5 0 0 0 10 0v-3H27Z', '#e9b98d')
  path('M25 39q7 -8 14 0l3 1.500H25Z', '#1c2550')
  path('M11 62h40v4H11Z', '#8d99c4')
  // A lantern over the window.
  path('M29 27h6v5h-6Z', '#fff0c8')
  pen.restore()
  pen.save()
  pen.fillStyle = '#c9d3f2'
  pen.fillRect(hinge.x - 5 * s, hinge.y - 6 * s, 10 * s, hut.y + hut.height - hinge.y + 6 * s)
  pen.restore()
}

/** The arm of the barrier, from its hinge at the origin to the right: red and white, with a lantern at its end. */
export function paintArm(pen: Pen, reach: number): void {
  const thick = 8
  pen.fillStyle = '#0b1029'
  pen.fillRect(-12, -thick / 2 - 1.5, reach + 13.5, thick + 3)
  const stripes = Math.max(4, Math.round(reach / 26))
  for (let stripe = 0; stripe < stripes; stripe++) {
    pen.fillStyle = stripe % 2 === 0 ? '#d8503f' : '#f6f1e2'
    pen.fillRect((stripe * reach) / stripes, -thick / 2, reach / stripes + 0.5, thick)
  }
  pen.fillStyle = '#5a6692'
  pen.fillRect(-12, -thick / 2, 12, thick)
  pen.beginPath()
  pen.arc(0, 0, 5, 0, 7)
  pen.fillStyle = '#e8edff'
  pen.fill()
}
