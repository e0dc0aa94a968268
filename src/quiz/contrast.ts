/** A piece of a text; `lit` where it differs from the other text. */
export interface Piece {
  readonly text: string
  readonly lit: boolean
}

/** Words, numbers and addresses; between them spaces and signs. */
const TOKENS = /[\p{L}\p{N}_.-]*[\p{L}\p{N}_]|\s+|[^\p{L}\p{N}\s]/gu

/** Two texts side by side, with what differs lit; nothing is lit where less than half of their words are the same. */
export function contrast(one: string, other: string): readonly [readonly Piece[], readonly Piece[]] {
  const [a, b] = [one.match(TOKENS) ?? [], other.match(TOKENS) ?? []]
  const common = longest(a, b)
  const words = (tokens: readonly string[]) => tokens.filter((token) => isWord(token)).length
  const same = common.filter(([index]) => isWord(a[index])).length
  const shared = same > 0 && same * 2 >= Math.max(words(a), words(b))
  const inA = new Set(common.map(([index]) => index))
  const inB = new Set(common.map(([, index]) => index))
  return [pieces(a, inA, shared), pieces(b, inB, shared)]
}

/** The longest common subsequence, as pairs of indices. */
function longest(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1
  const lengths = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => lengths[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i--)
    for (let j = b.length - 1; j >= 0; j--)
      lengths[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const pairs: (readonly [number, number])[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length;)
    if (a[i] === b[j]) pairs.push([i++, j++])
    else if (at(i + 1, j) >= at(i, j + 1)) i++
    else j++
  return pairs
}

const isWord = (text = ''): boolean => /[\p{L}\p{N}]/u.test(text)

function pieces(tokens: readonly string[], common: ReadonlySet<number>, shared: boolean): readonly Piece[] {
  const differs = (index: number) => shared && !common.has(index) && isWord(tokens[index])
  const found: { text: string; lit: boolean }[] = []
  tokens.forEach((text, index) => {
    // A space between two words that are lit belongs to them.
    const lit = text.trim() === '' ? differs(index - 1) && differs(index + 1) : differs(index)
    const last = found.at(-1)
    if (last && last.lit === lit) last.text += text
    else found.push({ text, lit })
  })
  return found
}
