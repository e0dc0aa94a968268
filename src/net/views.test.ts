import { existsSync, readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const OURS = 'evidence/views'
/** Recordings of the project's material, read where they are present. */
const OTHERS = '../shared/evidence/views'

/** The tools, and the test that compares all recordings whose names begin like this. */
const TESTED: Readonly<Record<string, string>> = {
  ss: 'ss.test.ts',
  tcpdump: 'tcpdump.test.ts',
  netstat: 'netstat.test.ts',
  lsof: 'lsof.test.ts',
  'proc-net': 'proc-net.test.ts',
  nmap: 'nmap.test.ts',
  conntrack: 'conntrack-list.test.ts',
  nft: 'nft-text.test.ts',
  iptables: 'iptables-text.test.ts',
  ip6tables: 'iptables-text.test.ts',
  docker: 'docker-ps.test.ts',
  kubectl: 'kubectl.test.ts',
}

const names = readdirSync(OURS).filter((name) => /\.(json|txt)$/.test(name))
const recordings = names.filter((name) => name.endsWith('.json')).map((name) => name.replace('.json', ''))
const toolsOf = (recording: string) => Object.keys(TESTED).filter((tool) => recording.startsWith(`${tool}-`))

describe('the recordings of tools', () => {
  it('are outputs with their state beside them', () => {
    expect(names.toSorted()).toEqual(recordings.flatMap((name) => [`${name}.json`, `${name}.txt`]).toSorted())
  })

  it.each(recordings)('%s is compared by the test of one tool', (recording) => {
    const [tool, ...more] = toolsOf(recording)
    expect(more).toEqual([])
    expect(existsSync(`src/net/${TESTED[tool ?? '']}`)).toBe(true)
  })

  it.skipIf(!existsSync(OTHERS))('are all of those that are provided', () => {
    const missing = readdirSync(OTHERS).filter((name) => !names.includes(name))
    expect(missing).toEqual([])
  })
})
