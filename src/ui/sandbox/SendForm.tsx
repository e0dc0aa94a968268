import { useId, useState } from 'preact/hooks'
import { parseAddress } from '../../net/address'
import { portNumber } from '../../net/read-lines'
import type { Parcel, Sandbox } from '../../sandbox/sandbox'
import { PARCEL_KINDS, ownAddresses } from '../../sandbox/sandbox'
import { sandbox as words } from '../../words/sandbox-screens'
import { Choice } from './Checked'

/** Addresses that a packet may be for: the machine's own, loopback, what is behind it, its Services. */
export const targetsOf = (sandbox: Sandbox): readonly string[] => [
  ...new Set([
    ...ownAddresses(sandbox),
    '127.0.0.1',
    '::1',
    ...sandbox.behind.flatMap(({ addresses }) => addresses),
    ...sandbox.containers.flatMap(({ addresses }) => addresses),
    ...sandbox.services.flatMap(({ clusterIP, externalIP }) => [clusterIP, ...(externalIP ? [externalIP] : [])]),
  ]),
]

interface SendFormProps {
  readonly sandbox: Sandbox
  readonly text: string
  readonly onSend: (parcel: Parcel) => void
}

const FIRST_PORT = 51514

/** The label of a packet, written field by field. */
export function SendForm({ sandbox, text: button, onSend }: SendFormProps) {
  const text = words.screen
  const last = sandbox.parcels.at(-1)
  const [client, setClient] = useState(last?.client ?? 0)
  const [kind, setKind] = useState<Parcel['kind']>(last?.kind ?? 'syn')
  const [sourcePort, setSourcePort] = useState(String(last?.sourcePort ?? FIRST_PORT))
  const [address, setAddress] = useState(last?.to.address ?? ownAddresses(sandbox)[0] ?? '192.0.2.10')
  const [port, setPort] = useState(String(last?.to.port ?? 443))
  const [fault, setFault] = useState('')
  const list = useId()
  const clients = sandbox.clients.map((one, index) => ({ index: String(index), one }))
  const send = (event: Event) => {
    event.preventDefault()
    const to = parseAddress(address.trim())
    const [from, number] = [portNumber(sourcePort.trim()), portNumber(port.trim())]
    if (to === undefined) return setFault(text.badAddress(address))
    if (number === undefined) return setFault(text.badPort(port))
    if (from === undefined) return setFault(text.badPort(sourcePort))
    setFault('')
    onSend({
      client: Math.min(client, sandbox.clients.length - 1),
      kind,
      sourcePort: from,
      to: { address: to, port: number },
    })
  }
  const field = (label: string, value: string, set: (next: string) => void, more: Record<string, string> = {}) => (
    <label class={`field ${more['list'] === undefined ? 'number' : 'wide'}`}>
      <span>{label}</span>
      <input
        type="text"
        class="mono"
        autocomplete="off"
        spellcheck={false}
        value={value}
        onInput={({ currentTarget }) => set(currentTarget.value)}
        {...more}
      />
    </label>
  )
  return (
    <form class="send-form" onSubmit={send} aria-label={text.send}>
      <div class="row">
        <Choice
          label={text.from}
          value={String(client)}
          among={clients.map(({ index }) => index)}
          textOf={(index) => {
            const one = sandbox.clients[Number(index)]
            return one ? [words.roles[one.role], one.addresses[0] ?? ''].filter(Boolean).join(' · ') : ''
          }}
          onValue={(index) => setClient(Number(index))}
        />
        <Choice
          label={text.kind}
          value={kind}
          among={PARCEL_KINDS}
          textOf={(one) => words.kinds[one]}
          onValue={setKind}
        />
        {kind !== 'ping' && field(text.sourcePort, sourcePort, setSourcePort, { inputmode: 'numeric' })}
        {field(text.toAddress, address, setAddress, { list })}
        {kind !== 'ping' && field(text.toPort, port, setPort, { inputmode: 'numeric' })}
        <button type="submit" class="primary">
          {button}
        </button>
      </div>
      <datalist id={list}>
        {targetsOf(sandbox).map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      {fault !== '' && (
        <p class="fault" role="alert">
          {fault}
        </p>
      )}
    </form>
  )
}
