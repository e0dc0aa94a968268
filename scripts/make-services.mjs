// Writes src/ports/services.json, the compact registry the game ships, from content/decks.json. Run by hand after a change there.
import { readFileSync, writeFileSync } from 'node:fs'

const { ports } = JSON.parse(readFileSync('content/decks.json', 'utf8'))
const services = ports.map(({ port, transports, common, iana, family, confusable_with, secureTwin }) => ({
  port,
  transports,
  ...(Object.keys(iana).length > 0 && { names: iana }),
  common,
  family,
  ...(confusable_with?.length && { confusable: confusable_with }),
  ...(secureTwin && { secureTwin }),
}))
writeFileSync(
  'src/ports/services.json',
  `[\n${services.map((service) => `  ${JSON.stringify(service)}`).join(',\n')}\n]\n`,
)
