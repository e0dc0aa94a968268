/**
 * What may come through a port that has to be open (NIST SP 800-123, sections 4 and 5): a published hole of the program is used,
 * a stolen password is tried once, passwords are guessed, or somebody on the way reads along.
 */
export type Attack = 'exploit' | 'stolen-password' | 'guessing' | 'eavesdropping'

/** What stands behind an open port. */
export interface Behind {
  /** The program has no hole that is published. */
  readonly patched: boolean
  /** What is said on the way is encrypted (RFC 8446). */
  readonly tls: boolean
  /** A login asks for more than a password (NIST SP 800-63B, section 4.2). */
  readonly secondFactor: boolean
  /** After a few wrong passwords a login waits (NIST SP 800-63B, section 5.2.2). */
  readonly tryLimit: boolean
}

/** What somebody may do about an attack. The last two change which ports there are, and nothing behind the open one. */
export type Measure = 'patch' | 'tls' | 'second-factor' | 'try-limit' | 'other-port' | 'close-rest'

/** True when the attack, having reached the port as everybody may, gets what it wants. */
export function succeeds(attack: Attack, { patched, tls, secondFactor, tryLimit }: Behind): boolean {
  switch (attack) {
    case 'exploit':
      return !patched
    case 'stolen-password':
      return !secondFactor
    case 'guessing':
      return !secondFactor && !tryLimit
    case 'eavesdropping':
      return !tls
  }
}

/** What stands behind the port once a measure is taken, or is no longer. */
export function withMeasure(behind: Behind, measure: Measure, taken = true): Behind {
  switch (measure) {
    case 'patch':
      return { ...behind, patched: taken }
    case 'tls':
      return { ...behind, tls: taken }
    case 'second-factor':
      return { ...behind, secondFactor: taken }
    case 'try-limit':
      return { ...behind, tryLimit: taken }
    // Whoever comes to the port that customers need comes to it at another number too; other ports are other ports.
    case 'other-port':
    case 'close-rest':
      return behind
  }
}

/** True when this measure decides: with it the attack fails, without it the attack succeeds. */
export const decides = (measure: Measure, attack: Attack, behind: Behind): boolean =>
  succeeds(attack, withMeasure(behind, measure, false)) && !succeeds(attack, withMeasure(behind, measure))
