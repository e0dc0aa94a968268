/** A count as a person reads it. Ports are names, not counts: they are never grouped. */
export const number = (value: number): string => value.toLocaleString('en')

/** A share from 0 to 1, in whole percent. */
export const share = (value: number): string => `${Math.round(value * 100)}%`
