import type { Flow } from '../net/conntrack'
import { conntrackList } from '../net/conntrack-list'
import { dockerPorts } from '../net/docker-ps'
import { nftChain, nftTable } from '../net/nft-text'
import { tupleOf } from '../net/packet'
import type { BoardText } from './board'
import { annexSite } from './deal-annex'
import { streetRouter, streetTable } from './deal-street'
import type { Shift } from './shift'
import { waveOf } from './shift'
import type { AnnexPlan, FlatCall, StreetPlan } from './street-plan'

/** What hangs beside a street door: its signs, and below them the list, which grows as flats call out. */
export function streetBoard(shift: Shift): BoardText | undefined {
  const { street, annex, board } = waveOf(shift)
  if (board === 'annex') return annex && annexBoard(annex)
  return street && doorBoard(shift, street)
}

/** The calls of the flats that the player has seen leave in this wave. */
const callsSeen = ({ decisions, wave }: Shift): readonly FlatCall[] =>
  decisions.flatMap(({ arrival, right }) => {
    if (!right || arrival.asks !== 'tell' || arrival.wave !== wave || !arrival.kind.startsWith('nat-out')) return []
    const tuple = arrival.about && tupleOf(arrival.about)
    return tuple ? [{ from: tuple.source, to: tuple.destination }] : []
  })

/** The list of the street door now; undefined where there is none. */
export function streetList(shift: Shift): readonly Flow[] | undefined {
  const { street, board } = waveOf(shift)
  return street && board === 'street' ? streetTable(street, [...street.calls, ...callsSeen(shift)]).flows() : undefined
}

function doorBoard(shift: Shift, plan: StreetPlan): BoardText {
  const { nat } = streetRouter(plan)
  const { prerouting, postrouting } = nat ?? { prerouting: [], postrouting: [] }
  const lists = { ...(prerouting.length > 0 && { prerouting }), postrouting }
  const table = nftTable({ family: 'ip', name: 'nat', chains: [], nat: lists })
  const flows = streetList(shift) ?? []
  return {
    command: 'nft list table ip nat',
    lines: table.filter(({ text }) => text !== '').map(({ text }) => ({ text: text.replaceAll('\t', ' ') })),
    ...(flows.length > 0 && { below: { command: 'conntrack -L', lines: conntrackList(flows) } }),
  }
}

/** The containers with their ports, and below them what the host's guard goes by. */
function annexBoard(plan: AnnexPlan): BoardText {
  const site = annexSite(plan)
  const rows = (site.containers ?? []).map(({ host, published }, index) => ({
    name: host.name,
    published,
    exposed: [{ protocol: 'tcp' as const, port: plan.containers[index]?.listens ?? 0 }],
  }))
  const [chain] = site.router.chains
  return {
    command: "docker ps --format 'table {{.Names}}\\t{{.Ports}}'",
    lines: dockerPorts(rows).map((text) => ({ text })),
    ...(chain && {
      below: {
        command: 'nft list chain inet filter input',
        lines: nftChain(chain).map(({ text }) => text.replaceAll('\t', '  ')),
      },
    }),
  }
}
