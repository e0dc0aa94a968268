/** A new seed: 31 bits from the browser's own source of chance. */
export const newSeed = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) >>> 1
