import { nftNatRule, nftRule } from '../net/nft-text'
import type { Packet } from '../net/packet'
import { tupleOf } from '../net/packet'
import { printPublish } from '../net/publish'
import type { Socket } from '../net/socket'
import { endpointText } from '../net/tuple'
import type { SandboxWords } from '../words/sandbox-screens'
import type { Parcel, Sandbox } from './sandbox'
import type { Step, Story } from './story'

/** A stop in words. Texts have code between backticks. */
export interface ToldStep {
  readonly back: boolean
  readonly decides: boolean
  readonly text: string
  /** What was asked in vain before: rules that did not match, sockets that did not fit. */
  readonly tried: readonly string[]
  readonly triedTitle: string
  /** Something that may make it otherwise. */
  readonly doubt: string | undefined
}

/** Both ends of a packet as its label has them. */
export function labelOf(packet: Packet): string {
  const tuple = tupleOf(packet)
  return tuple
    ? `${endpointText(tuple.source)} > ${endpointText(tuple.destination)}`
    : `${packet.source} > ${packet.destination}`
}

const sourceText = (packet: Packet): string => {
  const tuple = tupleOf(packet)
  return tuple ? endpointText(tuple.source) : packet.source
}
const destinationText = (packet: Packet): string => {
  const tuple = tupleOf(packet)
  return tuple ? endpointText(tuple.destination) : packet.destination
}

/** A socket as one names it: its local end, and of a connection the remote end. */
export const socketText = ({ local, peer }: Pick<Socket, 'local' | 'peer'>): string =>
  peer ? `${endpointText(peer)} – ${endpointText(local)}` : endpointText(local)

/** A parcel in a few words: `SYN 203.0.113.7:51514 > 192.0.2.10:22`. */
export const parcelText = ({ parcel, packet }: Story, words: SandboxWords): string =>
  `${words.short[parcel.kind]} ${packet ? labelOf(packet) : `> ${endpointText(parcel.to)}`}`

/** What goes back, by its kind. */
function answerText({ transport }: Packet, words: SandboxWords): string {
  const { answer } = words.story
  if (transport.protocol === 'tcp')
    return transport.flags.rst ? answer.rst : transport.flags.syn ? answer['syn-ack'] : answer.other
  if (transport.protocol === 'udp') return answer.other
  return transport.type === 0 || transport.type === 129 ? answer.pong : answer.icmp
}

const programOf = (sandbox: Sandbox, host: string, { id }: Socket): string => {
  if (host !== sandbox.name) return ''
  const found = sandbox.sockets.find((_, index) => String(index) === id)
  return found?.program ?? ''
}

function chainText(step: Extract<Step, { kind: 'chain' }>, words: SandboxWords): string {
  const { chain, context, by, action } = step
  const text = words.story
  const head = context.state ? text.chain(chain.name, text.states[context.state]) : text.chainPlain(chain.name)
  const rule = by === 'policy' ? undefined : chain.rules[by]
  const verdict =
    rule && by !== 'policy'
      ? text.by[action === 'accept' || action === 'drop' ? action : 'reject'](by + 1, nftRule(rule, chain.family))
      : text.policy[action === 'accept' ? 'accept' : 'drop']
  return `${head} ${verdict}`
}

function socketsText(
  sandbox: Sandbox,
  { host, tuple, trials, why }: Extract<Step, { kind: 'sockets' }>,
  words: SandboxWords,
): string {
  const text = words.story
  const taker = trials.find(({ reason }) => reason === 'takes')?.socket
  if (!tuple) return why === 'ping' ? text.pong : taker ? text.errorFor(socketText(taker)) : text.errorForNobody
  if (taker?.peer) return text.takesKnown(socketText(taker))
  if (taker) return text.takesNew(socketText(taker), programOf(sandbox, host, taker))
  const port = `${tuple.destination.port}/${tuple.protocol}`
  const none = trials.length === 0 ? text.nobody(port) : text.nobodyFits(port)
  return why === 'rst-never-answered'
    ? `${none} ${text.silent}`
    : `${none} ${why === 'no-connection' ? text.noConnection : text.closed}`
}

function stepText(sandbox: Sandbox, step: Step, parcel: Parcel, words: SandboxWords): string {
  const text = words.story
  switch (step.kind) {
    case 'sent':
      return text.sent(sourceText(step.packet), destinationText(step.packet), words.short[parcel.kind])
    case 'unrouted':
      return text.unrouted[step.why](parcel.to.address)
    case 'service': {
      const { entry, service, port, to } = step
      const number = entry === 'nodePort' ? (port.nodePort ?? port.port) : port.port
      const head = text.service[entry](service.name, number)
      if (to === undefined) return `${head} ${text.service.unknown}`
      return `${head} ${to === 'none' ? text.service.noneReady : text.service.pod(to.pod, to.port)}`
    }
    case 'translated': {
      const { by, before, after } = step
      const reason = !by
        ? text.remembered
        : 'rule' in by
          ? text.natRule(nftNatRule(by.rule, sandbox.nat?.family ?? 'ip'))
          : 'service' in by
            ? text.byService(by.service)
            : text.published(by.container, printPublish(by.publish))
      return `${reason} ${text.rewritten(labelOf(before), labelOf(after))}`
    }
    case 'routed':
      return step.oif === undefined ? text.toItself : text.forwarded(step.oif)
    case 'chain':
      return chainText(step, words)
    case 'dropped':
      return text.dropped[step.why]
    case 'sockets':
      return socketsText(sandbox, step, words)
    case 'proxy':
      return text.proxy(step.container, socketText(step.socket))
    case 'answer':
      return [
        answerText(step.packet, words),
        ...(step.straight ? [text.straight[step.straight](sourceText(step.packet))] : []),
        ...(step.heard ? [] : [text.lost]),
      ].join(' ')
  }
}

function triedOf(step: Step, words: SandboxWords): readonly string[] {
  const text = words.story
  if (step.kind === 'chain') {
    const { chain, trials } = step
    return trials.flatMap(({ rule, fails }) => {
      const said = chain.rules[rule]
      return fails && said ? [text.passedBy(rule + 1, nftRule(said, chain.family), text.fields[fails])] : []
    })
  }
  if (step.kind !== 'sockets') return []
  return step.trials.flatMap(({ socket, reason }) =>
    reason === 'takes' ? [] : [`\`${socket.protocol} ${socketText(socket)}\` ${text.sockets[reason]}.`],
  )
}

/** A story in words, stop by stop. */
export const told = (sandbox: Sandbox, { parcel, steps, decider }: Story, words: SandboxWords): readonly ToldStep[] =>
  steps.map((step, index) => {
    const tried = triedOf(step, words)
    return {
      back: step.back ?? false,
      decides: index === decider,
      text: stepText(sandbox, step, parcel, words),
      tried,
      triedTitle: step.kind === 'chain' ? words.story.passedByTitle(tried.length) : '',
      doubt: step.kind === 'chain' && step.uncertain ? words.story.uncertain : undefined,
    }
  })

/** How it ended, in one sentence or two. */
export function endingText(sandbox: Sandbox, { ending, heard, packet }: Story, words: SandboxWords): string {
  const text = words.ending
  switch (ending.kind) {
    case 'unsent':
      return text.unsent
    case 'delivered': {
      const { host, socket, newcomer } = ending
      const said =
        host !== sandbox.name
          ? text.container(host, endpointText(socket.local))
          : newcomer
            ? text.newcomer(socketText(socket))
            : text.connection(socketText(socket))
      const mute = newcomer && packet?.transport.protocol === 'tcp' && !heard
      return mute ? `${said} ${text.mute}` : said
    }
    case 'service':
      return text.service(ending.service)
    case 'pong':
      return heard ? text.pong : `${text.pong} ${text.mute}`
    case 'refused':
      return text[ending.how][ending.by]
    case 'silence':
      return text.silence
    case 'misfit':
      return text.misfit
    case 'left':
      return text.left(ending.oif)
  }
}

/** Whether it ended well for the one who sent it. */
export const isGood = ({ ending: { kind } }: Story): boolean =>
  kind === 'delivered' || kind === 'service' || kind === 'pong' || kind === 'left'
