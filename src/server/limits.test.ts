import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { Bucket } from './bucket'
import { limitsFrom } from './limits'
import { networkAddresses } from './listen'
import { fitName } from './name-filter'
import { freePort, newFolder, removeFolder } from './node.test-support'
import { addressOf, originAllowed } from './origin'
import { drawSecret, fits, hashOf, watchSecretOf } from './secret'
import { serveClass } from './serve-class'

describe('a token bucket', () => {
  it('gives its burst at once and then so many a second', () => {
    const bucket = new Bucket({ perSecond: 2, burst: 3 }, 0)
    expect([0, 0, 0, 0, 400, 500, 1000].map((now) => bucket.take(now))).toEqual([
      true,
      true,
      true,
      false,
      false,
      true,
      true,
    ])
  })

  it('lets wait for a turn, but not for too long', () => {
    const bucket = new Bucket({ perSecond: 10, burst: 1 }, 0)
    expect([0, 0, 0, 0].map(() => bucket.reserve(0, 250))).toEqual([0, 100, 200, undefined])
  })
})

describe('the environment', () => {
  it('is not needed', () => expect(limitsFrom({}).CLASS_GRACE_MINUTES).toBe(30))
  it('says what is wrong with it', () => {
    expect(() => limitsFrom({ CLASS_ROOMS: 'many' })).toThrow(/CLASS_ROOMS is "many", but/)
    expect(() => limitsFrom({ REDIS_URL: 'localhost' })).toThrow(
      'REDIS_URL is "localhost", but must begin with redis://',
    )
  })
  it('is a list of origins with commas', () =>
    expect(limitsFrom({ ALLOWED_ORIGINS: 'https://a.example, https://b.example' }).ALLOWED_ORIGINS).toEqual([
      'https://a.example',
      'https://b.example',
    ]))
})

describe('who asks', () => {
  const request = (headers: IncomingHttpHeaders) => ({ headers, socket: new Socket() })
  it('may be a page of this host, of an allowed origin, or no page at all', () => {
    const limits = { ALLOWED_ORIGINS: ['https://a.example'], PUBLIC_URL: 'https://ports.example/' }
    const may = (headers: IncomingHttpHeaders) => originAllowed(request(headers), limits)
    expect(may({ host: 'h:4180', origin: 'http://h:4180' })).toBe(true)
    expect(may({ host: 'h:4180', origin: 'http://h:4181' })).toBe(false)
    expect(may({ host: 'h:4180', origin: 'https://a.example' })).toBe(true)
    expect(may({ host: '10.0.0.1', origin: 'https://ports.example' })).toBe(true)
    expect(may({ host: 'h:4180', origin: 'null' })).toBe(false)
    expect(may({ host: 'h:4180' })).toBe(true)
  })
  it('has the address that our own proxy saw, not one that anybody wrote', () => {
    const forwarded = request({ 'x-forwarded-for': '1.1.1.1, 192.0.2.7' })
    expect(addressOf(forwarded, 1)).toBe('192.0.2.7')
    expect(addressOf(forwarded, 0)).toBe('')
  })
})

describe('secrets', () => {
  it('fit their own hash only', () => {
    const secret = drawSecret()
    expect(secret).toMatch(/^[\w-]{22}$/)
    expect(fits(secret, hashOf(secret))).toBe(true)
    expect(fits(drawSecret(), hashOf(secret))).toBe(false)
    expect(watchSecretOf(secret)).toMatch(/^[\w-]{22}$/)
    expect(watchSecretOf(secret)).not.toBe(secret)
  })
})

describe('names on the wall', () => {
  it('may be short, in any script, and hold parts of bad words', () => {
    for (const name of ['A', '王', 'Ñandú', 'Scunthorpe', 'Computadora']) expect(fitName(name)).toBe(name)
  })
  it('are no insults, in English or Spanish, also with signs for letters', () => {
    for (const name of ['fuck', 'FUCK you', 'sh1t', 'puta', 'GILIPOLLAS', '\u202E  '])
      expect(fitName(name)).toBeUndefined()
  })
})

it('names the likeliest network of the room first', () => {
  const at = (address: string, internal = false) => ({
    address,
    netmask: '',
    mac: '',
    cidr: null,
    family: 'IPv4' as const,
    internal,
  })
  const interfaces = { lo: [at('127.0.0.1', true)], docker0: [at('172.17.0.1')], wlan0: [at('192.168.1.20')] }
  expect(networkAddresses(4180, interfaces)).toEqual(['http://192.168.1.20:4180/', 'http://172.17.0.1:4180/'])
})

describe('what can be asked over HTTP', () => {
  const closing: (() => Promise<void>)[] = []
  afterEach(async () => {
    for (const close of closing.splice(0)) await close()
  })
  async function serve(environment: Readonly<Record<string, string>>): Promise<string> {
    const data = newFolder()
    const port = await freePort()
    const server = createServer((request, response) => {
      if (!served.handle(request, response)) response.writeHead(404).end()
    })
    const served = serveClass(server, port, { PORT_AUTHORITY_DATA: data, LOG_LEVEL: 'silent', ...environment })
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    closing.push(async () => {
      await served.shutDown()
      server.closeAllConnections()
      removeFolder(data)
    })
    return `http://127.0.0.1:${port}`
  }

  it('is whether the server lives, whether its log answers, and where phones find it', async () => {
    const url = await serve({ PUBLIC_URL: 'https://ports.example' })
    expect(await (await fetch(`${url}/health`)).text()).toBe('ok\n')
    expect((await fetch(`${url}/ready`)).status).toBe(200)
    expect(await (await fetch(`${url}/class/address`)).json()).toEqual({ addresses: ['https://ports.example/'] })
    expect((await fetch(`${url}/other`)).status).toBe(404)
  })

  it('is what was measured, for this machine, but for nobody behind a proxy on it', async () => {
    const url = await serve({})
    expect(await (await fetch(`${url}/metrics`)).text()).toContain('class_connections 0')
    expect((await fetch(`${url}/metrics`, { headers: { 'X-Forwarded-For': '192.0.2.1' } })).status).toBe(403)
  })

  it('is what was measured, with a token where there is one', async () => {
    const url = await serve({ METRICS_TOKEN: 'long-enough-for-this' })
    expect((await fetch(`${url}/metrics`)).status).toBe(403)
    const headers = { Authorization: 'Bearer long-enough-for-this' }
    expect((await fetch(`${url}/metrics`, { headers })).status).toBe(200)
  })

  it('says that the log does not answer', async () => {
    const nobody = await freePort()
    const url = await serve({ REDIS_URL: `redis://127.0.0.1:${nobody}` })
    expect((await fetch(`${url}/ready`)).status).toBe(503)
    expect((await fetch(`${url}/health`)).status).toBe(200)
  })
})
