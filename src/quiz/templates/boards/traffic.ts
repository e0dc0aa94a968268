import { canConnectFrom } from '../../../net/bind'
import { ping } from '../../../net/build'
import { IANA_EPHEMERAL, LINUX_EPHEMERAL } from '../../../net/kernel'
import { tupleOf } from '../../../net/packet'
import { receive } from '../../../net/receive'
import { reverse } from '../../../net/tuple'
import { serviceAt } from '../../../ports/services'
import { other, server, stranger } from '../../addresses'
import type { Machine } from '../../machine'
import { connected, hostOf, waiting } from '../../machine'
import { doorsView, ssView, tcpdumpView } from '../../machine-view'
import { postcard, syn } from '../../packets'
import { usualProgram } from '../../programs'
import { board, statement } from './board'

/** A server with names and a web site over both protocols, and two packets: a call and a ping. */
export const trafficBoard = board({
  id: 'bd-traffic',
  cluster: 'replies',
  difficulty: 3,
  claims: ['S05', 'S15', 'S18', 'S20'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-traffic']
    const own = server(dice)
    const elsewhere = { address: other([own], () => server(dice)), port: 443 }
    const lone = dice.one('tcp', [5432, 3306, 6379, 8080])
    const web = { address: own, port: 443 }
    const any = (port: number) => ({ address: '0.0.0.0', port })
    const lamps = [
      waiting('tcp', any(443)),
      waiting('udp', any(443)),
      waiting('tcp', any(53)),
      waiting('udp', any(53)),
      waiting('tcp', any(lone)),
    ]
    const machine: Machine = {
      name: 'server',
      addresses: [own],
      sockets: dice.shuffle(lamps),
      programs: Object.fromEntries(
        lamps.map(({ id, protocol, local }) => [id, usualProgram(protocol, local.port) ?? 'server']),
      ),
    }
    // As Linux picks it, and lower than what Windows and others pick.
    const client = { address: stranger(dice), port: dice.int(LINUX_EPHEMERAL[0], IANA_EPHEMERAL[0] - 1) }
    const call = syn(dice, client, web)
    const echo = ping({
      source: other([client.address], () => stranger(dice)),
      destination: own,
      ttl: 57,
      identification: dice.int(1, 65535),
      identifier: dice.int(1000, 9999),
      sequence: 1,
      payload: new Uint8Array(56),
    })
    const host = hostOf(machine)
    const tuple = tupleOf(call)
    const back = tuple && reverse(tuple)
    const clientHost = {
      addresses: [client.address],
      sockets: [connected('tcp', client, web)],
      ephemeral: LINUX_EPHEMERAL,
    }
    const picks = (port: number) => port >= LINUX_EPHEMERAL[0] && port <= LINUX_EPHEMERAL[1]
    const lonePostcard = postcard(dice, client, { address: own, port: lone })
    const delivered = (packet: typeof call) => 'socket' in receive(host, packet).verdict
    return {
      stem,
      views: [tcpdumpView([call, echo]), ssView(machine, '-tulnp'), doorsView(machine)],
      statements: [
        statement(
          'source-port-is-door',
          { model: tuple?.destination.port ?? 0, idea: tuple?.source.port ?? 0 },
          (port) => says['source-port-is-door'](port),
        ),
        statement(
          'reply-keeps-ports',
          { model: back?.destination.port ?? 0, idea: tuple?.destination.port ?? 0 },
          (port) => says['reply-keeps-ports'](port),
        ),
        statement('client-uses-service-port', { model: picks(web.port), idea: true }, (both) =>
          says['client-uses-service-port'](web.port, both),
        ),
        statement(
          'ephemeral-always-49152',
          { model: picks(client.port), idea: client.port >= IANA_EPHEMERAL[0] },
          (usual) => says['ephemeral-always-49152'](client.port, usual),
        ),
        statement(
          'ephemeral-never-shared',
          { model: canConnectFrom(clientHost, client.address, elsewhere, client.port), idea: false },
          (shared) => says['ephemeral-never-shared'](client.address, client.port, shared),
        ),
        statement('tcp-udp-share-space', { model: delivered(lonePostcard), idea: true }, (open) =>
          says['tcp-udp-share-space'](lone, open),
        ),
        statement('dns-is-udp-only', { model: serviceAt('tcp', 53) === serviceAt('udp', 53), idea: false }, (both) =>
          says['dns-is-udp-only'](both),
        ),
        statement(
          'icmp-has-port',
          { model: tupleOf(echo) !== undefined || receive(host, echo).verdict.kind !== 'echo-reply', idea: true },
          (port) => says['icmp-has-port'](port),
        ),
        statement(
          'https-is-tcp-only',
          { model: serviceAt('udp', web.port) === serviceAt('tcp', web.port), idea: false },
          (both) => says['https-is-tcp-only'](both),
        ),
      ],
      explanation: {
        text: explain(client.port),
        field: '1:destinationPort',
        source: 'RFC 9293 §3.1, RFC 768, RFC 792',
      },
    }
  },
})
