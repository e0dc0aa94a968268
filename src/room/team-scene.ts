import { levelById } from '../levels'
import { decodeIp } from '../net/frame'
import type { Packet } from '../net/packet'
import { start } from '../shift/rules'
import type { Decision, PacketArrival, Shift } from '../shift/shift'
import { placeOf } from '../shift/shift'
import type { Building, Called, Parcel, TeamPhone } from './team-seen'

function packetFrom({ bytes }: Parcel): Packet | undefined {
  try {
    const packet = decodeIp(Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)))
    return 'transport' in packet ? packet : undefined
  } catch {
    // No base64: a message of somebody else.
    return undefined
  }
}

function arrivalFrom(parcel: Parcel, wave: number): PacketArrival | undefined {
  const packet = packetFrom(parcel)
  const { id, attempt } = parcel
  return packet && { asks: 'route', id, attempt, wave, kind: 'to-listener', packet }
}

function decisionFrom(called: Called, wave: number): Decision | undefined {
  const { parcel, choice, truth, right, field, why, misconception, mistaken } = called
  const arrival = arrivalFrom(parcel, wave)
  return (
    arrival && {
      arrival,
      choice,
      truth,
      right,
      at: 0,
      reason: { field, why, ...(misconception && { misconception }) },
      ...(mistaken && { mistaken }),
    }
  )
}

/** A shift in which the building looks as it was sent, for what draws and reads shifts. Undefined for an unknown level. */
export function shiftFrom({ level: id, seed, wave, finished, sockets, bricks }: Building): Shift | undefined {
  const level = levelById(id)
  if (!level?.waves[wave]) return undefined
  const host = placeOf({ level, wave })
  const bare = start(level, seed, 'calm')
  return { ...bare, wave, finished, host: { ...host, sockets }, bricks, waiting: [], coming: [] }
}

/** The shift as one desk sees it: its parcel, the building, and what this player did last. */
export function deskFrom(phone: TeamPhone): Shift | undefined {
  const shift = shiftFrom(phone)
  const arrival = phone.parcel && arrivalFrom(phone.parcel, phone.wave)
  const last = phone.last && decisionFrom(phone.last, phone.wave)
  return shift && { ...shift, waiting: arrival ? [arrival] : [], decisions: last ? [last] : [] }
}
