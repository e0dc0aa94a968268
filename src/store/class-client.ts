import * as v from 'valibot'
import { io } from 'socket.io-client'
import { readHeard, readReply } from '../room/heard'
import { ADDRESS_PATH, CLASS_PATH } from '../room/path'
import type { Line } from './class-line'

/** Milliseconds after which something said counts as not heard. */
const PATIENCE = 10_000
/** The same when a phone wakes up: is there still somebody at the other end? */
const WAKING = 2500

const NO_LINE = { ok: false, why: 'no-line' } as const

/** The address of something on the server, which may serve the page from below its root. */
const under = (path: string): URL => new URL(`.${path}`, document.baseURI)

/**
 * Connects with the server of the class that served this page: with a WebSocket, or by polling where a network lets none
 * through. Phones suspend connections without a word, so that it is tried anew when the page is seen again or the network
 * is back, and not only when the connection is known to be lost. `code`: the room, if it is known, for a load balancer that
 * likes to keep a room together.
 */
export function openLine(code?: string): Line {
  const { origin, pathname } = under(CLASS_PATH)
  const socket = io(origin, {
    path: pathname,
    transports: ['websocket'],
    ...(code !== undefined && { query: { room: code } }),
    timeout: 6000,
    reconnectionDelay: 500,
    reconnectionDelayMax: 5000,
    randomizationFactor: 0.5,
  })
  let closed = false
  const anew = () => {
    if (closed) return
    socket.disconnect()
    socket.connect()
  }
  const check = () => {
    if (closed || document.visibilityState === 'hidden') return
    if (!socket.connected) return anew()
    // Every kind of page is answered, if only that this is not for it.
    socket.timeout(WAKING).emit('mine', {}, (silence: Error | null) => {
      if (silence) anew()
    })
  }
  socket.on('connect_error', () => {
    const [first] = socket.io.opts.transports ?? []
    socket.io.opts.transports = first === 'polling' ? ['websocket'] : ['polling', 'websocket']
  })
  socket.on('disconnect', (reason) => {
    // A server that goes down sends everybody away; not all come back in the same moment.
    if (reason === 'io server disconnect' && !closed) setTimeout(() => socket.connect(), 500 + Math.random() * 1500)
  })
  document.addEventListener('visibilitychange', check)
  addEventListener('online', anew)
  addEventListener('offline', anew)
  addEventListener('pageshow', check)
  return {
    async say(name, said) {
      if (!socket.connected) return NO_LINE
      try {
        const answer: unknown = await socket.timeout(PATIENCE).emitWithAck(name, said)
        return readReply(name, answer) ?? NO_LINE
      } catch {
        return NO_LINE
      }
    },
    hear(name, act) {
      const heard = (said: unknown) => {
        const read = readHeard(name, said)
        if (read) act(read)
      }
      // The names of events are not typed: what comes is whatever somebody sends.
      socket.on<string>(name, heard)
    },
    follow(act) {
      socket.on('connect', () => act(true))
      socket.on('disconnect', () => act(false))
      if (socket.connected) act(true)
    },
    close() {
      closed = true
      document.removeEventListener('visibilitychange', check)
      removeEventListener('online', anew)
      removeEventListener('offline', anew)
      removeEventListener('pageshow', check)
      socket.removeAllListeners()
      socket.disconnect()
    },
  }
}

const AddressesSchema = v.object({ addresses: v.pipe(v.array(v.pipe(v.string(), v.url())), v.minLength(1)) })

/**
 * The addresses at which phones in the room reach this page, the best first. Undefined where no server of the class answers:
 * a static host has none.
 */
export async function serverAddresses(): Promise<readonly string[] | undefined> {
  try {
    const response = await fetch(under(ADDRESS_PATH), { cache: 'no-store' })
    const read = v.safeParse(AddressesSchema, await response.json())
    return response.ok && read.success ? read.output.addresses : undefined
  } catch {
    return undefined
  }
}
