import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readEndpoints } from './read-endpoints'
import { endpointText } from './tuple'

const read = (text: string) => readEndpoints(text.split('\n').map((line, index) => ({ number: index + 1, text: line })))
const ends = (text: string) => read(text).endpoints.map((one) => [one.name, one.ends.map(endpointText).join(',')])

describe('the endpoints of Services', () => {
  it('are read as they were recorded: none, none ready, and those that are counted are left out', () => {
    const recorded = readFileSync('evidence/views/kubectl-get-endpoints.txt', 'utf8').trimEnd()
    expect(read(recorded).unread).toEqual([])
    expect(ends(recorded)).toEqual([
      ['api', ''],
      ['kubernetes', ''],
      ['pending', ''],
      ['shop', '10.244.1.9:8443,10.244.2.9:8443,10.244.1.9:8080'],
      ['web', '10.244.1.5:8080,10.244.2.7:8080'],
    ])
  })

  it('are read as slices, with the namespace or without', () => {
    const slices = [
      'NAMESPACE   NAME         ADDRESSTYPE   PORTS     ENDPOINTS                                     AGE',
      'default     kubernetes   IPv4          6443      172.18.0.4                                    43m',
      'shop        web-x7k2p    IPv4          8080      10.244.1.5,10.244.2.7,10.244.2.8 + 2 more...  3m',
      'shop        old-abcde    IPv4          <unset>   <unset>                                       3m',
    ].join('\n')
    expect(read(slices).unread).toEqual([])
    expect(ends(slices)).toEqual([
      ['kubernetes', '172.18.0.4:6443'],
      ['web-x7k2p', '10.244.1.5:8080,10.244.2.7:8080,10.244.2.8:8080'],
      ['old-abcde', ''],
    ])
  })

  it('are given back where they are no addresses with ports', () => {
    const odd = 'NAME   ENDPOINTS   AGE\nweb   somewhere   3h\nweb a b c'
    expect(read(odd).unread.map(({ why, number }) => [why, number])).toEqual([
      ['end', 2],
      ['columns', 3],
    ])
  })
})
