import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ChildProcess } from 'node:child_process'
import { random } from '../shift/random'
import type { Node } from './node.test-support'
import { end, findRedis, freePort, newFolder, removeFolder, startNode, startRedis } from './node.test-support'
import type { Balancer } from './played.test-support'
import { Played, startBalancer } from './played.test-support'

// Processes start slowly on a machine that has other things to do.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

const PLAYERS = 12
/** So many answers are sent twice, and come late besides: five times the one per cent of a bad network. */
const BAD_LINE = 0.05

describe('one process with its own database', () => {
  const folder = newFolder()
  let node: Node
  let played: Played
  beforeAll(async () => {
    node = await startNode({ PORT_AUTHORITY_DATA: folder })
    played = await Played.open(node.url, PLAYERS, 2)
  })
  afterAll(async () => {
    played.leave()
    await end(node.process)
    removeFolder(folder)
  })

  it('is killed in the middle of a question, started again, and the room goes on with every acknowledged answer', async () => {
    const dice = random(1)
    await played.ask(0)
    const [first, second] = [played.players.slice(0, PLAYERS / 2), played.players.slice(PLAYERS / 2)]
    await Promise.all(first.map((person) => played.answer(person, 0, dice)))
    const others = second.map((person) => played.answer(person, 0, dice))
    await end(node.process)
    node = await startNode({ PORT_AUTHORITY_DATA: folder }, { port: node.port })
    await Promise.all(others)
    await played.shown(0)
    await played.ask(1)
    await Promise.all(played.players.map((person) => played.answer(person, 1, dice, BAD_LINE)))
    await played.shown(1)
    expect(played.acknowledged).toHaveLength(2 * PLAYERS)
    expect(await played.amiss()).toEqual([])
  })

  it('says goodbye when it is asked to go, and goes', async () => {
    const [phone] = played.players
    expect(await end(node.process, 'SIGTERM')).toBe(0)
    expect(phone?.browser.last('bye')).toEqual({ why: 'restart' })
  })
})

const redisServer = findRedis()
if (!redisServer) {
  const sentence =
    'The tests with several nodes need a redis-server. Install one, or name it: REDIS_SERVER=/path/to/redis-server'
  if (process.env['REDIS_TESTS'] === 'required') throw new Error(sentence)
  console.error(`SKIPPED. ${sentence}`)
}

describe.skipIf(!redisServer)('two nodes with Redis, behind a load balancer without memory', () => {
  const folder = newFolder()
  const dice = random(2)
  let redis: ChildProcess
  let redisPort: number
  let nodes: Node[]
  let balancer: Balancer
  let played: Played
  const begin = async (): Promise<void> => {
    nodes = await Promise.all([0, 1].map(() => startNode({ REDIS_URL: `redis://127.0.0.1:${redisPort}` })))
    if (balancer) balancer.ports = nodes.map(({ port }) => port)
  }
  beforeAll(async () => {
    redisPort = await freePort()
    redis = await startRedis(redisServer ?? '', folder, redisPort)
    await begin()
    balancer = await startBalancer(nodes.map(({ port }) => port))
    played = await Played.open(balancer.url, PLAYERS, 4)
  })
  afterAll(async () => {
    played.leave()
    balancer.close()
    for (const { process: child } of nodes) await end(child)
    await end(redis)
    removeFolder(folder)
  })

  /** Half of the class has answered, the other half is about to, when it happens. */
  async function halfway(round: number, happens: () => Promise<void>): Promise<void> {
    await played.ask(round)
    const half = PLAYERS / 2
    await Promise.all(played.players.slice(0, half).map((person) => played.answer(person, round, dice, BAD_LINE)))
    const others = played.players.slice(half).map((person) => played.answer(person, round, dice, BAD_LINE))
    await happens()
    await Promise.all(others)
    await played.shown(round)
    expect(played.acknowledged).toHaveLength((round + 1) * PLAYERS)
    expect(await played.amiss()).toEqual([])
  }

  it('share a room: whoever is at one hears what happens at the other', async () => {
    await halfway(0, () => Promise.resolve())
    const ports = new Set(nodes.map(({ port }) => port))
    expect(ports.size).toBe(2)
    const held = await Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()))
    for (const text of held) expect(text).toMatch(/^class_rooms_held 1$/m)
  })

  it('lose one of them in the middle of a question, and the other goes on', async () => {
    await halfway(1, async () => {
      const [lost] = nodes
      if (lost) await end(lost.process)
    })
  })

  it('are both killed, started again, and nothing acknowledged is lost', async () => {
    await halfway(2, async () => {
      await Promise.all(nodes.map(({ process: child }) => end(child)))
      await begin()
    })
  })

  it('lose Redis, which comes back with its append-only file, and nothing acknowledged is lost', async () => {
    await halfway(3, async () => {
      await end(redis)
      // While it is away the nodes say so, and take it up again when it is back.
      const ready = (): Promise<number[]> =>
        Promise.all(nodes.map(async ({ url }) => (await fetch(`${url}/ready`)).status))
      await expect.poll(ready).toEqual([503, 503])
      redis = await startRedis(redisServer ?? '', folder, redisPort)
    })
    for (const { process: child } of nodes) expect(child.exitCode).toBeNull()
    // Deleting the room says goodbye to everybody, wherever they are.
    expect((await played.teacher.insist('act', { act: 'forget' })).ok).toBe(true)
    await expect.poll(() => played.players.every(({ browser }) => browser.last('bye')?.why === 'gone')).toBe(true)
  })
})
