const FLOORS: Readonly<Record<number, { readonly name: string; readonly about: string }>> = {
  1: { name: 'The Lobby', about: 'A door is protocol plus destination port.' },
  2: { name: 'The Windows', about: 'One door, many connections: the 5-tuple.' },
  3: { name: 'The Entrances', about: 'A lamp hangs at an address, not only at a number.' },
  4: { name: 'The Gatehouse', about: 'Reachable is what the rules let through and a lamp takes.' },
  5: { name: 'The Street Door', about: 'Numbers may be rewritten on the way.' },
  6: { name: 'The Reception', about: 'One visible door, many wings.' },
  7: { name: 'The Archive', about: 'Recorded nights, byte by byte.' },
}

export const home = {
  name: 'Port Authority',
  skip: 'Skip to the content',
  first: 'Night shift. One server, one address.',
  headline: 'Every packet carries its papers.',
  allLit: 'Every floor is lit.',
  about: 'Read the 5-tuple. Find the door. Keep the server running.',
  start: 'Start the shift',
  startHint: 'or press Enter',
  goOn: (id: string, title: string) => `Go on: ${id} ${title}`,
  again: (id: string, title: string) => `Play ${id} again: ${title}`,
  stars: (stars: number, all: number) => `${stars} of ${all} stars`,
  settings: 'Settings',
  building: 'The building',
  address: '192.0.2.10',
  floor: (floor: number): { readonly name: string; readonly about: string } => FLOORS[floor] ?? { name: '', about: '' },
  floorState: { locked: ' is still dark', finished: ' is finished', open: '' },
  archive: 'The Archive',
  modes: {
    today: { title: 'Today’s shift', about: 'The same 60 packets for everyone, until midnight UTC.' },
    night: { title: 'Night Shift', about: 'No end but yours' },
    log: { title: 'The porter’s log', about: 'Floors lit, brass earned' },
    build: { title: 'Build a level', about: 'For your class, as a link' },
  },
  todayDone: (right: number, of: number) => `${right} of ${of} right at first try. Tomorrow there are others.`,
  todayBegun: 'Begun. Your place is kept.',
  streak: (days: number) => (days === 1 ? '1 day' : `${days} days`),
  own: 'Your own night',
  ownAbout: 'Drop a .pcap or .pcapng: its packets become a shift. It never leaves this browser.',
  levelState: (open: boolean, stars: number, before: string, boss: boolean) =>
    !open
      ? ` opens with a star in ${before}`
      : `${boss ? ' the floor’s boss: open to whoever dares' : ''}${stars > 0 ? ` ${stars} ${stars === 1 ? 'star' : 'stars'}` : ''}`,
  after: (before: string) => `after ${before}`,
  drop: 'Let go: this file becomes a shift',
  broken: {
    heading: 'This link leads nowhere',
    unreadable:
      'The link is damaged: a letter is missing or one too many. Ask for it again, or start from the building.',
    'newer-version': 'The link was made by a newer Port Authority than this one. Reload the page, then try it again.',
    'unknown-level': 'The link names a level that this building does not have.',
    'does-not-replay': 'The link does not fit its own shift: part of it was changed. Ask for it again.',
    page: 'There is no such page in this building.',
    home: 'To the building',
  },
  crashed: {
    heading: 'Something broke on our side',
    about: 'Your progress is safe. Go back to the building and on from there.',
  },
  missing: {
    heading: 'This part did not arrive',
    about: 'It could not be fetched. Check the connection, then reload the page. Your progress is safe.',
  },
  notice: {
    language: (name: string) =>
      `${name} could not be fetched. Check the connection, then reload the page or choose it again.`,
    'set-aside': (key: string) =>
      `Stored data could not be read. A copy is kept in this browser as “${key}”; the game goes on with a fresh start.`,
    blocked: 'This browser keeps nothing for us (a private window, perhaps): progress lasts until the page closes.',
    full: 'The browser’s storage is full: progress is not being saved. Free some space, then finish a level again.',
  },
  update: { ready: 'A new version is ready.', reload: 'Reload' },
  dismiss: 'Dismiss',
}
