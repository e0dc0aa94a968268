/** A count as a person reads it, with a point from five digits on. Ports are never grouped. */
export const number = (value: number): string => value.toLocaleString('es')

/** A share from 0 to 1, in whole percent, with the space that Spanish puts before the sign. */
export const share = (value: number): string => `${Math.round(value * 100)}\u202f%`
