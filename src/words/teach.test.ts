import { describe, expect, it } from 'vitest'
import { parametersOf } from '../quiz/template'
import { TEMPLATES } from '../quiz/templates'
import { questions } from './en/questions'
import { teach as en } from './en/teach'
import { PARAMETERS, VALUES } from './es/parameters'
import { teach as es } from './es/teach'

/** What reads the same in English and Spanish: names, and words that both have. */
const SAME = new Set([
  'sheet.no',
  'set.numbers',
  'item.parameter',
  'item.value',
  'read.remark',
  'read.remarkPlain',
  'print.papers.a4',
  'print.variantsOf.A',
  'print.variantsOf.B',
])

/** Parameters and their values that are the same in every language: numbers, addresses, commands, names of programs. */
const TOKENS = new Set(
  (
    'IPV6_V6ONLY ip_unprivileged_port_start ip6tables iptables bits host hosts ssh target accept drop reset loopback proxy ' +
    'passthrough router switch starttls tls app db dns ping pod smtp submission submissions syslog tcp udp vpn web http ' +
    'https mariadbd mongod postgres redis-server control Linux Windows NAT SYN EXPOSE SO_REUSEADDR SO_REUSEPORT'
  ).split(' '),
)

const isToken = (text: string) =>
  TOKENS.has(text) || /^nmap|^ct state$|^[\d.:>/-]+(tcp|udp)?$|^(dhcp|dns|snmp|radius|ftp|sip)/.test(text)

/** Every text by its path. Functions are called with the same things in each language. */
function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return texts(
      Reflect.apply(
        value,
        undefined,
        Array.from({ length: value.length }, () => '7'),
      ),
      path,
    )
  return Object.entries(value ?? {}).flatMap(([key, part]) => texts(part, path ? `${path}.${key}` : key))
}

describe('the words for teachers', () => {
  it('are the same texts in both languages, and no Spanish text is English', () => {
    const [mine, theirs] = [new Map(texts(en)), new Map(texts(es))]
    expect([...theirs.keys()].toSorted()).toEqual([...mine.keys()].toSorted())
    const same = [...theirs].filter(([path, text]) => mine.get(path) === text).map(([path]) => path)
    expect(same.filter((path) => !path.startsWith('export.short.'))).toEqual([...SAME])
    for (const [path, text] of [...mine, ...theirs]) expect(text, path).not.toMatch(/undefined|NaN|\[object/)
  })

  it('name every parameter of a template in Spanish, and each of its values', () => {
    const parameters = TEMPLATES.flatMap((template) =>
      [1, 2, 3, 4, 5].flatMap((seed) => parametersOf(template, questions, seed)),
    )
    const names = new Set(parameters.map(({ name }) => name))
    const values = new Set(parameters.flatMap((one) => (one.kind === 'one' ? one.labels : [])))
    expect([...names].filter((name) => !(name in PARAMETERS) && !isToken(name))).toEqual([])
    expect([...values].filter((value) => !(value in VALUES) && !isToken(value))).toEqual([])
  })
})
