import type { BindRequest, BindingHost } from '../net/bind'
import { rivalsOf } from '../net/bind'
import type { Endpoint, FiveTuple } from '../net/tuple'
import type { Choice } from './choice'
import type { Misreading } from './misreading'

interface Judged {
  readonly host: BindingHost
  readonly truth: Choice
  readonly choice: Choice
}

const thinks = (misconception: Misreading['misconception'], field: Misreading['field']): Misreading => ({
  misconception,
  field,
})

/** The wrong idea behind a wrong answer to a program that asks for a door. */
export function misjudgedBind({
  host,
  request,
  truth,
  choice,
}: Judged & { readonly request: BindRequest }): Misreading {
  const rivals = rivalsOf(host, request)
  if (choice.kind === 'eacces' || truth.kind === 'eacces') return thinks('low-port-is-trusted', 'user')
  if (request.local.port === 0)
    return choice.kind === 'port'
      ? thinks('one-connection-per-port', 'destinationPort')
      : thinks('port-zero-usable', 'destinationPort')
  if (truth.kind === 'eaddrnotavail') return thinks('specific-bind-answers-all', 'destination')
  if (choice.kind === 'eaddrnotavail') return thinks('wildcard-is-localhost', 'destination')
  if (request.reuseport) return thinks('reuseport-copies-traffic', 'options')
  if (rivals.leftOver) return thinks('busy-port-needs-process', 'options')
  if (truth.kind === 'eaddrinuse')
    return rivals.elsewhere
      ? thinks('wildcard-and-specific-coexist', 'destination')
      : thinks('port-is-socket', 'destinationPort')
  if (rivals.otherProtocol && rivals.sockets.length === 0) return thinks('tcp-udp-share-space', 'protocol')
  return rivals.elsewhere
    ? thinks('specific-bind-answers-all', 'destination')
    : thinks('port-identifies-program', 'destinationPort')
}

/** The wrong idea behind a wrong source port for a call to `target`. */
export function misjudgedConnect({ host, target, truth, choice }: Judged & { readonly target: Endpoint }): Misreading {
  if (truth.kind === 'port' && choice.kind !== 'port') return thinks('ephemeral-never-shared', 'sourcePort')
  if (choice.kind !== 'port') return thinks('port-is-socket', 'sourcePort')
  if (choice.port === target.port) return thinks('client-uses-service-port', 'sourcePort')
  const holder = host.sockets.find(
    ({ local, peer }) => local.port === choice.port && peer?.address === target.address && peer.port === target.port,
  )
  return holder?.state === 'TIME-WAIT'
    ? thinks('busy-port-needs-process', 'sourcePort')
    : thinks('source-port-alone-selects', 'destination')
}

/** The wrong idea behind a wrong label for the answer to a packet with this tuple. */
export function misjudgedReply(tuple: FiveTuple | undefined, choice: Choice): Misreading {
  if (!tuple || choice.kind !== 'reply') return thinks('reply-keeps-ports', 'destinationPort')
  const { source, destination } = choice
  if (destination.port === tuple.source.port && source.port === tuple.destination.port)
    return thinks('source-ip-alone-selects', 'destination')
  if (source.port === tuple.source.port && destination.port === tuple.source.port)
    return thinks('client-uses-service-port', 'sourcePort')
  return thinks('reply-keeps-ports', 'destinationPort')
}
