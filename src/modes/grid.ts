import type { Shift } from '../shift/shift'

/** How many packets stand in a row. */
const ROW = 10

/** The first tries of a shift in the order in which its packets were dealt: `1` right, `0` not. */
export function firstTriesOf({ decisions }: Pick<Shift, 'decisions'>): string {
  const tries = decisions.filter(({ arrival }) => arrival.attempt === 1).toSorted((a, b) => a.arrival.id - b.arrival.id)
  return tries.map(({ right }) => (right ? '1' : '0')).join('')
}

/** The rows of a house: a lit window for each packet that was right at once, a dark one for each that was not. */
export function gridOf(tries: string): readonly string[] {
  const windows = tries.replaceAll('1', '■').replaceAll('0', '□')
  return windows.match(new RegExp(`.{1,${ROW}}`, 'gu')) ?? []
}

export const rightIn = (tries: string): number => tries.replaceAll('0', '').length
