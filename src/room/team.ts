/** A shift that a whole class plays: the class is the server, and each phone gets parcels of one stream. */
export interface TeamShift {
  readonly level: string
  readonly seed: number
  readonly seats: readonly string[]
}

/** The shift before anybody is seated. */
export const beginTeam = ({ level, seed }: { readonly level: string; readonly seed: number }): TeamShift => ({
  level,
  seed,
  seats: [],
})

/** The shift after a parcel was taken somewhere, or why that changes nothing. */
export const routeInTeam = (team: TeamShift, { player }: { readonly player: string }): TeamShift | 'not-open' =>
  team.seats.includes(player) ? team : 'not-open'

/** The shift with one player more. */
export const seatInTeam = (team: TeamShift, player: string): TeamShift => ({ ...team, seats: [...team.seats, player] })
