import type { IncomingMessage } from 'node:http'
import type { Limits } from './limits'

/**
 * Whether the page that asks may use this server: one of this very host or of an allowed origin. No cookie gives anybody
 * any right here, so programs without an Origin (RFC 6454 section 7) may ask too.
 */
export function originAllowed(
  { headers }: Pick<IncomingMessage, 'headers'>,
  { ALLOWED_ORIGINS, PUBLIC_URL }: Pick<Limits, 'ALLOWED_ORIGINS' | 'PUBLIC_URL'>,
): boolean {
  const { origin, host } = headers
  if (origin === undefined) return true
  if (ALLOWED_ORIGINS.includes(origin)) return true
  if (!URL.canParse(origin)) return false
  const asks = new URL(origin)
  return asks.host === host || (PUBLIC_URL !== undefined && asks.origin === new URL(PUBLIC_URL).origin)
}

/**
 * The address that somebody speaks from: of the connection, or behind so many proxies of our own what the outermost of
 * them wrote into X-Forwarded-For. What stands before that anybody can have written.
 */
export function addressOf(request: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: number): string {
  const own = request.socket.remoteAddress ?? ''
  if (proxies === 0) return own
  const header = request.headers['x-forwarded-for']
  const forwarded = (Array.isArray(header) ? header.join() : (header ?? '')).split(',').map((part) => part.trim())
  return forwarded.at(-proxies) || own
}
