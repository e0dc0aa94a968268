/** Words that stand in what a set becomes: on paper and in files, in the language of the set. */
const sheet = {
  source: (source: string) => `Source: ${source}`,
  position: (place: number) => `Place ${place}`,
  /** Beside an item that has no place in the order. */
  nowhere: 'no place',
  splitStem: (stem: string, option: string) => `${stem} Is this right: ${option}?`,
  yes: 'yes',
  no: 'no',
  doors: {
    door: (place: string) => `door ${place}`,
    lamp: (local: string, program: string) => (program ? `lamp ${local} (${program})` : `lamp ${local}`),
    window: (peer: string) => `window ${peer}`,
  },
}

export const teach = {
  title: 'For teachers',
  sheet,
}
