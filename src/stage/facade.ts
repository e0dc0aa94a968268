import { serviceName } from '../ports/services'
import type { Door } from '../shift/door'
import { doorsOf, plateOf } from '../shift/door'
import { random } from '../shift/random'
import type { Shift } from '../shift/shift'
import { crowdOf, offers, waveOf } from '../shift/shift'
import { words } from '../words'
import { paintGatehouse } from './gatehouse'
import type { StageLayout } from './layout'
import * as paint from './paint'
import { themeOf } from './theme'
import { roofLamps, town } from './town'

/** How many of a crowd's lights are drawn: enough not to be counted. */
const LIGHTS = 1400

/** Everything of a shift that stands still: town, building and doors, with their keys where there is room. `pen` is scaled to CSS pixels. */
export function paintFacade(pen: paint.Pen, layout: StageLayout, shift: Shift, keys = true): void {
  const [address = '', ...others] = shift.host.addresses
  town(pen, layout, others.length === 0 ? address : shift.host.name, themeOf(shift.level.floor))
  if (crowdOf(shift)) skyOfLights(pen, layout)
  if (hasGate(shift)) paintGatehouse(pen, layout)
  const named = waveOf(shift).plates === 'name'
  // Where doors stand close there is no room for key badges, and hardly ever a keyboard.
  const badges = keys && offers(shift).includes('listener') && !(layout.portrait && layout.scale < 0.7)
  for (const [index, door] of doorsOf(shift).entries()) {
    const place = layout.doors[index]
    if (!place) continue
    pen.save()
    pen.translate(place.arch.x, place.arch.y)
    pen.scale(layout.scale, layout.scale)
    const look = lookOf(door, named)
    paint.door(pen, badges ? look : { ...look, key: undefined }, place.plate.width / layout.scale, layout.scale)
    pen.restore()
  }
}

/** True where one sees a gatehouse before the doors; from outside nobody knows of it until the shift is over. */
export const hasGate = (shift: Shift): boolean => {
  const { gate, works, outside } = waveOf(shift)
  return (gate !== undefined && (!outside || shift.finished)) || works !== undefined
}

/** The building as it was at the end of a shift: its windows lit, and as many lamps on the roof as the best streak was long. */
export function paintHouse(pen: paint.Pen, layout: StageLayout, shift: Shift): void {
  paintFacade(pen, layout, shift, false)
  for (const [index, { x, y }] of roofLamps(layout).entries()) {
    if (index >= shift.bestStreak && shift.bestStreak < 10) break
    paint.glow(pen, x, y, 16, 0.9)
  }
  for (const [index, place] of layout.doors.entries()) {
    const sockets = doorsOf(shift)[index]?.windows ?? []
    for (const { id, rect } of place.windows) {
      const socket = sockets.find((one) => one.id === id)
      if (!socket?.peer) continue
      pen.save()
      pen.translate(rect.x, rect.y)
      pen.scale(rect.width / 78, rect.width / 78)
      paint.windowPane(pen, socket.peer.address, `:${socket.peer.port}`, socket.state === 'TIME-WAIT')
      pen.restore()
    }
    for (const { x, y, width } of place.panes) {
      pen.save()
      pen.translate(x, y)
      pen.scale(width / 17, width / 17)
      paint.pane(pen)
      pen.restore()
    }
    if (place.more && place.hidden > 0) {
      const { x, y, width, height } = place.more
      paint.count(pen, `+${place.hidden}`, x + width / 2, y + height / 2)
    }
  }
}

/** A crowd of connections, too many for labels: the wall becomes a sky of lights. */
function skyOfLights(pen: paint.Pen, { building, board, ground }: StageLayout): void {
  const dice = random(7)
  const top = board.y + board.height + 6
  for (let light = 0; light < LIGHTS; light++) {
    pen.save()
    pen.translate(building.x + 8 + dice.next() * (building.width - 16), top + dice.next() * (ground - top - 8))
    const size = 0.5 + dice.next() * 0.6
    pen.scale(size, size)
    pen.globalAlpha = 0.35 + dice.next() * 0.5
    paint.spark(pen)
    pen.restore()
  }
}

/** What a door looks like, with the port's number or its registered name on the plate. */
export const lookOf = (door: Door, named: boolean): paint.DoorLook => ({
  family: door.family,
  udp: door.protocol === 'udp',
  plate: plateOf(door, named),
  name:
    door.kind === 'brick'
      ? words.stage.nobody
      : named
        ? ''
        : door.program || (door.kind === 'out' ? words.stage.out : (serviceName(door.protocol, door.port) ?? '')),
  protocol: door.entrance ? (door.protocol === 'udp' ? `udp ${door.entrance}` : door.entrance) : door.protocol,
  key: door.key,
  kind: door.kind,
})
