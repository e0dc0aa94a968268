import type { Chain, Rule } from '../../net/filter'
import { evaluate } from '../../net/filter'
import { receive } from '../../net/receive'
import type { Endpoint } from '../../net/tuple'
import { portOf } from '../../ports/services'
import { dynamicPort, ephemeral, server, stranger } from '../addresses'
import type { Machine } from '../machine'
import { hostOf, waiting } from '../machine'
import { doorsView, factsView, ssView, tcpdumpView } from '../machine-view'
import { nftView, ruleField } from '../nft-view'
import { syn } from '../packets'
import type { Item } from '../question'
import { servicesView } from '../services-view'
import type { Template } from '../template'
import type { TextView } from '../view'
import { textView } from '../view'

/** What mail is carried for, by the registered name of the service that does it. */
const JOBS = ['smtp', 'submission', 'submissions', 'imaps', 'pop3s'] as const
type Job = (typeof JOBS)[number]

const mailTrio: Template = {
  id: 'wk-mail-trio',
  cluster: 'protocols',
  kind: 'match',
  difficulty: 3,
  claims: ['S11', 'S33'],
  ask: (dice, words) => {
    const say = words.protocols['wk-mail-trio']
    const [reading = 'imaps', spare = 'pop3s'] = dice.shuffle(['imaps', 'pop3s'] as const)
    const count = dice.number('jobs', 3, 4)
    const jobs: readonly Job[] = dice.shuffle(['smtp', 'submission', 'submissions', ...(count === 4 ? [reading] : [])])
    const port = (job: Job) => portOf('tcp', job)
    const item = (job: Job): Item => ({ means: job, text: say.jobs[job] })
    const known = [...jobs, spare].map((job) => port(job))
    if (known.includes(undefined)) return undefined
    const at = (job: Job) => port(job) ?? 0
    const sending = ['smtp', 'submission', 'submissions'] as const
    return {
      stem: say.stem,
      views: [],
      after: [servicesView([...jobs, spare].map((job) => ({ port: at(job), protocol: 'tcp' })))],
      body: {
        kind: 'match',
        pairs: jobs.map((job) => [item(job), at(job)] as const),
        extra: [at(spare)],
        wrong: [
          ...sending.flatMap((job) =>
            sending
              .filter((other) => other !== job)
              .map((other) => ({ says: [item(job), at(other)] as const, misconception: 'smtp-one-port' as const })),
          ),
          ...sending.flatMap((job) => [
            { says: [item(job), at(spare)] as const, misconception: 'neighbour-mixup' as const },
            { says: [item(job), at(reading)] as const, misconception: 'neighbour-mixup' as const },
            { says: [item(reading), at(job)] as const, misconception: 'neighbour-mixup' as const },
          ]),
          { says: [item(reading), at(spare)], misconception: 'neighbour-mixup' },
        ],
      },
      explanation: {
        text: say.explain(at('smtp'), at('submission'), at('submissions')),
        field: `${at('submission')}/tcp`,
        source: 'RFC 5321 §2.1; RFC 6409 §3; RFC 8314 §3.3',
      },
    }
  },
}

/** How a mail app and a server begin: with TLS at once, or in clear text with an upgrade. */
type Security = 'tls' | 'starttls'

/** How the first bytes at a mail server's port are meant (RFC 8314 section 3.3). */
const BEGINS: Readonly<Record<string, Security>> = { smtp: 'starttls', submission: 'starttls', submissions: 'tls' }

const mailApp: Template = {
  id: 'wk-mail-app',
  cluster: 'protocols',
  kind: 'predict',
  difficulty: 3,
  claims: ['S11', 'S36', 'S05'],
  ask: (dice, words) => {
    const say = words.protocols['wk-mail-app']
    const service = dice.one('port', ['smtp', 'submission', 'submissions'] as const)
    const security = dice.one('security', ['tls', 'starttls'] as const)
    const port = portOf('tcp', service)
    const [smtp, submission, submissions] = ['smtp', 'submission', 'submissions'].map((name) => portOf('tcp', name))
    if (port === undefined || smtp === undefined || submission === undefined || submissions === undefined)
      return undefined
    const chain: Chain = {
      name: 'forward',
      family: 'inet',
      hook: 'forward',
      policy: 'accept',
      rules: [{ match: { protocol: 'tcp', destinationPort: [smtp] }, action: 'drop' }],
    }
    const address = server(dice)
    const missing = dice.next() < 0.2 ? dice.pick([submission, submissions]) : undefined
    const lamps = [smtp, submission, submissions].filter((one) => one !== missing)
    const sockets = lamps.map((one) => waiting('tcp', { address: '0.0.0.0', port: one }))
    const machine: Machine = {
      name: 'mail',
      addresses: [address],
      sockets,
      programs: Object.fromEntries(sockets.map(({ id }) => [id, 'master'])),
    }
    const packet = syn(dice, { address: stranger(dice), port: ephemeral(dice) }, { address, port })
    const { action, by } = evaluate(chain, packet, { state: 'new' })
    const taken = action === 'accept' && receive(hostOf(machine), packet).verdict.kind === 'listener'
    const outcome =
      action !== 'accept' ? 'timeout' : !taken ? 'refused' : BEGINS[service] === security ? 'sent' : 'stuck'
    const option = (means: keyof typeof say.options): Item => ({ means, text: say.options[means] })
    return {
      stem: say.stem,
      views: [
        factsView([
          { field: 'server', name: say.server, value: address },
          { field: 'port', name: say.port, value: String(port) },
          { field: 'security', name: say.security, value: say.securities[security] },
        ]),
        nftView(chain),
        ssView(machine, '-tlnp'),
        doorsView(machine),
      ],
      body: {
        kind: 'predict',
        right: option(outcome),
        wrong: [
          { says: option('sent'), misconception: 'smtp-one-port' },
          { says: outcome === 'timeout' ? option('stuck') : undefined, misconception: 'secure-twin-mixup' },
          { says: outcome === 'sent' ? option('timeout') : undefined, misconception: 'smtp-one-port' },
          { says: outcome === 'sent' ? option('refused') : undefined, misconception: 'smtp-one-port' },
          { says: outcome === 'sent' ? option('stuck') : undefined, misconception: 'secure-twin-mixup' },
          { says: outcome === 'stuck' ? option('clear') : undefined, misconception: 'secure-twin-mixup' },
          { says: outcome === 'refused' ? option('timeout') : undefined, misconception: 'closed-is-silent' },
        ],
      },
      explanation: {
        text: say.explain[outcome](port),
        field: outcome === 'timeout' ? ruleField(by) : outcome === 'stuck' ? 'security' : 'port',
        source: 'RFC 8314 §3.3; RFC 6409 §3',
      },
    }
  },
}

const octets = (address: string): string => address.split('.').join(',')

/** The last lines of an FTP control connection, as a client prints them with `debug` on. */
const ftpView = (lines: readonly string[], field: string): TextView => {
  const shown = lines.at(-1) ?? ''
  return textView('ftp -d', lines.join('\n'), [{ field, text: shown, line: lines.length - 1 }])
}

/** The two numbers in which FTP writes a port (RFC 959 section 4.1.2). */
const halves = (port: number): readonly [high: number, low: number] => [port >> 8, port & 255]

const ftpPassive: Template = {
  id: 'wk-ftp-passive',
  cluster: 'protocols',
  kind: 'type',
  difficulty: 4,
  claims: ['S05', 'S20'],
  ask: (dice, words) => {
    const say = words.protocols['wk-ftp-passive']
    const address = server(dice)
    const announced = dice.int(30000, 60000)
    const [high, low] = halves(announced)
    const command = portOf('tcp', 'ftp')
    const data = portOf('tcp', 'ftp-data')
    if (command === undefined || data === undefined) return undefined
    const client = stranger(dice)
    const line = `227 Entering Passive Mode (${octets(address)},${high},${low}).`
    const view = ftpView(['---> PASV', line], 'announced')
    const port = new DataView(Uint8Array.of(high, low).buffer).getUint16(0)
    return {
      stem: say.stem,
      views: [view],
      after: [view, tcpdumpView([syn(dice, { address: client, port: ephemeral(dice) }, { address, port })])],
      body: {
        kind: 'type',
        expects: 'port',
        right: port,
        wrong: [
          { says: data, misconception: 'ftp-one-port' },
          { says: command, misconception: 'ftp-one-port' },
        ],
      },
      explanation: {
        text: say.explain(high, low, port),
        field: 'announced',
        source: 'RFC 959 §4.1.2',
      },
    }
  },
}

const ends = (source: Endpoint, destination: Endpoint): string =>
  `${source.address}.${source.port} > ${destination.address}.${destination.port}`

const ftpActive: Template = {
  id: 'wk-ftp-active',
  cluster: 'protocols',
  kind: 'predict',
  difficulty: 4,
  claims: ['S05', 'S20', 'S11'],
  ask: (dice, words) => {
    const say = words.protocols['wk-ftp-active']
    const [address, client] = [server(dice), stranger(dice)]
    const [command, data] = [portOf('tcp', 'ftp'), portOf('tcp', 'ftp-data')]
    if (command === undefined || data === undefined) return undefined
    const control = { address: client, port: ephemeral(dice) }
    const passive = dice.one('mode', ['active', 'passive']) === 'passive'
    const announced = dynamicPort(dice)
    const [high, low] = halves(announced)
    const lines = passive
      ? ['---> PASV', `227 Entering Passive Mode (${octets(address)},${high},${low}).`, '---> RETR notes.txt']
      : [`---> PORT ${octets(client)},${high},${low}`, '200 PORT command successful.', '---> RETR notes.txt']
    const port = new DataView(Uint8Array.of(high, low).buffer).getUint16(0)
    const free = { address: client, port: ephemeral(dice) }
    const at = (port: number): Endpoint => ({ address: passive ? address : client, port })
    const [source, destination] = passive ? [free, at(port)] : [{ address, port: data }, at(port)]
    const view = textView('ftp -d', lines.join('\n'), [
      { field: 'announced', text: lines[passive ? 1 : 0] ?? '', line: passive ? 1 : 0 },
    ])
    return {
      stem: say.stem(ends(control, { address, port: command })),
      views: [view],
      after: [view, tcpdumpView([syn(dice, source, destination)])],
      body: {
        kind: 'predict',
        right: ends(source, destination),
        wrong: [
          { says: ends(free, { address, port: data }), misconception: 'ftp-one-port' },
          { says: ends(free, { address, port: command }), misconception: 'ftp-one-port' },
          {
            says: passive ? undefined : ends({ address, port: command }, control),
            misconception: 'ftp-one-port',
          },
          {
            says: passive
              ? ends({ address, port: data }, { address: client, port: free.port })
              : ends({ address: client, port: announced }, { address, port: command }),
            misconception: passive ? 'ftp-one-port' : 'source-port-is-door',
          },
        ],
      },
      explanation: {
        text: passive ? say.explainPassive(high, low, port) : say.explainActive(high, low, port, data),
        field: 'announced',
        source: passive ? 'RFC 959 §4.1.2' : 'RFC 959 §3.2, §4.1.2',
      },
    }
  },
}

/** A filter in front of an FTP server: the control port, and what else it lets in. */
function ftpChain(mode: 'control' | 'both' | 'range', [low, high]: readonly [number, number]): Chain {
  const [command = 21, data = 20] = [portOf('tcp', 'ftp'), portOf('tcp', 'ftp-data')]
  const rule = (...destinationPort: NonNullable<Rule['match']['destinationPort']>): Rule => ({
    match: { protocol: 'tcp', destinationPort },
    action: 'accept',
  })
  return {
    name: 'input',
    family: 'inet',
    hook: 'input',
    policy: 'drop',
    rules: [
      { match: { state: ['established'] }, action: 'accept' },
      mode === 'both' ? rule(data, command) : rule(command),
      ...(mode === 'range' ? [rule({ from: low, to: high })] : []),
    ],
  }
}

const ftpFilter: Template = {
  id: 'wk-ftp-filter',
  cluster: 'protocols',
  kind: 'choose',
  difficulty: 4,
  claims: ['S36', 'S05', 'S28'],
  ask: (dice, words) => {
    const say = words.protocols['wk-ftp-filter']
    const mode = dice.one('rules', ['control', 'both', 'range'] as const)
    const start = dice.pick([40000, 50000, 60000])
    const span = [start, start + 99] as const
    const chain = ftpChain(mode, span)
    const announced = mode === 'range' && dice.next() < 0.7 ? dice.int(...span) : dice.int(30000, 39999)
    const [high, low] = halves(announced)
    const [address, client] = [server(dice), stranger(dice)]
    const [command, data] = [portOf('tcp', 'ftp'), portOf('tcp', 'ftp-data')]
    if (command === undefined || data === undefined) return undefined
    const arrives = (port: number) => {
      const packet = syn(dice, { address: client, port: ephemeral(dice) }, { address, port })
      const { action, by } = evaluate(chain, packet, { state: 'new' })
      return { by, passes: action === 'accept' }
    }
    const option = (port: number, passes = arrives(port).passes): Item => ({
      means: `${port} ${passes ? 'passes' : 'dropped'}`,
      text: passes ? say.passes(port) : say.dropped(port),
    })
    const { by, passes } = arrives(announced)
    const view = ftpView(
      ['230 Login successful.', '---> PASV', `227 Entering Passive Mode (${octets(address)},${high},${low}).`],
      'announced',
    )
    return {
      stem: say.stem,
      views: [nftView(chain), view],
      body: {
        kind: 'choose',
        right: option(announced),
        wrong: [
          { says: option(data), misconception: 'ftp-one-port' },
          { says: { means: 'no new', text: say.none(command) }, misconception: 'ftp-one-port' },
          { says: { means: 'from server', text: say.active(data) }, misconception: 'ftp-one-port' },
          // Who takes the data for a part of the login's connection sees it covered by the rule for established ones.
          // Who looks for 20 in the rules finds the announced port closed.
          { says: option(announced, !passes), misconception: 'ftp-one-port' },
        ],
      },
      explanation: {
        text: say.explain(high, low, announced, passes),
        field: passes ? ruleField(by) : 'announced',
        source: 'RFC 959 §4.1.2; nft(8)',
      },
    }
  },
}

export const protocols: readonly Template[] = [mailTrio, mailApp, ftpPassive, ftpActive, ftpFilter]
