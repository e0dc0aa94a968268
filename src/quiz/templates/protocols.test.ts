import { describe, expect, it } from 'vitest'
import { protocols } from './protocols'
import { always, facts, found, lamps, printed, rightOf } from './read.test-support'

/** The last two numbers of `PORT` or of the reply 227, put together by hand. */
const announced = (lines: readonly string[]): number => {
  const line = lines.find((one) => /227|PORT \d/.test(one)) ?? ''
  const [high = 0, low = 0] = found(/((?:\d+,){5}\d+)/, line)
    .split(',')
    .slice(4)
    .map(Number)
  return high * 256 + low
}

describe('mail', () => {
  /** RFC 5321, 6409, 8314. */
  const PORTS: Readonly<Record<string, string>> = {
    smtp: '25',
    submission: '587',
    submissions: '465',
    imaps: '993',
    pop3s: '995',
  }

  it('has a port for each job, and one is left over', () => {
    always(protocols, 'wk-mail-trio', ({ body }) => {
      if (body.kind !== 'match') throw new RangeError('not a match')
      for (const [job, port] of body.pairs) expect(port).toBe(PORTS[job])
      expect(body.right).toHaveLength(body.left.length + 1)
    })
  })

  it('is submitted where the line, the server and the settings agree', () => {
    always(protocols, 'wk-mail-app', (question) => {
      const { port = '', security = '' } = facts(question)
      const blocked = printed(question, 'nft').some((line) => line.trim() === `tcp dport ${port} drop`)
      const listens = lamps(question).some((lamp) => String(lamp.port) === port)
      const fits = (port === '465') === security.startsWith('TLS')
      expect(rightOf(question)).toEqual([blocked ? 'timeout' : !listens ? 'refused' : fits ? 'sent' : 'stuck'])
    })
  })
})

describe('FTP', () => {
  it('announces the port of the data connection', () => {
    always(protocols, 'wk-ftp-passive', (question) => {
      expect(rightOf(question)).toEqual([String(announced(printed(question, 'ftp')))])
    })
  })

  it('opens it from port 20 in active mode, and from the client in passive mode', () => {
    always(protocols, 'wk-ftp-active', (question) => {
      const lines = printed(question, 'ftp')
      const port = announced(lines)
      const [client, server] = [found(/`(\S+)\.\d+ > /, question.stem), found(/ > (\S+)\.21`/, question.stem)]
      const [right = ''] = rightOf(question)
      if (lines.some((line) => line.includes('PASV')))
        expect(right).toMatch(new RegExp(`^${client}\\.\\d+ > ${server}\\.${port}$`))
      else expect(right).toBe(`${server}.20 > ${client}.${port}`)
    })
  })

  it('needs a rule for the announced port', () => {
    always(protocols, 'wk-ftp-filter', (question) => {
      const port = announced(printed(question, 'ftp'))
      const allowed = printed(question, 'nft')
        .filter((line) => /tcp dport .* accept/.test(line))
        .flatMap((line) => line.replace(/.*dport (.*) accept/, '$1').split(/[{}, ]+/))
        .map((part) => part.split('-').map(Number))
      const passes = allowed.some(([low = 0, high = low]) => low <= port && port <= high)
      expect(rightOf(question)).toEqual([`${port} ${passes ? 'passes' : 'dropped'}`])
    })
  })
})
