import type { MisconceptionId } from '../../lessons/misconception'
import type { StreetPlace, StreetQuestion, StreetWhy } from '../../shift/street-plan'
import type { TellFacts } from '../tell-facts'

type Line = (facts: TellFacts) => string

/** Lines begin with the deciding field. */
const why: Readonly<Record<StreetWhy, Line>> = {
  'kept-port': ({ sourcePort, end }) =>
    `Source ${end}: the street’s address, and ${sourcePort} is free towards that server, so it stays.`,
  'moved-port': ({ sourcePort, end }) =>
    `Source ${end}: towards that server another flat has ${sourcePort} already, so a free number is taken.`,
  mapped: ({ port, end }) => `Destination port ${port}: the list has this answer for ${end}.`,
  uninvited: ({ port }) =>
    `Destination port ${port}: from this sender the list has nothing, and there is no sign. Nowhere.`,
  forwarded: ({ port, end }) => `Destination port ${port}: its sign says ${end}. Address and port are rewritten.`,
  restored: ({ end }) => `Source ${end}: on the way out the translation is undone, so the visitor knows the sender.`,
  'no-sign': ({ port }) => `Destination port ${port}: no sign names it, so it is for the street door alone. Nowhere.`,
  'direct-answer': ({ end }) =>
    `Source ${end}: the server answers straight to its neighbour, who called another address. It does not fit.`,
  'sign-works': ({ seen, end }) => `Destination port: this sign leads ${seen} to ${end}, and nobody else anywhere.`,
  published: ({ port, end }) => `Destination port ${port}: the sign is for it and leads to ${end} in the annex.`,
  'before-the-gate': ({ port, end }) =>
    `Destination port ${port}: rewritten to ${end} before the input chain reads it. That rule never saw it.`,
  'not-published': ({ port }) => `Destination port ${port}: no sign on the host has it, whatever the image exposes.`,
  'staff-sign': ({ destination, port }) =>
    `Destination ${destination}: the sign of ${port} hangs at 127.0.0.1, where no street leads.`,
  'two-signs': ({ port, seen, end }) => `Destination port ${port}: the first sign says ${seen}, the second ${end}.`,
  'two-back': ({ seen, end }) => `Source ${end}: both translations undone, the last one first. It began as ${seen}.`,
}

/** The words of a street door, and of the annexes on a roof. */
export const street = {
  how: {
    rewrite: 'You are the street door. Write the label with which this leaves the house.',
    relabel: 'You are the street door. Write the label with which this goes to the flat.',
    flat: 'Where does it end: at which address, at which number there?',
    hairpin: 'A flat calls the house’s own street address. Is it served?',
    sign: 'Which sign makes the call below work, and opens nothing else?',
  } satisfies Record<StreetQuestion, string>,
  say: { misfit: { name: 'Does not fit', about: 'an answer from a stranger' } },
  why,
  ledger: { title: 'The list', flat: 'Flat', street: 'On the street', far: 'Called' },
  ribbon: 'The label at each stop',
  places: { town: 'In town', house: 'In the house', annex: 'In the annex' } satisfies Record<StreetPlace, string>,
  wrong: {
    relabel: {
      'router-routes-by-port': (facts: TellFacts) =>
        `${why[at(facts)](facts)} In the house nobody is called ${facts.destination}.`,
      'forward-keeps-port': (facts: TellFacts) => `${why[at(facts)](facts)} The flat knows nothing of ${facts.port}.`,
      'source-port-is-door': (facts: TellFacts) =>
        `${why[at(facts)](facts)} The source is the visitor’s return address: it stays.`,
    },
    rewrite: {
      'source-port-is-door': (facts: TellFacts) =>
        `${why[at(facts)](facts)} The destination is where it goes: it stays.`,
      'router-routes-by-port': (facts: TellFacts) =>
        `${why[at(facts)](facts)} An address of the house means nothing in town.`,
      'source-port-alone-selects': (facts: TellFacts) =>
        `${why[at(facts)](facts)} With one number for two flats, both answers would land in one.`,
      'client-uses-service-port': (facts: TellFacts) =>
        `${why[at(facts)](facts)} A caller’s side needs no agreed number.`,
      'reply-keeps-ports': (facts: TellFacts) => `${why[at(facts)](facts)} Nobody was called under another label.`,
      'forward-keeps-port': (facts: TellFacts) => `${why[at(facts)](facts)} The number outside comes back too.`,
    },
    flat: {
      'source-ip-alone-selects': (facts: TellFacts) => `${why[at(facts)](facts)} One server may answer several flats.`,
      'forward-keeps-port': (facts: TellFacts) => `${why[at(facts)](facts)} The number need not stay the same.`,
      'nat-is-firewall': (facts: TellFacts) => `${why[at(facts)](facts)} What the list or a sign knows comes in.`,
      'unsolicited-finds-host': ({ port }: TellFacts) =>
        `Destination port ${port}: nobody in the house has called this sender, and no sign has the number.`,
      'router-routes-by-port': (facts: TellFacts) => why[at(facts)](facts),
      'publish-reversed': (facts: TellFacts) =>
        `${why[at(facts)](facts)} Left is the host’s number, right the container’s.`,
      'expose-publishes': (facts: TellFacts) => `${why[at(facts)](facts)} EXPOSE is a note to the reader.`,
      'publish-stays-private': (facts: TellFacts) => why[at(facts)](facts),
      'port-unique-across-hosts': (facts: TellFacts) =>
        `${why[at(facts)](facts)} Each annex has all numbers for itself.`,
      'loopback-reachable-outside': (facts: TellFacts) => why[at(facts)](facts),
    },
    hairpin: {
      'hairpin-always-works': (facts: TellFacts) => why[at(facts)](facts),
      'nat-is-firewall': (facts: TellFacts) => why[at(facts)](facts),
    },
    sign: {
      'forward-keeps-port': ({ end }: TellFacts) => `Number inside: nobody listens at another one than in ${end}.`,
      'publish-reversed': ({ seen, end }: TellFacts) =>
        `Order: outside first. The call knocks at ${seen}, the program listens at ${end}.`,
      'source-port-is-door': ({ seen }: TellFacts) => `Source port: callers choose their own. The sign is for ${seen}.`,
      'port-unique-across-hosts': ({ seen }: TellFacts) =>
        `Number outside: the host has each only once, and this call knocks at ${seen}.`,
      'loopback-reachable-outside': ({ seen }: TellFacts) =>
        `Address in the sign: at 127.0.0.1 nobody from the street can read it. The call is for ${seen}.`,
      'publish-stays-private': ({ seen }: TellFacts) =>
        `Address in the sign: the street can read this one too. Only ${seen} was wanted.`,
      'wildcard-is-localhost': ({ seen }: TellFacts) =>
        `Address in the sign: 0.0.0.0 is every entrance, the street’s too. Only ${seen} was wanted.`,
    },
  } satisfies Record<StreetQuestion, Partial<Record<MisconceptionId, Line>>>,
}

/** Why it is so, of the lines of a street door. */
function at({ why: id }: TellFacts): StreetWhy {
  return Object.keys(why).find((one): one is StreetWhy => one === id) ?? 'no-sign'
}
