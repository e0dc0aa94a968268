import { existsSync } from 'node:fs'
import { onPath } from './chromium.mjs'

/**
 * The `redis-server` to test with: the one REDIS_SERVER names, or an installed one; undefined if there is none. Throws when
 * REDIS_SERVER names nothing.
 */
export function findRedis() {
  const given = process.env['REDIS_SERVER']
  if (given && !existsSync(given)) throw new Error(`REDIS_SERVER is ${given}, but there is no such file.`)
  return given || onPath('redis-server')
}
