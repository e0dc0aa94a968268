import { bindOutcome, givenPort } from '../../../net/bind'
import { ConnTrack } from '../../../net/conntrack'
import { serverRouter } from '../../../net/exposure'
import { LINUX_EPHEMERAL } from '../../../net/kernel'
import { receive } from '../../../net/receive'
import type { Router } from '../../../net/router'
import { walkIn } from '../../../net/router'
import { scan } from '../../../net/scan'
import { rangeOf } from '../../../ports/range'
import { confusables, secureTwins, serviceName } from '../../../ports/services'
import { ephemeral, other, server, stranger } from '../../addresses'
import type { Machine } from '../../machine'
import { hostOf, waiting } from '../../machine'
import { doorsView, ssView } from '../../machine-view'
import { nmapView } from '../../nmap-view'
import { syn } from '../../packets'
import { usualProgram } from '../../programs'
import { board, statement } from './board'

/** A program by the port where it is usual, and another port at which it may listen. */
const MOVED = [
  { usual: 22, at: 443 },
  { usual: 22, at: 80 },
  { usual: 80, at: 25 },
  { usual: 80, at: 22 },
]

/** What else than the usual program may answer to HTTP. */
const WEB_SERVERS = ['caddy', 'lighttpd', 'python3', 'traefik']

/** Ports of one family that are taken for each other. */
const NEIGHBOURS = [67, 68, 161, 162, 3306, 5432]

/** Two hosts: one seen from inside with ss, one from outside with nmap; and numbers to know. */
export const numbersBoard = board({
  id: 'bd-numbers',
  cluster: 'numbers',
  difficulty: 3,
  claims: ['S02', 'S03', 'S13', 'S20', 'S35'],
  ask: (dice, words) => {
    const { stem, explain, says } = words.boards['bd-numbers']
    const a = server(dice)
    const b = other([a], () => server(dice))
    const moved = dice.one('moved', MOVED, ({ usual, at }) => `${usual}->${at}`)
    const high = dice.pick([7000, 8883, 9418, 25565])
    const any = (port: number) => ({ address: '0.0.0.0', port })
    const [odd, above] = [waiting('tcp', any(moved.at)), waiting('tcp', any(high))]
    const machine: Machine = {
      name: 'A',
      addresses: [a],
      sockets: dice.shuffle([odd, above]),
      programs: { [odd.id]: usualProgram('tcp', moved.usual) ?? '', [above.id]: dice.pick(['hub', 'store', 'feed']) },
    }
    const web = waiting('tcp', any(80))
    const other80: Machine = {
      name: 'B',
      addresses: [b],
      sockets: [web],
      programs: { [web.id]: dice.pick(WEB_SERVERS) },
    }
    const caller = { address: stranger(dice), port: ephemeral(dice) }
    const scanned = scan((probe) => receive(hostOf(other80), probe).answer, {
      technique: 'syn',
      source: caller,
      target: b,
      ports: [80],
    })
    const nmap = nmapView(scanned, { target: b, flags: '-sS -p 80' })
    const printed = nmap.lines.map((line) => line.map((span) => span.text).join('')).join('\n')
    const kernel = (address: string) => ({ addresses: [address], sockets: [], ephemeral: LINUX_EPHEMERAL })
    const request = (port: number) => ({ ...waiting('tcp', any(port)), uid: 0 })
    // A router with two ways, of which one leads to A.
    const router: Router = {
      interfaces: [...serverRouter(['192.0.2.1']).interfaces, { name: 'eth1', addresses: ['203.0.113.1/24'] }],
      defaultRoute: 'eth1',
      chains: [],
    }
    const ways = [22, 80, 443].map((port) => {
      const { end } = walkIn(
        router,
        new ConnTrack(),
        syn(dice, { address: '198.51.100.9', port: 50000 }, { address: a, port }),
        'eth1',
      )
      return end.kind === 'sent' ? end.oif : ''
    })
    const famous = dice.pick([3306, 3389, 5432, 8080])
    const plain = dice.pick([80, 110, 143, 389])
    const asked = dice.pick(NEIGHBOURS)
    const neighbour = dice.pick(confusables(asked).filter((port) => NEIGHBOURS.includes(port)))
    const upper = (port: number) => (serviceName('tcp', port) ?? '').toUpperCase()
    return {
      stem: stem(a, b),
      views: [ssView(machine, '-tlnp'), nmap, doorsView(machine)],
      statements: [
        statement(
          'port-zero-usable',
          { model: givenPort(kernel(a), request(0), dice.next) === 0, idea: true },
          says['port-zero-usable'],
        ),
        statement('above-1023-is-ephemeral', { model: above.state === 'LISTEN', idea: high <= 1023 }, (serves) =>
          says['above-1023-is-ephemeral'](high, serves),
        ),
        statement('popular-means-well-known', { model: rangeOf(famous) === 'system', idea: true }, (wellKnown) =>
          says['popular-means-well-known'](famous, wellKnown),
        ),
        statement('port-identifies-protocol', { model: upper(moved.usual), idea: upper(moved.at) }, (protocol) =>
          says['port-identifies-protocol'](moved.at, protocol),
        ),
        statement(
          'port-identifies-program',
          { model: printed.includes(other80.programs[web.id] ?? ''), idea: true },
          says['port-identifies-program'],
        ),
        statement(
          'port-unique-across-hosts',
          { model: bindOutcome(kernel(b), request(moved.at)).granted, idea: false },
          (both) => says['port-unique-across-hosts'](moved.at, both),
        ),
        statement(
          'router-routes-by-port',
          { model: new Set(ways).size > 1, idea: true },
          says['router-routes-by-port'],
        ),
        statement('secure-twin-mixup', { model: secureTwins(plain)[0] ?? plain, idea: plain }, (port) =>
          says['secure-twin-mixup'](upper(plain), port),
        ),
        statement('neighbour-mixup', { model: asked, idea: neighbour }, (port) => says['neighbour-mixup'](asked, port)),
      ],
      explanation: { text: explain(moved.at), field: odd.id, source: 'RFC 6335 §6, RFC 1812 §5.2' },
    }
  },
})
