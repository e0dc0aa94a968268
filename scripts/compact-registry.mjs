const LETTERS = { tcp: 't', udp: 'u', sctp: 's', dccp: 'd' }

/**
 * The entries with a name (`{ "80/tcp": ["http", "World Wide Web HTTP"], … }`) as one text: a line each for equal entries of
 * one port, `port-since-the-last-line TAB transports TAB name TAB description`. A description that says no more than the
 * name is left out. The package has one name for each number; `services` (those of the game) add the main name where the
 * registry has several, and stand first.
 */
export function compactRegistry(entries, services) {
  const lines = []
  let last = 0
  let open
  for (const [key, [name, description]] of withMainNames(entries, services)) {
    const [port, transport] = key.split('/')
    if (!name || !LETTERS[transport]) continue
    const said = description.toLowerCase() === name.toLowerCase() ? '' : description.replaceAll(/\s+/g, ' ').trim()
    if (open && open.port === port && open.name === name && open.said === said) {
      open.transports += LETTERS[transport]
      continue
    }
    open = { port, name, said, transports: LETTERS[transport] }
    lines.push(open)
  }
  const text = lines
    .map(({ port, transports, name, said }) => {
      const step = Number(port) - last
      last = Number(port)
      return [step, transports, name, said].join('\t')
    })
    .join('\n')
  return { source: 'IANA Service Name and Transport Protocol Port Number Registry (CC0 1.0)', text }
}

/** The entries by ascending port, with the services' own names before those that hide them. */
function withMainNames(entries, services) {
  const main = services.flatMap(({ port, names = {}, common }) =>
    Object.entries(names).map(([transport, name]) => [`${port}/${transport}`, [name, common]]),
  )
  const missing = main.filter(([key, [name]]) => entries[key]?.[0] !== name)
  const portOf = ([key]) => Number(key.split('/')[0])
  return [...missing, ...Object.entries(entries)].sort((a, b) => portOf(a) - portOf(b))
}
