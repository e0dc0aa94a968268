/** How often something may happen: `burst` times at once, and `perSecond` times a second in the long run. */
export interface Rate {
  readonly perSecond: number
  readonly burst: number
}

/** A token bucket. Time is passed in, in milliseconds. */
export class Bucket {
  private tokens: number
  private filled: number

  constructor(
    private readonly rate: Rate,
    now: number,
  ) {
    this.tokens = rate.burst
    this.filled = now
  }

  private fill(now: number): void {
    const more = (Math.max(0, now - this.filled) / 1000) * this.rate.perSecond
    this.tokens = Math.min(this.rate.burst, this.tokens + more)
    this.filled = now
  }

  /** Takes one; false if there is none. */
  take(now: number): boolean {
    this.fill(now)
    if (this.tokens < 1) return false
    this.tokens--
    return true
  }

  /** Whether there is one. */
  has(now: number): boolean {
    this.fill(now)
    return this.tokens >= 1
  }

  /**
   * Takes one, if need be in advance: the milliseconds until it would have been there. Undefined, and nothing is taken, if
   * that were longer than `most`.
   */
  reserve(now: number, most: number): number | undefined {
    this.fill(now)
    const wait = this.tokens >= 1 ? 0 : Math.ceil(((1 - this.tokens) / this.rate.perSecond) * 1000)
    if (wait > most) return undefined
    this.tokens--
    return wait
  }

  /** Whether it is as full as it can be: then it need not be remembered. */
  full(now: number): boolean {
    this.fill(now)
    return this.tokens >= this.rate.burst
  }
}

/** A bucket for each key. Full ones are forgotten by `sweep`. */
export class Buckets {
  private readonly byKey = new Map<string, Bucket>()

  constructor(private readonly rate: Rate) {}

  of(key: string, now: number): Bucket {
    const known = this.byKey.get(key)
    if (known) return known
    const bucket = new Bucket(this.rate, now)
    this.byKey.set(key, bucket)
    return bucket
  }

  sweep(now: number): void {
    for (const [key, bucket] of this.byKey) if (bucket.full(now)) this.byKey.delete(key)
  }
}
