import type { Rooms, Seats } from '../../store/class-keep'
import { keepRooms, keepSeats } from '../../store/class-keep'
import { browserStorage, tabStorage } from '../app/browser-storage'

/** The rooms that were opened in this browser. */
export const ownRooms = (): Rooms => keepRooms(browserStorage(), Date.now())

/** The seats of whoever plays in this browser, and in this tab. */
export const ownSeats = (): Seats => keepSeats(tabStorage(), browserStorage(), Date.now())

/** A key that tells one handing-in from another. */
export const newKey = (): string =>
  Array.from(crypto.getRandomValues(new Uint32Array(3)), (one) => one.toString(36))
    .join('')
    .slice(0, 24)
