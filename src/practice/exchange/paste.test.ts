import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readPasted } from './paste'

const view = (name: string) => readFileSync(`evidence/views/${name}.txt`, 'utf8')

describe('ports in a pasted text', () => {
  it('come from a listing of nmap', () => {
    const { facts, unread } = readPasted(
      'Starting Nmap 7.93\nPORT     STATE SERVICE\n22/tcp   open  ssh\n53/udp   open  domain\n8443/tcp closed https-alt\n\nNmap done: 1 IP address',
    )
    expect(facts).toEqual(['22/tcp', '53/udp', '8443/tcp'])
    expect(unread).toEqual([])
  })

  it('come from a listing of ss: the local ones', () => {
    const { facts } = readPasted(
      [
        'Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process',
        'udp   UNCONN 0      0            0.0.0.0:68        0.0.0.0:*',
        'tcp   LISTEN 0      4096         0.0.0.0:22        0.0.0.0:*    users:(("sshd",pid=7,fd=3))',
        'tcp   ESTAB  0      0         192.0.2.10:443   203.0.113.7:51514',
        'tcp   LISTEN 0      4096               *:8080            *:*',
        'tcp   LISTEN 0      4096            [::]:9090         [::]:*',
        'tcp   LISTEN 0      4096           [::1]:5432         [::]:*',
      ].join('\n'),
    )
    expect(facts).toEqual(['68/udp', '22/tcp', '443/tcp', '8080/tcp', '9090/tcp', '5432/tcp'])
  })

  it('come from recordings of the tools', () => {
    expect(readPasted(view('ss-tln')).facts.length).toBeGreaterThan(0)
    expect(readPasted(view('nmap-connect')).facts.length).toBeGreaterThan(0)
    for (const name of ['ss-tln', 'ss-uan', 'nmap-connect', 'nmap-udp', 'netstat-tan'])
      for (const { text } of readPasted(view(name)).unread) expect(text).not.toMatch(/:\d+\s|\d\/(tcp|udp)/)
  })

  it('come from a table, with or without a transport', () => {
    expect(readPasted('port,transport,service\n53,udp,domain\n"443","tcp","https"\n3306').facts).toEqual([
      '53/udp',
      '443/tcp',
      '3306/tcp',
    ])
    expect(readPasted('https\t443\ttcp\nsnmp;161;udp').facts).toEqual(['443/tcp', '161/udp'])
  })

  it('come from a services file, whose comments are left out', () => {
    expect(readPasted('domain\t\t53/udp # not 54/tcp\n# 99/tcp\ntcp/443\n').facts).toEqual(['53/udp', '443/tcp'])
  })

  it('are named once, and lines without one are said with their number', () => {
    const { facts, unread } = readPasted('22\n22/tcp\nhello there\n99999\n')
    expect(facts).toEqual(['22/tcp'])
    expect(unread).toEqual([
      { line: 3, text: 'hello there' },
      { line: 4, text: '99999' },
    ])
  })

  it('never break the reader, whatever was pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        for (const fact of readPasted(text).facts) expect(Number.parseInt(fact, 10)).toBeLessThanOrEqual(65535)
      }),
      { numRuns: 2000 },
    )
  })
})
