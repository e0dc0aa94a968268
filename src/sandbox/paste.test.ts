import assert from 'node:assert/strict'
import { readFileSync, readdirSync } from 'node:fs'
import * as fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { random } from '../shift/random'
import { readPaste } from './paste'
import { SandboxSchema } from './sandbox'
import { knock } from './story'

const VIEWS = 'evidence/views'
const READABLE = /^(ss|netstat|docker|kubectl-get-svc|nft|ip6?tables)/
const recordings = readdirSync(VIEWS).filter((file) => file.endsWith('.txt') && READABLE.test(file))
const textOf = (file: string) => readFileSync(`${VIEWS}/${file}`, 'utf8')
const everything = recordings.map(textOf)

const from = (role: 'here' | 'neighbour' | 'internet', pasted: string, port: number, address = '192.0.2.10') => {
  const { sandbox } = readPaste(pasted)
  const client = sandbox?.clients.findIndex((one) => one.role === role) ?? -1
  if (!sandbox || client < 0) throw new Error('Nothing was read.')
  return knock(sandbox, { client, kind: 'syn', sourcePort: 51514, to: { address, port } })
}

describe('a paste', () => {
  it.each(recordings)('of %s is read without a line left over, but for what the tool cut off', (file) => {
    const { sandbox, unread } = readPaste(textOf(file))
    expect(unread.filter(({ why }) => why !== 'cut')).toEqual([])
    expect(v.is(SandboxSchema, sandbox)).toBe(true)
  })

  it('may hold the outputs of several commands, with their prompts, in any order', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(recordings, { minLength: 1, maxLength: 5 }), fc.boolean(), (files, prompts) => {
        const command = (file: string) => {
          const [tool = ''] = file.split('-')
          const flags = tool === 'ss' && file.includes('uan') ? ' -uan' : ''
          return { kubectl: 'kubectl get svc', docker: 'docker ps', nft: 'nft list ruleset' }[tool] ?? `${tool}${flags}`
        }
        const text = files.map((file) => `${prompts ? `me@host:~$ ${command(file)}\n` : ''}${textOf(file)}`).join('\n')
        const { unread, listings } = readPaste(text)
        const tools = new Set(files.map((file) => (file.startsWith('ip6') ? 'iptables' : (file.split('-')[0] ?? ''))))
        expect(new Set<string>(listings)).toEqual(tools)
        if (prompts) expect(unread.filter(({ why }) => why !== 'cut')).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  it('of anything else is given back line by line', () => {
    const { sandbox, unread } = readPaste('hello\n\nwhat is this?\n')
    expect(sandbox).toBeUndefined()
    expect(unread.map(({ number, text, why }) => [number, text, why])).toEqual([
      [1, 'hello', 'unknown'],
      [3, 'what is this?', 'unknown'],
    ])
    expect(readPaste('').unread).toEqual([])
  })

  it('never throws, and yields a sandbox that its own schema takes, however it is damaged: 1,000 pastes', () => {
    const dice = random(8)
    const letters = Array.from(' \n\t:*[]{}/-.,%!"@0123456789abcdefTCPtcp\\\u0000é漢')
    let built = 0
    for (let round = 0; round < 1000; round++) {
      let text = dice.pick(everything)
      if (dice.next() < 0.3) text += `\n${dice.pick(everything)}`
      for (let count = dice.int(1, 8); count > 0; count--) {
        const at = dice.int(0, text.length)
        const cut = dice.next() < 0.5 ? dice.int(0, 12) : 0
        text = text.slice(0, at) + (dice.next() < 0.7 ? dice.pick(letters) : '') + text.slice(at + cut)
      }
      const { sandbox } = readPaste(text)
      if (!sandbox) continue
      built++
      const read = v.safeParse(SandboxSchema, sandbox)
      if (!read.success)
        expect(
          read.issues.map(({ message, path }) => [message, path?.map(({ key }) => key)]),
          text,
        ).toEqual([])
      knock(sandbox, { client: dice.int(0, 2), kind: 'syn', sourcePort: 5, to: { address: '192.0.2.10', port: 80 } })
    }
    expect(built).toBeGreaterThan(700)
  })
})

describe('a pasted building', () => {
  const sockets = textOf('ss-tlnp.txt')

  it('lets a stranger in at 0.0.0.0 and not at 127.0.0.1', () => {
    expect(from('internet', sockets, 22).ending.kind).toBe('delivered')
    expect(from('internet', sockets, 5432).ending).toMatchObject({ kind: 'refused', by: 'host', how: 'rst' })
    expect(from('here', sockets, 5432, '127.0.0.1').ending.kind).toBe('delivered')
  })

  it('stands behind the gatehouse that was pasted with it', () => {
    const both = `${sockets}\n${textOf('nft-server.txt')}`
    expect(from('internet', both, 22).ending).toEqual({ kind: 'silence' })
    expect(from('internet', both, 80).ending.kind).toBe('delivered')
    expect(from('here', both, 22, '127.0.0.1').ending.kind).toBe('delivered')
  })

  it('has published ports that pass by the input chain', () => {
    const both = `${textOf('docker-ps.txt')}\n${textOf('nft-server.txt')}`
    const story = from('internet', both, 8080)
    expect(story.ending).toMatchObject({ kind: 'delivered', host: 'web' })
    expect(story.steps.map(({ kind }) => kind)).not.toContain('chain')
    expect(from('internet', both, 5432).ending).toEqual({ kind: 'silence' })
  })

  it('knows of a Service which numbers lead to it, and not which Pod', () => {
    const services = textOf('kubectl-get-svc.txt')
    expect(from('neighbour', services, 30080).ending).toEqual({ kind: 'service', service: 'web' })
    expect(from('internet', services, 443, '203.0.113.20').ending).toEqual({ kind: 'service', service: 'shop' })
    expect(from('here', services, 80, '10.96.41.7').ending).toEqual({ kind: 'service', service: 'web' })
    expect(from('neighbour', services, 80, '10.96.41.7').steps.at(-1)).toEqual({ kind: 'unrouted', why: 'cluster' })
  })

  it('knows the Pods of a Service where its endpoints were pasted too, and gives back those of none', () => {
    const services = [
      '$ kubectl get svc,endpoints',
      'NAME          TYPE       CLUSTER-IP   EXTERNAL-IP   PORT(S)        AGE',
      'service/web   NodePort   10.96.0.50   <none>        80:30080/TCP   3h',
      '',
      'NAME              ENDPOINTS                         AGE',
      'endpoints/web     10.244.1.5:8080,10.244.2.7:8080   3h',
      'endpoints/other   10.244.2.9:9000                   3h',
    ].join('\n')
    const { sandbox, assumed, unread } = readPaste(services)
    expect(unread.map(({ why, number }) => [why, number])).toEqual([['no-service', 7]])
    expect(assumed).toContain('endpoints')
    expect(assumed).not.toContain('pods')
    assert(sandbox)
    const story = knock(sandbox, {
      client: 0,
      kind: 'syn',
      sourcePort: 51514,
      to: { address: '192.0.2.10', port: 30080 },
    })
    expect(story.ending).toMatchObject({ kind: 'delivered', socket: { local: { port: 8080 } } })
    expect(story.steps.find(({ kind }) => kind === 'service')).toMatchObject({ to: { port: 8080 } })
  })

  it('of a Mac stands as one of Linux does', () => {
    const { listings, sandbox, unread } = readPaste(
      [
        '$ netstat -an',
        'Active Internet connections (including servers)',
        'tcp4       0      0  *.22                   *.*                    LISTEN',
        'tcp4       0      0  127.0.0.1.5432         *.*                    LISTEN',
      ].join('\n'),
    )
    expect([listings, unread, sandbox?.sockets.length]).toEqual([['netstat'], [], 2])
  })

  it('takes the address that the sockets name, and says when it had to assume one', () => {
    const own = 'LISTEN 0 128 192.168.1.5:22 0.0.0.0:*'
    const { sandbox, assumed } = readPaste(own)
    expect(sandbox?.interfaces[0]?.addresses).toEqual(['192.168.1.5/24'])
    expect(assumed).toEqual([])
    expect(readPaste(sockets).assumed).toEqual(['address'])
    expect(from('internet', own, 22, '192.168.1.5').steps.at(-1)).toEqual({ kind: 'unrouted', why: 'private' })
    expect(from('neighbour', own, 22, '192.168.1.5').ending.kind).toBe('delivered')
  })

  it('says that a rule which could not be read may have decided', () => {
    const text = textOf('nft-server.txt').replace(
      'tcp dport { 80, 443 } accept',
      'tcp dport 80 limit rate 3/minute accept',
    )
    const chain = (port: number) => from('internet', text, port).steps.find((step) => step.kind === 'chain')
    expect(chain(80)).toMatchObject({ uncertain: true, by: 'policy' })
    expect(chain(81)).toMatchObject({ uncertain: false, by: 'policy' })
  })
})
