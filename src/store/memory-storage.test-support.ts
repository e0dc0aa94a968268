/** A Storage for tests that can be full (writing throws) or denied (reading throws too), as browsers' can. */
export class MemoryStorage implements Storage {
  private readonly items: Map<string, string>

  constructor(
    items: Readonly<Record<string, string>> = {},
    public trouble?: 'full' | 'denied',
  ) {
    this.items = new Map(Object.entries(items))
  }

  get length(): number {
    return this.items.size
  }

  key(index: number): string | null {
    return [...this.items.keys()][index] ?? null
  }

  getItem(key: string): string | null {
    if (this.trouble === 'denied') throw new DOMException('denied', 'SecurityError')
    return this.items.get(key) ?? null
  }

  setItem(key: string, value: string): void {
    if (this.trouble) throw new DOMException('no room', 'QuotaExceededError')
    this.items.set(key, value)
  }

  removeItem(key: string): void {
    this.items.delete(key)
  }

  clear(): void {
    this.items.clear()
  }
}
