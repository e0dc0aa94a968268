import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A secret nobody can guess: 128 random bits, 22 letters of base64url (RFC 4648 section 5). */
export const drawSecret = (): string => randomBytes(16).toString('base64url')

/** The id of a player: no secret, other players' screens may hold it. */
export const drawId = (): string => randomBytes(6).toString('hex')

/** SHA-256 in hexadecimal: all that the log knows of a secret. */
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex')

/** Whether the secret has this hash; takes as long whether it is nearly right or not. */
export function fits(secret: string, hash: string): boolean {
  const given = Buffer.from(hashOf(secret), 'hex')
  const wanted = Buffer.from(hash, 'hex')
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** The secret of the projector and of spectators: whoever is the teacher can tell it, nobody gets from it to the teacher's. */
export const watchSecretOf = (host: string): string =>
  createHmac('sha256', host).update('watch').digest().subarray(0, 16).toString('base64url')
