import type { Site } from '../../../net/exposure'
import { arrive, exposure, scanSite, serverRouter } from '../../../net/exposure'
import type { Chain } from '../../../net/filter'
import type { Packet } from '../../../net/packet'
import { SocketTable } from '../../../net/socket-table'
import { familyAt } from '../../../ports/services'
import { ephemeral, server, stranger } from '../../addresses'
import { waiting } from '../../machine'
import { doorsView, ssView } from '../../machine-view'
import { nftView } from '../../nft-view'
import { first } from '../../packets'
import { usualProgram } from '../../programs'
import { board, statement } from './board'

const isReset = ({ transport }: Packet): boolean => transport.protocol === 'tcp' && transport.flags.rst
const isIcmp = ({ transport }: Packet): boolean => transport.protocol === 'icmp'

/** A server on the internet: what answers there, what does not, and what that is worth. */
export const outsideBoard = board({
  id: 'bd-outside',
  cluster: 'refusals',
  difficulty: 3,
  claims: ['S23', 'S24', 'S25', 'S29', 'S30', 'S31'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-outside']
    const own = server(dice)
    const database = dice.one('database', [3306, 5432, 6379])
    const moved = dice.one('ssh', [2222, 22022, 48222])
    const closed = { tcp: dice.pick([23, 8080, 9100]), udp: dice.pick([161, 514, 1900]) }
    const silent = dice.pick([123, 500])
    const any = (port: number) => ({ address: '0.0.0.0', port })
    const lamps = [
      { socket: waiting('tcp', any(moved)), program: 'sshd' },
      ...(
        [
          ['tcp', 443],
          ['tcp', database],
          ['udp', silent],
        ] as const
      ).map(([protocol, port]) => ({
        socket: waiting(protocol, any(port)),
        program: usualProgram(protocol, port) ?? '',
      })),
    ]
    const sockets = dice.shuffle(lamps).map(({ socket }) => socket)
    const machine = {
      name: 'server',
      addresses: [own],
      sockets,
      programs: Object.fromEntries(lamps.map(({ socket, program }) => [socket.id, program])),
    }
    const chain: Chain = {
      name: 'input',
      family: 'inet',
      hook: 'input',
      policy: 'accept',
      rules: [{ match: { protocol: 'udp', destinationPort: [silent] }, action: 'drop' }],
    }
    const site: Site = { name: 'server', router: serverRouter([own], [chain]), table: SocketTable.of(sockets) }
    const vantage = { address: stranger(dice), iif: 'eth0' }
    const answer = (protocol: 'tcp' | 'udp', port: number) =>
      arrive(site, first(dice, protocol, { ...vantage, port: ephemeral(dice) }, { address: own, port }), 'eth0').answer
    const [refusal, complaint] = [answer('tcp', closed.tcp), answer('udp', closed.udp)]
    const state = (technique: 'syn' | 'udp', port: number) => scanSite(site, vantage, technique, own, [port])[0]?.state
    const openTo = (table: SocketTable) => exposure({ ...site, table }, vantage)
    const ways = openTo(site.table).map(({ endpoint }) => endpoint.port)
    const left = openTo(SocketTable.of(sockets.filter(({ local }) => local.port !== database)))
    return {
      stem,
      views: [ssView(machine, '-tulnp'), nftView(chain), doorsView(machine)],
      statements: [
        statement('closed-is-silent', { model: refusal !== undefined, idea: false }, (answers) =>
          says['closed-is-silent'](closed.tcp, answers),
        ),
        statement('closed-tcp-sends-icmp', { model: refusal !== undefined && isIcmp(refusal), idea: true }, (icmp) =>
          says['closed-tcp-sends-icmp'](closed.tcp, icmp),
        ),
        statement('udp-closed-sends-rst', { model: complaint !== undefined && isReset(complaint), idea: true }, (rst) =>
          says['udp-closed-sends-rst'](closed.udp, rst),
        ),
        statement('udp-silence-means-open', { model: state('udp', silent) === 'open', idea: true }, (proven) =>
          says['udp-silence-means-open'](silent, proven),
        ),
        statement('refused-means-host-down', { model: refusal?.source === own, idea: false }, (up) =>
          says['refused-means-host-down'](up),
        ),
        statement('nonstandard-port-hides', { model: state('syn', moved) === 'open', idea: false }, (found) =>
          says['nonstandard-port-hides'](moved, found),
        ),
        statement('closed-port-secures-host', { model: left.length === 0, idea: true }, (secure) =>
          says['closed-port-secures-host'](database, secure),
        ),
        statement('open-443-is-safe', { model: !ways.includes(443), idea: true }, (safe) =>
          says['open-443-is-safe'](safe),
        ),
        statement(
          'database-open-with-password',
          { model: !(ways.includes(database) && familyAt('tcp', database) === 'database'), idea: true },
          (enough) => says['database-open-with-password'](database, enough),
        ),
      ],
      explanation: {
        text: explain,
        field: lamps[0]?.socket.id ?? '',
        source: 'RFC 9293 §3.5.2, RFC 1122 §4.1.3.1, nmap(1)',
      },
    }
  },
})
