import { number } from './number'

interface BadgeWords {
  readonly name: string
  /** What it is for. */
  readonly about: string
}

const badges = {
  doors: { name: 'Not one wrong door', about: 'Every level of a floor without a mistake at first try.' },
  labels: { name: 'Both halves', about: '50 labels read to the end: address and port.' },
  bait: { name: 'Return to sender', about: '40 source ports that looked like a door, and were left alone.' },
  refusals: { name: 'In the manner of the house', about: '50 refusals, each as its protocol refuses.' },
  replies: { name: 'The way home', about: '25 answers with both ends turned round.' },
  requests: { name: 'Acting kernel', about: '40 programs heard, and judged as the kernel would.' },
  long: { name: 'Long addresses', about: '25 packets read to the end of an IPv6 address.' },
  rules: { name: 'From the top', about: '40 times the line of the board that decides.' },
  knocks: { name: 'Silence says something', about: '40 knocks, and what each answer proves.' },
  rewrites: { name: 'The clerk’s hand', about: '60 packets followed through a translation.' },
  wings: { name: 'Knows the wings', about: '40 calls led to a wing, and to its own number.' },
  lines: { name: 'Reads the wire', about: '100 lines of tcpdump.' },
  hex: { name: 'Reads bytes', about: '100 tuples in hex. Night Shift brings them to those who are right.' },
  minds: { name: 'Changed my mind', about: '3 wrong ideas that you held, and have not chosen again since.' },
  sixty: { name: 'Sixty windows', about: 'One of Today’s shifts without a dark window.' },
  week: { name: 'Seven dates', about: '7 of Today’s shifts, on any 7 days.' },
  night: { name: 'Until the milk came', about: '100 packets right at first try in one night.' },
} satisfies Record<string, BadgeWords>

const entries: Readonly<Record<number, string>> = {
  1: 'Learned the doors. A number is a door, and the protocol says which of two. Nobody got lost in the lobby.',
  2: 'Counted windows until I believed it. One door, and as many windows as the town has callers.',
  3: 'Hung lamps at addresses. One faces the yard only; the street has asked about it all night, in vain.',
  4: 'Moved the chair to the gatehouse. Read the board from the top, stopped at the first line that fits.',
  5: 'One street door, many flats. The clerk writes a new label for each parcel, and I have learned to read his hand.',
  6: 'The reception has no rooms of its own. It sends callers on, and no wing is jealous.',
  7: 'The archive is quiet. Bytes, one after the other, and every one of them had an address.',
}

export const modes = {
  today: {
    title: 'Today’s shift',
    about: 'Sixty packets, the same for everyone who plays today, mixed from all floors. No clock.',
    once: 'The first try counts for the day. After it you may play the same packets again as practice.',
    start: 'Begin the sixty',
    goOn: (done: number) => `Go on: ${done} of 60 done`,
    practise: 'Practise the same sixty',
    done: 'Today’s shift is done',
    score: (right: number, of: number) => `${right} of ${of} right at first try`,
    next: (time: string) =>
      `The next sixty come at ${time}, your time. The day changes at midnight UTC, for everyone at once.`,
    picture: (rows: readonly string[]) =>
      `The house of today, a window for each packet: ${rows.map((row, at) => `row ${at + 1}: ${row}`).join('; ')}`,
    lit: (lit: number, of: number) => `${lit} of ${of} lit`,
    dark: 'The house of today: sixty windows, still dark',
    copyText: 'Copy as text',
    copyLink: 'Copy link',
    watch: 'Watch it again',
    missed: 'What was missed, and why',
    copied: 'Copied',
    copyFailed: 'The browser did not let us copy. Select the text below and copy it by hand.',
    asText: 'The result as text',
    practised: 'This was practice: the first try of the day stays.',
    text: (day: string, right: number, of: number, rows: readonly string[], address: string): string =>
      [`Port Authority ${day}`, `${right} of ${of} at first try`, ...rows, address].join('\n'),
    home: 'To the building',
    log: 'The porter’s log',
  },
  streak: {
    days: (days: number) => (days === 1 ? '1 day of practice.' : `${days} days of practice.`),
    none: 'Any practice counts: a shift, a question, a card.',
    free: (free: number): string =>
      free === 0
        ? 'Both free days of this week are taken. A new week, new ones.'
        : free === 1
          ? '1 free day left this week.'
          : '2 free days a week are yours.',
  },
  night: {
    title: 'Night Shift',
    about:
      'Every computer you know, in no order, and it does not stop. It ends when you do: Esc, then “End the night”.',
    mixed: (levels: number) =>
      levels === 1 ? 'Mixed from 1 level that is open to you.' : `Mixed from ${levels} levels that are open to you.`,
    leans: 'It leans to what you missed lately',
    fresh: 'It knows nothing of you yet. It will notice.',
    harder: 'Right answers bring denser papers: the form, the line of tcpdump, the bytes.',
    start: 'Start the night',
    best: 'Best nights',
    none: 'No night yet.',
    date: 'Date',
    right: 'Right at first try',
    streak: 'Best streak',
    watch: 'Watch',
    over: (right: number, of: number) => `${right} of ${of} right at first try. Written into the log.`,
    bestYet: 'Your longest list so far.',
    again: 'Another night',
  },
  log: {
    title: 'The porter’s log',
    about: 'What was done in this house, in the order of the floors. Nobody reads it but you.',
    floor: (floor: number, name: string) => (name === '' ? `Floor ${floor}` : `Floor ${floor}, ${name}`),
    entry: (floor: number): string => entries[floor] ?? 'Another floor with its lights on.',
    dark: 'Still dark.',
    some: (won: number, of: number) => `${won} of ${of} doors have a star. No entry before the last of them.`,
    lit: 'lit',
    badges: 'Brass',
    badgesAbout: 'Plates for what you can do now. They are polished by the doing, and nobody counts the days.',
    badge: badges,
    earned: 'earned',
    progress: (have: number, need: number) => `${number(have)} of ${number(need)}`,
    days: 'Days',
    todays: (count: number) => (count === 1 ? '1 of Today’s shifts' : `${count} of Today’s shifts`),
    nights: (count: number) => (count === 1 ? '1 night kept' : `${count} nights kept`),
  },
}
