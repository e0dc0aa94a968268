import type { ComponentChildren } from 'preact'
import type { BindRequest } from '../../net/bind'
import { endpointText } from '../../net/tuple'
import type { FieldName } from '../../lessons/choice'
import type { BindArrival, ConnectArrival, CountArrival } from '../../shift/shift'
import { words } from '../../words'

interface RequestProps {
  readonly arrival: BindArrival | ConnectArrival | CountArrival
  readonly lit: FieldName | undefined
}

/** The socket options of a request, as setsockopt(2) names them. */
export const optionsText = ({ reuseaddr, reuseport, v6only }: BindRequest): string =>
  [reuseaddr && 'SO_REUSEADDR', reuseport && 'SO_REUSEPORT', v6only && 'IPV6_V6ONLY'].filter(Boolean).join(', ') ||
  words.shift.request.none

/** What a program asks of the kernel, as a form; or the bet that the house offers. */
export function Request({ arrival, lit }: RequestProps) {
  const text = words.shift.request
  const field = (name: FieldName | 'program', label: string, value: ComponentChildren) => (
    <div class={`field ${name} ink ${lit === name ? 'lit' : ''}`}>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  )
  switch (arrival.asks) {
    case 'bind': {
      const { protocol, local, uid } = arrival.request
      return (
        <>
          <dl class="form request">
            {field('program', text.program, arrival.program)}
            {field('protocol', words.shift.protocol, protocol.toUpperCase())}
            {field('destination', text.address, local.address)}
            {field('destinationPort', words.shift.port, local.port === 0 ? `0 (${text.any})` : local.port)}
            {field('user', text.user, uid === 0 ? 'root' : uid)}
            {field('options', text.options, optionsText(arrival.request))}
          </dl>
          <p class="details mono">
            bind(fd, {local.address}:{local.port}){protocol === 'tcp' ? '; listen(fd, 4096)' : ''}
          </p>
        </>
      )
    }
    case 'connect':
      return (
        <>
          <dl class="form request">
            {field('program', text.program, arrival.program)}
            {field('protocol', words.shift.protocol, 'TCP')}
            {field('source', text.from, arrival.source)}
            {field('sourcePort', words.shift.port, text.unknown)}
            {field('destination', text.to, arrival.target.address)}
            {field('destinationPort', words.shift.port, arrival.target.port)}
          </dl>
          <p class="details mono">connect(fd, {endpointText(arrival.target)})</p>
        </>
      )
    case 'count':
      return (
        <div class="bet-paper">
          <p>{text.about(arrival.callers, arrival.port)}</p>
        </div>
      )
  }
}
