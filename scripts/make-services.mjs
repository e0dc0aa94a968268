// Writes what the game ships of content/decks.json: src/ports/services.json, the compact registry, and src/ports/decks.json,
// what only questions need. Run by hand after a change there.
import { readFileSync, writeFileSync } from 'node:fs'

const { ports, decks } = JSON.parse(readFileSync('content/decks.json', 'utf8'))
const lines = (items) => items.map((item) => `  ${JSON.stringify(item)}`).join(',\n')

const services = ports.map(({ port, transports, common, iana, family, confusable_with, secureTwin }) => ({
  port,
  transports,
  ...(Object.keys(iana).length > 0 && { names: iana }),
  common,
  family,
  ...(confusable_with?.length && { confusable: confusable_with }),
  ...(secureTwin && { secureTwin }),
}))
writeFileSync('src/ports/services.json', `[\n${lines(services)}\n]\n`)

const cards = ports.map(({ id, registered, mnemonic, watch }) => ({
  id,
  registered,
  mnemonic,
  ...(watch && { watch }),
}))
const named = decks.map(({ id, cards }) => ({ id, cards }))
writeFileSync('src/ports/decks.json', `{\n"cards": [\n${lines(cards)}\n],\n"decks": [\n${lines(named)}\n]\n}\n`)
