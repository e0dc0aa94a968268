import { io } from 'socket.io-client'
import type { Socket } from 'socket.io-client'
import type { Heard, Replies, Reply, Said, SayName } from '../room/wire'
import { CLASS_PATH } from '../room/wire'

/** A page that talks to the class, without a screen. */
export interface Browser {
  readonly socket: Socket
  say<Name extends SayName>(name: Name, said: Said<Name>): Promise<Reply<Replies[Name]>>
  /** Everything that was heard, in order. */
  readonly heard: readonly Told[]
  last<Name extends keyof Heard>(name: Name): Heard[Name] | undefined
  /** Takes what came with a reply as if it had been told. */
  take<Name extends keyof Heard>(name: Name, told: Heard[Name]): void
}

export interface Told {
  readonly name: keyof Heard
  readonly told: unknown
}

const NAMES = ['room', 'screen', 'host', 'counts', 'answered', 'mine', 'bye'] as const

/** Opens a page. `transports`: how it connects. Rejects if it cannot. */
export function openBrowser(
  url: string,
  { transports = ['websocket'], timeout = 10_000 }: { readonly transports?: string[]; readonly timeout?: number } = {},
): Promise<Browser> {
  const socket = io(url, {
    path: CLASS_PATH,
    transports,
    forceNew: true,
    reconnectionDelayMax: 500,
    reconnectionDelay: 100,
  })
  const heard: Told[] = []
  const latest: Partial<Heard> = {}
  const keep =
    <Name extends keyof Heard>(name: Name) =>
    (told: Heard[Name]): void => {
      heard.push({ name, told })
      latest[name] = told
    }
  for (const name of NAMES) socket.on<string>(name, keep(name))
  const browser: Browser = {
    socket,
    say: (name, said) => socket.timeout(timeout).emitWithAck(name, said),
    heard,
    last: (name) => latest[name],
    take: (name, told) => keep(name)(told),
  }
  return new Promise((resolve, reject) => {
    socket.once('connect', () => resolve(browser))
    socket.once('connect_error', reject)
  })
}

/** The reply, if it is a good one. Throws with why it is not. */
export async function good<Good>(reply: Promise<Reply<Good>>): Promise<Good> {
  const said = await reply
  if (!said.ok) throw new Error(`It was refused: ${said.why}.`)
  return said
}
