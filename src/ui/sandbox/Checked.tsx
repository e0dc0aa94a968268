import { useId, useState } from 'preact/hooks'
import { familyOf, parseAddress } from '../../net/address'
import type { PortMatch } from '../../net/filter'
import { portNumber } from '../../net/read-lines'
import { portSpan } from '../../net/read-ports'
import { MOST, isPrefix } from '../../sandbox/sandbox'
import { sandbox as words } from '../../words/sandbox-screens'

/** What a text is read as, or what is wrong with it. */
export type Reading<T> = { readonly value: T } | { readonly fault: string }

interface CheckedProps<T> {
  readonly label: string
  readonly text: string
  readonly read: (text: string) => Reading<T>
  readonly onValue: (value: T) => void
  readonly hint?: string
  readonly wide?: boolean
  readonly list?: string
  readonly numeric?: boolean
}

/** A field that is read when it is left: what cannot be read stays there with the reason, and changes nothing. */
export function Checked<T>({ label, text, read, onValue, hint, wide = false, list, numeric = false }: CheckedProps<T>) {
  const [typed, setTyped] = useState<{ readonly text: string; readonly from: string }>()
  const [fault, setFault] = useState('')
  const id = useId()
  // What was typed counts until the value itself changes.
  const shown = typed && typed.from === text ? typed.text : text
  const take = (said: string) => {
    const reading = read(said.trim())
    if ('fault' in reading) {
      setFault(reading.fault)
      return
    }
    setFault('')
    setTyped(undefined)
    onValue(reading.value)
  }
  return (
    <label class={`field ${wide ? 'wide' : numeric ? 'number' : ''}`}>
      <span>{label}</span>
      <input
        type="text"
        class="mono"
        value={shown}
        autocomplete="off"
        spellcheck={false}
        inputMode={numeric ? 'numeric' : 'text'}
        aria-invalid={fault !== ''}
        {...(fault !== '' && { 'aria-describedby': id })}
        {...(hint !== undefined && { placeholder: hint })}
        {...(list !== undefined && { list })}
        onInput={({ currentTarget }) => setTyped({ text: currentTarget.value, from: text })}
        onChange={({ currentTarget }) => take(currentTarget.value)}
      />
      {fault !== '' && (
        <span class="fault" id={id} role="alert">
          {fault}
        </span>
      )}
    </label>
  )
}

export function readAddress(text: string): Reading<string> {
  const address = parseAddress(text)
  return address === undefined ? { fault: words.screen.badAddress(text) } : { value: address }
}

/** Addresses with commas between them, of each family at most one. */
export function readAddresses(text: string): Reading<string[]> {
  const parts = partsOf(text)
  const read = parts.map((part) => parseAddress(part))
  const bad = parts.find((_, index) => read[index] === undefined)
  if (bad !== undefined) return { fault: words.screen.badAddress(bad) }
  const known = read.filter((one) => one !== undefined)
  return {
    value: known.filter((one, index) => known.findIndex((other) => familyOf(other) === familyOf(one)) === index),
  }
}

const partsOf = (text: string): readonly string[] => text.split(/[\s,]+/).filter((part) => part !== '')

/** A prefix in its canonical text. */
const canonical = (text: string): string => {
  const [host = '', length] = text.split('/')
  const address = parseAddress(host) ?? host
  return length === undefined ? address : `${address}/${length}`
}

/** One prefix, or nothing for any address. */
export function readPrefix(text: string): Reading<string | undefined> {
  if (text === '') return { value: undefined }
  return isPrefix(canonical(text)) ? { value: canonical(text) } : { fault: words.screen.badPrefix(text) }
}

/** Addresses of an interface, each with its length. */
export function readPrefixes(text: string): Reading<string[]> {
  const parts = partsOf(text).map(canonical)
  const bad = parts.find((part) => !isPrefix(part) || !part.includes('/'))
  if (bad !== undefined || parts.length === 0) return { fault: words.screen.badPrefix(bad ?? text) }
  return { value: parts.slice(0, MOST.addresses) }
}

export function readPort(text: string): Reading<number> {
  const port = portNumber(text)
  return port === undefined ? { fault: words.screen.badPort(text) } : { value: port }
}

/** A port that something can be at: not 0. */
export function readRealPort(text: string): Reading<number> {
  const port = portNumber(text)
  return port === undefined || port === 0 ? { fault: words.screen.badPort(text) } : { value: port }
}

/** Ports and ranges with commas between them, or nothing for any port. */
export function readPorts(text: string): Reading<PortMatch[] | undefined> {
  const parts = partsOf(text)
  const read = parts.map((part) => portSpan(part, '-', 'tcp', undefined))
  if (read.some((one) => one === undefined) || parts.length > MOST.ports) return { fault: words.screen.badPorts(text) }
  const known = read.filter((one) => one !== undefined)
  return { value: known.length === 0 ? undefined : known }
}

export const portsText = (ports: readonly PortMatch[] | undefined): string =>
  (ports ?? []).map((one) => (typeof one === 'number' ? String(one) : `${one.from}-${one.to}`)).join(', ')

/** Names as tools take them; what else is typed is left out. */
export const readName = (text: string): Reading<string> => ({
  value: text.replaceAll(/[^\w.@:+/ -]/g, '').slice(0, MOST.name),
})

/** A name without spaces; where nothing of it is left, the one that was there stays. */
export const readPlainName =
  (kept: string) =>
  (text: string): Reading<string> => ({ value: text.replaceAll(/[^\w.@:+-]/g, '').slice(0, MOST.name) || kept })

export const PROTOCOLS = ['tcp', 'udp'] as const

interface ChoiceProps<T extends string> {
  readonly label: string
  readonly value: T
  readonly among: readonly T[]
  readonly textOf: (value: T) => string
  readonly onValue: (value: T) => void
}

/** A choice among a few. */
export function Choice<T extends string>({ label, value, among, textOf, onValue }: ChoiceProps<T>) {
  return (
    <label class="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = among.find((one) => one === currentTarget.value)
          if (chosen !== undefined) onValue(chosen)
        }}
      >
        {among.map((one) => (
          <option key={one} value={one}>
            {textOf(one)}
          </option>
        ))}
      </select>
    </label>
  )
}
