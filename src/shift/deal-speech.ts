import { dataPacket } from '../net/build'
import { asciiOf, hexByte, hexRows } from '../net/hex'
import type { Socket } from '../net/socket'
import type { MisconceptionId } from '../lessons/misconception'
import { callerAddress } from './callers'
import type { Tell } from './deal-tell'
import type { Dealer } from './dealer'
import type { Language, TellKind } from './level'
import type { Option, Print } from './shift'
import { wavesHere } from './shift'
import { customAt, firstBytes, greeting, languageOf } from './speech'
import { receive } from '../net/receive'
import { SocketTable, covers } from '../net/socket-table'
import { probePacket } from '../net/scan'

/** What a program of the level speaks, and what it is called. */
function programAt({ level, wave }: Dealer, port: number): { readonly program: string; readonly speaks: Language } {
  const here = wavesHere({ level, wave: level.waves.indexOf(wave) })
  const plan = here.flatMap(({ opens }) => opens).findLast((one) => one.port === port)
  return { program: plan?.program ?? '', speaks: plan?.speaks ?? customAt(port) ?? 'http' }
}

/** The doors that take a call from the street. */
const onStreet = ({ doors, host }: Dealer): readonly Socket[] =>
  doors.filter((door) => door.protocol === 'tcp' && covers(door, host.addresses[0]))

/** Bytes as a terminal dumps them. */
const dump = (command: string, bytes: Uint8Array): Print => ({
  command,
  lines: hexRows(bytes.subarray(0, 32)).map(
    ({ bytes: row }) => `${row.map(hexByte).join(' ').padEnd(48)} ${row.map(asciiOf).join('')}`,
  ),
})

/** The idea that makes somebody expect that a number promises a language. */
const promise = (port: number): MisconceptionId =>
  port === 443 ? 'open-443-is-safe' : port < 1024 ? 'low-port-is-trusted' : 'port-identifies-protocol'

/** The first bytes of a caller, at a door: do program and bytes understand each other? */
function speech(dealer: Dealer, door: Socket, language: Language): Tell {
  const { dice, callers, host } = dealer
  const caller = dice.pick(callers)
  const source = { address: callerAddress(caller, 4), port: dice.int(49152, 65535) }
  const destination = { address: host.addresses[0], port: door.local.port }
  const payload = firstBytes(language, dice)
  // Which program gets them is the kernel's affair: it goes by the number.
  const whole = { name: host.name, addresses: host.addresses, table: SocketTable.of(dealer.sockets) }
  const { verdict } = receive(whole, probePacket('tcp', source, destination))
  const reached = 'socket' in verdict ? dealer.sockets.find(({ id }) => id === verdict.socket) : undefined
  const { program, speaks } = programAt(dealer, (reached ?? door).local.port)
  const understood = languageOf(payload) === speaks
  const about = dataPacket({
    source,
    destination,
    payload,
    seq: dice.int(1, 4294967295),
    ack: dice.int(1, 4294967295),
    tsval: dice.int(1, 4294967295),
    tsecr: dice.int(1, 4294967295),
    ttl: caller.ttl,
    identification: dice.int(1, 65535),
  })
  const option = (saying: 'understood' | 'hung-up', right: boolean): Option => ({
    told: { kind: 'say', saying },
    ...(!right && { misconception: understood ? 'port-identifies-protocol' : promise(door.local.port) }),
  })
  return {
    question: 'speech',
    about,
    print: dump('tcpdump -x', payload),
    options: [option('understood', understood), option('hung-up', !understood)],
    why: understood ? 'speaks' : 'other-tongue',
    field: 'payload',
    notes: { program, bytes: language },
  }
}

const LANGUAGES: readonly Language[] = ['http', 'tls', 'ssh', 'dns', 'mysql']

/** A greeting that comes from a door: which language is spoken there? */
function banner(dealer: Dealer): Tell {
  const { dice, host, callers } = dealer
  const talkers = onStreet(dealer).filter(
    ({ local }) => greeting(programAt(dealer, local.port).speaks, dice).length > 0,
  )
  const door = dealer.draw('banner', talkers)
  const { program, speaks } = programAt(dealer, door.local.port)
  const bytes = greeting(speaks, dice)
  const custom = customAt(door.local.port)
  const others = dice.shuffle(LANGUAGES.filter((one) => one !== speaks && one !== custom && one !== 'dns'))
  const shown = [speaks, ...(custom && custom !== speaks ? [custom] : []), ...others].slice(0, 3)
  return {
    question: 'speech',
    about: probePacket(
      'tcp',
      { address: callerAddress(dice.pick(callers), 4), port: dice.int(49152, 65535) },
      {
        address: host.addresses[0],
        port: door.local.port,
      },
    ),
    print: dump(`nc ${host.addresses[0]} ${door.local.port} | xxd`, bytes),
    options: LANGUAGES.filter((one) => shown.includes(one)).map((one) => ({
      told: { kind: 'sign', text: one },
      ...(one !== speaks && { misconception: one === custom ? promise(door.local.port) : 'port-identifies-program' }),
    })),
    why: 'speaks',
    field: 'payload',
    notes: { program, bytes: speaks },
  }
}

export const SPEECH_DESKS: Record<
  Extract<TellKind, `speech-${string}` | 'banner-question'>,
  (dealer: Dealer) => Tell
> = {
  'speech-odd': (dealer) => {
    const doors = onStreet(dealer)
    const odd = doors.filter(({ local }) => programAt(dealer, local.port).speaks !== customAt(local.port))
    const door = dealer.draw('odd', odd.length > 0 ? odd : doors)
    return speech(dealer, door, programAt(dealer, door.local.port).speaks)
  },
  'speech-taken': (dealer) => {
    const taken = onStreet(dealer).filter(({ local }) => {
      const custom = customAt(local.port)
      return custom !== undefined && custom !== programAt(dealer, local.port).speaks
    })
    const door = dealer.draw('taken', taken)
    return speech(dealer, door, customAt(door.local.port) ?? 'http')
  },
  'banner-question': banner,
}
