import type { Attack, Behind } from '../../net/attack'
import type { MisconceptionId } from '../../lessons/misconception'
import type { Saying } from '../../lessons/told'
import type { Language, VisitKind } from '../../shift/level'
import type { TellQuestion, TellWhy } from '../../shift/shift'
import type { TellFacts } from '../tell-facts'
import { reception } from './reception'
import { street } from './street'

const LANGUAGES: Readonly<Record<Language, string>> = {
  http: 'HTTP',
  tls: 'TLS',
  ssh: 'SSH',
  dns: 'DNS',
  mysql: 'MySQL',
}

const languageName = (text: string): string => Object.entries(LANGUAGES).find(([id]) => id === text)?.[1] ?? text

const place = ({ port, protocol }: TellFacts) => `${port}/${protocol.toLowerCase()}`

const WHY: Readonly<Record<TellWhy, (facts: TellFacts) => string>> = {
  rule: ({ rule, action }: TellFacts) => `Rule ${rule} is the first that fits: ${action}. Reading ended there.`,
  policy: (facts: TellFacts) =>
    `No rule fits ${place(facts)} from ${facts.source}: the policy decides, ${facts.action}.`,
  'known-flow': ({ source, sourcePort, port, rule, action }: TellFacts) =>
    `Source port ${sourcePort}, port ${port}: the notebook has this flow with ${source}. Rule ${rule}: ${action}.`,
  related: ({ rule, action }: TellFacts) =>
    `ICMP quotes a packet of a flow in the notebook, so it is related. Rule ${rule}: ${action}.`,
  'no-flow': (facts: TellFacts) =>
    `Port ${place(facts)}: no flow in the notebook, no rule that names it. Policy: ${facts.action}.`,
  'by-port': ({ rule, port, action }: TellFacts) => `Destination port ${port}: rule ${rule} fits first: ${action}.`,
  'no-notebook': ({ port, action }: TellFacts) =>
    `Port ${port}: nothing is remembered here, and no rule names it. Policy: ${action}.`,
  'syn-ack': (facts: TellFacts) => `SYN-ACK at ${place(facts)}: somebody listens. Open.`,
  reset: (facts: TellFacts) => `RST at ${place(facts)}: the host lives, nobody listens. Closed.`,
  'no-answer': (facts: TellFacts) => `No answer at ${place(facts)}: something swallowed the SYN. Filtered.`,
  'udp-note': (facts: TellFacts) => `ICMP port unreachable for ${place(facts)}: nobody listens. Closed.`,
  'udp-silence': (facts: TellFacts) =>
    `No answer at ${place(facts)}: an open UDP port need not answer, a filter does not. Cannot tell.`,
  forbidden: (facts: TellFacts) => `ICMP “prohibited” for ${place(facts)}: a gate wrote that, not the host. Filtered.`,
  speaks: ({ program, port, bytes }: TellFacts) =>
    `First bytes: ${languageName(bytes)}. ${program} at ${port} speaks it, whatever the number.`,
  'other-tongue': ({ program, port, bytes }: TellFacts) =>
    `First bytes: ${languageName(bytes)}. ${port} brought them to ${program}, which hangs up.`,
  hole: () => 'Payload: the hole was in the program behind 443, which had to stay open. Its patch closes it.',
  stolen: () => 'Payload: the password was right at the first try. Only a second factor asks for more.',
  guessed: () => 'Payload: thousands of passwords. A login that waits after five tries, or asks for more, ends that.',
  'read-along': () => 'Payload: whoever reads along on the wire learns nothing where TLS encrypts it.',
  'sent-syn': ({ end }) =>
    `Flags [S]: ${end} sent the SYN and so opened the conversation. Client, whatever the numbers.`,
  'sent-first': ({ end }) => `Source ${end}: the first datagram came from there. Client, whatever the numbers.`,
  'no-syn': () => 'Flags: no SYN in these lines, so they do not say who opened it. The numbers prove nothing.',
  ...reception.why,
  ...street.why,
}

const isOfFlow = ({ why }: TellFacts): boolean => why === 'known-flow' || why === 'related'

/** What is said of a box on the way, of a knock, and at the workbench. Lines begin with the deciding field. */
export const tell = {
  how: {
    line: 'Which line of the board decides? Read it from the top.',
    gate: 'Does the gate let it in?',
    knock: 'You knocked. What does this answer prove, and no more?',
    hears: 'What will the visitor find out there?',
    map: 'What stands on the finished map of the scanner?',
    speech: 'The number brought it here. Do these bytes and the program understand each other?',
    'would-stop': 'It came by 443, as every customer does. What would have stopped it?',
    'stopped-by': 'It came by 443, as every customer does, and got nothing. What stopped it?',
    client: 'Who is the client of this conversation? These lines alone count.',
    ...reception.how,
    ...street.how,
  } satisfies Record<TellQuestion, string>,
  howPlan: 'Write the board, hang the lamps. Then the night comes and tests it.',
  howVisit: 'The night is out there. Your board decides now.',
  say: {
    pass: { name: 'Let in', about: 'the barrier lifts' },
    drop: { name: 'Drop', about: 'say nothing' },
    refuse: { name: 'Reject', about: 'write a note' },
    open: { name: 'Open', about: 'somebody listens' },
    closed: { name: 'Closed', about: 'nobody listens' },
    filtered: { name: 'Filtered', about: 'a gate is in the way' },
    'open|filtered': { name: 'Cannot tell', about: 'open|filtered' },
    unseen: { name: 'Not there', about: 'never found' },
    understood: { name: 'Understood', about: 'they speak one language' },
    'hung-up': { name: 'Hangs up', about: 'another language' },
    patch: { name: 'A patch', about: 'the program of today' },
    tls: { name: 'TLS', about: 'encrypt the wire' },
    'second-factor': { name: 'Second factor', about: 'more than a password' },
    'try-limit': { name: 'Limit the tries', about: 'a login that waits' },
    'other-port': { name: 'Another number', about: 'move it to 8443' },
    'close-rest': { name: 'Closed ports', about: 'fewer open doors' },
    'not-in-lines': { name: 'Cannot tell', about: 'not in these lines' },
    ...reception.say,
    ...street.say,
  } satisfies Record<Saying, { name: string; about: string }>,
  line: (rule: number) => `Rule ${rule}`,
  policy: 'Policy',
  lines: 'Lines of the board',
  language: languageName,
  heard: { title: 'What came back', silence: 'Nothing. You waited, and nothing came.' },
  sent: 'Your knock',
  notebook: 'The notebook',
  said: (text: string) => `said: ${text}`,
  spoken: {
    tcp: (flags: string) => `flags ${flags}`,
    heard: (text: string) => `came back: ${text}`,
    bytes: (text: string) => `first bytes: ${text}`,
  },
  why: WHY,
  /** What is said after the mistake that an idea leads to, where a question has a line of its own for it. */
  wrongAt: {
    'would-stop': {
      'closed-port-secures-host': (facts: TellFacts) => `${WHY[facts.why](facts)} It needed no other port.`,
      'nonstandard-port-hides': (facts: TellFacts) => `${WHY[facts.why](facts)} At another number it is the same.`,
      'open-443-is-safe': (facts: TellFacts) => `${WHY[facts.why](facts)} 443 promises TLS at most.`,
      'database-open-with-password': (facts: TellFacts) => `${WHY[facts.why](facts)} No login stood in its way.`,
    },
    'stopped-by': {
      'closed-port-secures-host': (facts: TellFacts) => `${WHY[facts.why](facts)} It needed no other port.`,
      'nonstandard-port-hides': (facts: TellFacts) => `${WHY[facts.why](facts)} The number was known to all.`,
      'open-443-is-safe': (facts: TellFacts) => `${WHY[facts.why](facts)} 443 promises TLS at most.`,
      'database-open-with-password': (facts: TellFacts) => `${WHY[facts.why](facts)} It never asked to log in.`,
    },
    client: {
      'reply-keeps-ports': (facts: TellFacts) =>
        facts.why === 'no-syn' ? WHY[facts.why](facts) : `${WHY[facts.why](facts)} The answer has both pairs swapped.`,
      'source-port-is-door': (facts: TellFacts) => `${WHY[facts.why](facts)} Its source port is a return address.`,
      'above-1023-is-ephemeral': (facts: TellFacts) => `${WHY[facts.why](facts)} Servers listen above 1023 too.`,
      'ephemeral-always-49152': (facts: TellFacts) => `${WHY[facts.why](facts)} Linux picks from 32768 on.`,
      'client-uses-service-port': (facts: TellFacts) =>
        `${WHY[facts.why](facts)} Only the server’s side needs an agreed number.`,
    },
    ...reception.wrong,
    ...street.wrong,
  },
  ribbon: street.ribbon,
  stops: reception.stops,
  test: reception.test,
  ledger: street.ledger,
  places: { ...street.places, ...reception.stops },
  wrong: {
    'most-specific-rule-wins': ({ rule, action }: TellFacts) =>
      rule > 0
        ? `Rule ${rule} fits first: ${action}. Reading ended there, however narrow the others are.`
        : 'Policy: no rule fits this packet to the end, so none of them speaks.',
    'no-rule-means-allowed': (facts: TellFacts) =>
      facts.rule > 0
        ? WHY[facts.why](facts)
        : `Port ${place(facts)}: no rule names it, and what no rule names is the policy’s: ${facts.action}.`,
    'tcp-udp-share-space': ({ protocol, port }: TellFacts) =>
      `Protocol ${protocol}: the rule with ${port} is for the other transport and says nothing here.`,
    'source-port-is-door': ({ sourcePort }: TellFacts) =>
      `Source port ${sourcePort}: anyone can write that. No flow of this host, no entry in the notebook.`,
    'replies-need-inbound-rule': (facts: TellFacts) =>
      isOfFlow(facts)
        ? `Port ${facts.port} is this host’s own end of a flow in the notebook: answers need no rule of their own.`
        : WHY[facts.why](facts),
    'stateless-remembers': (facts: TellFacts) =>
      facts.why === 'no-notebook'
        ? `Port ${facts.port}: without a notebook the rules see only this packet, and who called whom is unknown.`
        : `${WHY[facts.why](facts)} A rule by numbers sees this packet alone, not who called whom.`,
    'ftp-one-port': ({ port }: TellFacts) =>
      `Port ${port} was announced inside the control connection. To the gate it is a new visit.`,
    'closed-is-silent': (facts: TellFacts) =>
      `${WHY[facts.why](facts)} A closed port answers, silence points to a filter.`,
    'udp-silence-means-open': (facts: TellFacts) => `${WHY[facts.why](facts)} Silence proves no service.`,
    'refused-means-host-down': (facts: TellFacts) => `${WHY[facts.why](facts)} A refusal proves that it is up.`,
    'closed-tcp-sends-icmp': (facts: TellFacts) => WHY[facts.why](facts),
    'udp-closed-sends-rst': (facts: TellFacts) => WHY[facts.why](facts),
    'nonstandard-port-hides': (facts: TellFacts) => `${WHY[facts.why](facts)} All 65,535 handles get tried.`,
    'allow-rule-opens-port': ({ port }: TellFacts) =>
      `Port ${port}: the rule lets the SYN in, but no lamp is lit there. The host answers RST.`,
    'listening-means-reachable': ({ port }: TellFacts) =>
      `Port ${port}: a lamp is lit, and the gate in front of it lets no SYN come that far.`,
    'closed-port-secures-host': ({ port }: TellFacts) =>
      `Port ${port} is needed: the rule lets it in, the lamp takes it.`,
    'port-identifies-protocol': (facts: TellFacts) => WHY[facts.why](facts),
    'port-identifies-program': (facts: TellFacts) => WHY[facts.why](facts),
    'open-443-is-safe': (facts: TellFacts) => `${WHY[facts.why](facts)} 443 promises no TLS.`,
    'low-port-is-trusted': (facts: TellFacts) => `${WHY[facts.why](facts)} A low number promises nothing.`,
  } satisfies Partial<Record<MisconceptionId, (facts: TellFacts) => string>>,
  plan: {
    title: 'The workbench',
    board: { ip: 'IPv4 board', ip6: 'IPv6 board', inet: 'The board' },
    rule: (rule: number) => `Rule ${rule}`,
    loopback: 'iifname "lo" accept',
    from: 'From',
    to: 'To port',
    does: 'Then',
    anyone: 'anyone',
    anyPort: 'any port',
    known: 'known flows (established, related)',
    actions: { accept: 'accept', drop: 'drop' },
    policy: 'Policy',
    add: 'Add a rule',
    remove: (rule: number) => `Take rule ${rule} down`,
    up: (rule: number) => `Move rule ${rule} up`,
    down: (rule: number) => `Move rule ${rule} down`,
    drag: (rule: number) => `Drag rule ${rule}`,
    full: (most: number) => `The board is full: ${most} rules.`,
    lamps: 'Lamps',
    lamp: (place: string, program: string) => `${place} ${program}`,
    at: (address: string) => `at ${address}`,
    everywhere: 'every entrance',
    staff: 'this host only',
    out: 'put out',
    needs: 'The house needs',
    need: {
      customer: (port: number) => `${port} for everyone`,
      admin: (port: number, from: string) => `${port} for the admin at ${from}`,
      app: (port: number, from: string) => `${port} for the app at ${from}`,
      local: (port: number) => `${port} for programs of this host`,
    },
    needAnswers: 'answers to its own calls',
    behind: 'Behind 443',
    stands: {
      patched: { yes: 'patched', no: 'nginx 1.20.0 (fixed in 1.20.1)' },
      tls: { yes: 'TLS 1.3', no: 'no TLS' },
      secondFactor: { yes: 'password and second factor', no: 'password alone' },
      tryLimit: { yes: 'five tries, then it waits', no: 'as many tries as one likes' },
    } satisfies Record<keyof Behind, { yes: string; no: string }>,
    meter: (count: number) => `Strangers reach ${count} ${count === 1 ? 'door' : 'doors'}`,
    nobody: 'Nothing: to the street the house is dark.',
    send: 'Let the night come',
    go: 'Next visitor',
    run: 'Let the night go on',
    stop: 'Hold the night',
    lost: 'The night stands still.',
    pointer: 'The pointer stays where it was decided.',
    announce: (what: string) => what,
    planned: 'The board hangs. The night comes.',
    moved: (rule: number, to: number) => `Rule ${rule} is now rule ${to}.`,
  },
  who: {
    customer: 'A customer',
    app: 'The app server',
    admin: 'The admin',
    answer: 'The answer to an own call',
    local: 'A program of this host',
    intruder: 'Somebody',
    stranger: 'A stranger',
    stranger6: 'A stranger over IPv6',
  } satisfies Record<VisitKind, string>,
  visit: {
    served: (who: string, place: string) => `${who} at ${place}: let in and served.`,
    keptOut: (who: string, place: string, how: string) => `${who} at ${place}: ${how}.`,
    how: { silence: 'met silence', refused: 'was refused' },
    decided: (rule: string) => `${rule} decided.`,
    by: {
      rule: (rule: number) => `Rule ${rule}`,
      policy: 'The policy',
      before: 'The loopback rule',
      nothing: 'No board',
      lamp: 'No lamp is lit there',
    },
    attack: {
      lost: {
        exploit: 'Then a hole in the program behind 443 let it take over the shop.',
        'stolen-password': 'Then it logged in with a stolen password and took the customers’ list.',
        guessing: 'Then it guessed passwords until one was right.',
        eavesdropping: 'Then somebody on the wire read the password along.',
      },
      held: {
        exploit: 'It tried a hole in the program, which is patched. Nothing lost.',
        'stolen-password': 'It had a stolen password and lacked the second factor. Nothing lost.',
        guessing: 'It tried passwords; after five the login waited. Nothing lost.',
        eavesdropping: 'Somebody read along on the wire and saw noise. Nothing lost.',
      },
    } satisfies Record<'lost' | 'held', Record<Attack, string>>,
    lostGuest: (line: string) => `${line} The house wanted this visit.`,
    letIn: (line: string) => `${line} Nobody wanted this visit.`,
  },
}
