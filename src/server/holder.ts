import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

/** A process that holds a listening socket. */
export interface Holder {
  readonly program: string
  readonly pid: number
}

const TCP_LISTEN = '0A'

/**
 * The inodes of the sockets that listen at a port, from the text of /proc/net/tcp or tcp6 (proc(5)): the local address
 * and port in hexadecimal are field 1, the state is field 3, the inode is field 9.
 */
const listeningInodes = (table: string, port: number): string[] =>
  table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === TCP_LISTEN && Number.parseInt(local?.split(':')[1] ?? '', 16) === port)
    .flatMap(([, , , , , , , , , inode]) => inode ?? [])

/** The processes in what `lsof -F pc` prints (lsof(8), OUTPUT FOR OTHER PROGRAMS): a line `p<pid>`, then `c<command>`. */
const lsofHolders = (output: string): Holder[] =>
  [...output.matchAll(/^p(\d+)\nc(.*)$/gm)].map(([, pid = '', program = '']) => ({ program, pid: Number(pid) }))

/**
 * The processes that listen at a TCP port of this machine. Empty if they are not this user's to see, or if the system
 * has no cheap way to ask.
 */
export function holdersOf(port: number): Holder[] {
  return process.platform === 'linux' ? holdersInProc(port) : holdersByLsof(port)
}

function holdersInProc(port: number): Holder[] {
  const inodes = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((path) =>
    listeningInodes(
      attempt(() => readFileSync(path, 'utf8'), ''),
      port,
    ),
  )
  const sockets = new Set(inodes.map((inode) => `socket:[${inode}]`))
  const holds = (pid: string): boolean =>
    attempt(() => readdirSync(`/proc/${pid}/fd`), []).some((fd) =>
      sockets.has(attempt(() => readlinkSync(`/proc/${pid}/fd/${fd}`), '')),
    )
  return attempt(() => readdirSync('/proc'), [])
    .filter((name) => /^\d+$/.test(name) && holds(name))
    .map((pid) => ({ program: attempt(() => readFileSync(`/proc/${pid}/comm`, 'utf8').trim(), '?'), pid: Number(pid) }))
}

const holdersByLsof = (port: number): Holder[] =>
  attempt(() => {
    const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']
    return lsofHolders(
      execFileSync('lsof', args, { encoding: 'utf8', timeout: 3000, stdio: ['ignore', 'pipe', 'ignore'] }),
    )
  }, [])

/** Processes end and fds close while one looks, and those of other users are not for reading: then there is no answer. */
function attempt<T>(read: () => T, otherwise: T): T {
  try {
    return read()
  } catch {
    return otherwise
  }
}
