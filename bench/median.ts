/** The middle of a list of figures; NaN for none. */
export const median = (values: readonly number[]): number => quantile(values, 0.5)

/** The value below which this share of the figures lies. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? NaN
