import { bindOutcome } from '../../../net/bind'
import { LINUX_EPHEMERAL } from '../../../net/kernel'
import type { Forward, Mapping, NatTable } from '../../../net/nat-table'
import { natIn, natOut, routerOf } from '../../../net/nat-table'
import { nftTable } from '../../../net/nft-text'
import { tupleOf } from '../../../net/packet'
import { endpointText, reverse } from '../../../net/tuple'
import { ephemeral, inside, linuxPort, other, server, stranger } from '../../addresses'
import { waiting } from '../../machine'
import { factsView } from '../../machine-view'
import { syn } from '../../packets'
import type { TextView } from '../../view'
import { board, statement } from './board'

/** A home router with two mappings and a forward, and what it makes of calls from both sides. */
export const routerBoard = board({
  id: 'bd-router',
  cluster: 'nat',
  difficulty: 4,
  claims: ['S16', 'S17', 'S26', 'S28'],
  ask: (dice, words) => {
    const { stem, explain, says, mapping: nameOf, listening } = words.boards['bd-router']
    const publicAddress = stranger(dice)
    const remote = server(dice)
    const pc = inside(dice)
    const laptop = other([pc], () => inside(dice))
    const nas = other([pc, laptop], () => inside(dice))
    const [p, q] = [linuxPort(dice), linuxPort(dice)]
    const mapping = (address: string, port: number, remotePort: number): Mapping => ({
      protocol: 'tcp',
      inside: { address, port },
      public: { address: publicAddress, port },
      remote: { address: remote, port: remotePort },
    })
    // To two ports of the one server: who looks at destination ports sees two connections as well.
    const mappings = [mapping(pc, p, 443), mapping(laptop, q === p ? q + 1 : q, 22)] as const
    const forward: Forward = {
      protocol: 'tcp',
      port: dice.one('forward', [8443, 4443, 10443]),
      to: { address: nas, port: 443 },
    }
    const nat: NatTable = { publicAddress, inside: '192.168.1.1/24', mappings, forwards: [forward] }
    const street = { address: other([publicAddress], () => stranger(dice)), port: ephemeral(dice) }
    const at = (port: number) => ({ address: publicAddress, port })
    const forwarded = natIn(nat, syn(dice, street, at(forward.port)))
    const uninvited = natIn(nat, syn(dice, street, at(22)))
    const arrived = forwarded.kind === 'inside' ? tupleOf(forwarded.packet)?.destination : undefined
    // The server answers who it sees as the caller. If that is a neighbour, the answer goes past the router, untranslated.
    const turned = natOut(nat, syn(dice, { address: pc, port: linuxPort(dice) }, at(forward.port)))
    const loops = turned?.packet.source !== pc
    const [{ protocol, public: seen, remote: called }] = mappings
    const answer = reverse({ protocol, source: seen, destination: called })
    const lan = { addresses: [laptop], sockets: [], ephemeral: LINUX_EPHEMERAL }
    const { prerouting = [], postrouting = [] } = routerOf(nat).nat ?? {}
    const rules: TextView = {
      kind: 'text',
      command: 'nft list table ip nat',
      lines: nftTable({ family: 'ip', name: 'nat', chains: [], nat: { prerouting, postrouting } }).map(
        ({ text, chain, rule }) => (chain === undefined ? [{ text }] : [{ text, field: `${chain}-${rule}` }]),
      ),
    }
    const row = (one: Mapping, index: number) => ({
      field: `mapping-${index + 1}`,
      name: nameOf(endpointText(one.inside)),
      value: `${endpointText(one.public)} > ${endpointText(one.remote)}`,
    })
    return {
      stem: stem(publicAddress),
      views: [
        rules,
        factsView([
          ...mappings.map(row),
          { field: 'pc', name: listening(pc), value: 'sshd, tcp 0.0.0.0:22' },
          { field: 'nas', name: listening(nas), value: 'nginx, tcp 0.0.0.0:443' },
        ]),
      ],
      statements: [
        statement('nat-is-firewall', { model: arrived?.address !== nas, idea: true }, (safe) =>
          says['nat-is-firewall'](nas, safe),
        ),
        statement('forward-keeps-port', { model: arrived?.port ?? 0, idea: forward.port }, (port) =>
          says['forward-keeps-port'](forward.port, nas, port),
        ),
        statement('unsolicited-finds-host', { model: uninvited.kind === 'inside', idea: true }, (found) =>
          says['unsolicited-finds-host'](`${publicAddress}:22`, pc, found),
        ),
        statement('hairpin-always-works', { model: loops, idea: true }, (works) =>
          says['hairpin-always-works'](pc, `${publicAddress}:${forward.port}`, works),
        ),
        statement(
          'source-ip-alone-selects',
          { model: new Set(mappings.map((one) => endpointText(one.public))).size, idea: 1 },
          (count) => says['source-ip-alone-selects'](remote, count),
        ),
        statement(
          'port-unique-across-hosts',
          {
            model: bindOutcome(lan, { ...waiting('tcp', { address: '0.0.0.0', port: 443 }), uid: 0 }).granted,
            idea: false,
          },
          (both) => says['port-unique-across-hosts'](laptop, both),
        ),
        statement('reply-keeps-ports', { model: answer.destination.port, idea: called.port }, (port) =>
          says['reply-keeps-ports'](`${pc}:${p}`, port),
        ),
      ],
      explanation: { text: explain(forward.port), field: 'prerouting-0', source: 'RFC 3022 §2.2, RFC 4787 §6, nft(8)' },
    }
  },
})
