import * as v from 'valibot'
import { familyOf, parseAddress } from '../net/address'
import type { PortText } from '../shift/level'

/** How much of everything a level may have. */
export const MOST = {
  letters: 24_000,
  title: 60,
  text: 240,
  name: 24,
  addresses: 4,
  waves: 6,
  doors: 10,
  closed: 12,
  plans: 6,
  windows: 20,
  ofKind: 20,
  packets: 60,
  rules: 10,
  ports: 8,
  calls: 6,
  knocks: 20,
  crowd: 100_000,
  guests: 6,
  flats: 4,
  signs: 4,
  strange: 6,
  containers: 4,
  pods: 6,
  services: 4,
  nodes: 3,
  desks: 3,
  wings: 4,
} as const

/** Text as people write it: one line, without signs that steer a terminal or turn the writing round. */
export const line = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    v.check((text) => !/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/u.test(text), 'odd-letters'),
  )

/** A name as tools print it in one column. */
export const Name = v.pipe(
  v.string(),
  v.maxLength(MOST.name),
  v.check((text) => /^[\w.-]+$/.test(text), 'no-name'),
)

export const whole = (least: number, most: number) =>
  v.pipe(v.number(), v.integer(), v.minValue(least), v.maxValue(most))
export const list = <const S extends v.GenericSchema>(item: S, most: number) => v.pipe(v.array(item), v.maxLength(most))
export const flag = <const K extends string>(kinds: readonly K[]) => v.picklist(kinds)

export const Port = whole(1, 65_535)
export const ProtocolName = v.picklist(['tcp', 'udp'])

export const AddressText = v.pipe(
  v.string(),
  v.maxLength(45),
  v.check((text) => parseAddress(text) === text, 'no-address'),
)

/** IPv4: what is rewritten at a street door, published by Docker or spread over wings here. */
export const Address4 = v.pipe(
  AddressText,
  v.check((text) => familyOf(text) === 4, 'no-ipv4'),
)

/** `address` or `address/length`, with a length that its family has. */
export const PrefixText = v.pipe(
  v.string(),
  v.maxLength(50),
  v.check((text) => {
    const [, address = '', length = '0'] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? []
    return parseAddress(address) === address && Number(length) <= (familyOf(address) === 4 ? 32 : 128)
  }, 'no-prefix'),
)

export const Endpoint4 = v.strictObject({ address: Address4, port: Port })

export const PortName = v.custom<PortText>((text) => {
  const [, port] = (typeof text === 'string' && /^([1-9]\d{0,4})\/(?:tcp|udp)$/.exec(text)) || []
  return port !== undefined && Number(port) <= 65_535
}, 'no-port')
