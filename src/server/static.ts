import type { IncomingMessage, ServerResponse } from 'node:http'
import sirv from 'sirv'

const contentSecurityPolicy = [
  "default-src 'self'",
  // SQLite, which writes cards for Anki, and FSRS's optimiser are WebAssembly; it allows no eval of JavaScript.
  "script-src 'self' 'wasm-unsafe-eval'",
  // Phaser makes its own pictures from data: and blob: addresses; pictures of other places stand only in a teacher's own
  // questions, and only after the teacher has switched them on.
  "img-src 'self' data: blob: https:",
  // Phaser and Vite's preloading put style elements into the page.
  "style-src 'self' 'unsafe-inline'",
  "worker-src 'self' blob:",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'self'",
].join('; ')

/** Headers of every answer. Without a Cross-Origin-Opener-Policy: browsers warn about it on plain http in a LAN. */
export const securityHeaders = {
  'Content-Security-Policy': contentSecurityPolicy,
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const

/** WebSockets to this very host, for browsers that do not take them for 'self' (CSP level 3, section 6.7.2.8). */
const withSockets = (host: string | undefined): string =>
  host !== undefined && /^[\w.:[\]-]+$/.test(host)
    ? contentSecurityPolicy.replace("connect-src 'self'", `connect-src 'self' ws://${host} wss://${host}`)
    : contentSecurityPolicy

/**
 * The Cache-Control of a file (RFC 9111 section 5.2.2, RFC 8246): what the build names by its content never changes,
 * all else is asked for again.
 */
const cacheControl = (pathname: string): string =>
  pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'

/**
 * Answers requests with the files of a built folder, compressed where a `.br` or `.gz` of it lies beside the file.
 * Any other path is 404; any method but GET and HEAD is 405 (RFC 9110 sections 15.5.5 and 15.5.6).
 */
export function serveFolder(folder: string): (request: IncomingMessage, response: ServerResponse) => void {
  const files = sirv(folder, {
    // Look at the disk on every request, so that a new build is served at once and a file that is gone is a 404.
    dev: true,
    etag: true,
    gzip: true,
    brotli: true,
    setHeaders: (response, pathname) => void response.setHeader('Cache-Control', cacheControl(pathname)),
  })
  return (request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value)
    response.setHeader('Content-Security-Policy', withSockets(request.headers.host))
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      return refuse(response, 405, `Nobody here answers to ${request.method ?? 'that'}. Try GET.`)
    }
    // A server may ignore Range (RFC 9110 section 14.2), and sirv throws on a range that ends before it starts.
    delete request.headers.range
    files(request, response, () => refuse(response, 404, 'No such door: nothing is served at this path.'))
  }
}

function refuse(response: ServerResponse, status: number, sentence: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain;charset=utf-8', 'Cache-Control': 'no-store' })
  response.end(`${sentence}\n`)
}
