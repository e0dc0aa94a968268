/** Something that cannot be read as what it should be, said in a sentence with the figures. */
export interface Malformed {
  readonly malformed: string
  /** The bytes are right as far as they go: the capture ends too early (snaplen), the sender did nothing wrong. */
  readonly truncated?: true
}

/** What breaks its own rules: a length that cannot be, a version that does not exist. */
export const malformed = (sentence: string): Malformed => ({ malformed: sentence })

/** What was cut off by the capture before it could be read. */
export const truncated = (sentence: string): Malformed => ({ malformed: sentence, truncated: true })
