import * as v from 'valibot'
import { CLUSTERS } from '../lessons/cluster'
import { MISCONCEPTION_IDS } from '../lessons/misconception'
import { SOCKET_STATES } from '../net/socket'
import type { Body, Question } from '../quiz/question'
import { OwnSchema } from '../quiz/set'
import type { View } from '../quiz/view'
import type { BlindQuestion } from './blind'
import { SettingsSchema } from './settings'
import type { TeamPhone, TeamWall } from './team-seen'
import type { Counts, HostView, Mine, RoomView, ScreenView, Solved } from './view'
import type { Heard, Replies, Reply, SayName, Why } from './wire'

/*
 * What the server says, read at the border: a page that is older or newer than its server, or a wall of somebody else on
 * the way, must not break a screen.
 */

const text = v.string()
const count = v.pipe(v.number(), v.integer(), v.minValue(0))
const flag = v.boolean()
const Ideas = v.picklist(MISCONCEPTION_IDS)

const Endpoint = v.object({ address: text, port: v.number() })
const Socket = v.object({
  id: text,
  protocol: v.picklist(['tcp', 'udp']),
  family: v.picklist([4, 6]),
  v6only: flag,
  local: Endpoint,
  peer: v.exactOptional(Endpoint),
  state: v.picklist(SOCKET_STATES),
  reuseaddr: flag,
  reuseport: flag,
  uid: v.number(),
})

const ViewSchema: v.GenericSchema<unknown, View> = v.variant('kind', [
  v.object({
    kind: v.literal('text'),
    command: text,
    lines: v.array(v.array(v.object({ text, field: v.exactOptional(text) }))),
  }),
  v.object({ kind: v.literal('papers'), rows: v.array(v.object({ field: text, name: text, value: text })) }),
  v.object({
    kind: v.literal('doors'),
    machine: v.object({
      name: text,
      addresses: v.array(text),
      sockets: v.array(Socket),
      programs: v.record(text, text),
    }),
  }),
])

const ItemSchema = v.object({ means: text, text })
const OptionSchema = v.object({ means: text, text, right: flag, misconception: v.exactOptional(Ideas) })
const trap = <Answer>(answer: v.GenericSchema<unknown, Answer>) => v.object({ answer, misconception: Ideas })
const Pair = v.tuple([text, text])

const BodySchema: v.GenericSchema<unknown, Body> = v.variant('kind', [
  v.object({ kind: v.picklist(['choose', 'predict']), options: v.array(OptionSchema) }),
  v.object({ kind: v.literal('several'), options: v.array(OptionSchema), traps: v.array(trap(v.array(text))) }),
  v.object({
    kind: v.literal('type'),
    expects: v.picklist(['port', 'number', 'text']),
    answer: text,
    alsoRight: v.array(text),
    traps: v.array(trap(text)),
  }),
  v.object({
    kind: v.literal('order'),
    items: v.array(ItemSchema),
    order: v.array(text),
    alsoRight: v.array(v.array(text)),
    traps: v.array(trap(v.array(text))),
  }),
  v.object({
    kind: v.literal('match'),
    left: v.array(ItemSchema),
    right: v.array(ItemSchema),
    pairs: v.array(Pair),
    traps: v.array(trap(Pair)),
  }),
])

const BlindQuestionSchema: v.GenericSchema<unknown, BlindQuestion> = v.object({
  stem: text,
  own: flag,
  views: v.array(ViewSchema),
  body: BodySchema,
})

/** Without its scene: no screen of the class plays it. */
const QuestionSchema: v.GenericSchema<unknown, Question> = v.object({
  template: text,
  seed: v.number(),
  cluster: v.picklist(CLUSTERS),
  difficulty: v.picklist([1, 2, 3, 4, 5]),
  claims: v.array(text),
  stem: text,
  views: v.array(ViewSchema),
  after: v.array(ViewSchema),
  body: BodySchema,
  explanation: v.object({ text, field: text, source: text }),
})

const solvedEntries = [v.object({ question: QuestionSchema }), v.object({ own: OwnSchema })] as const
const SolvedSchema: v.GenericSchema<unknown, Solved> = v.union(solvedEntries)

const TallySchema = v.object({
  answered: count,
  right: count,
  options: v.array(count),
  typed: v.array(v.tuple([text, count])),
})
const FirstVoteSchema = v.object({ answered: count, right: count, options: v.array(v.nullable(count)) })
const IdeaSchema = v.object({
  misconception: Ideas,
  chosen: count,
  offered: count,
  share: v.number(),
  low: v.number(),
  high: v.number(),
})

const Whole = {
  seq: count,
  code: text,
  settings: v.omit(SettingsSchema, ['players']),
  phase: v.picklist(['lobby', 'asking', 'closed', 'ended']),
  locked: flag,
  paused: flag,
  players: count,
  of: count,
  round: v.exactOptional(
    v.object({
      round: count,
      item: count,
      vote: v.picklist([1, 2]),
      easier: v.exactOptional(flag),
      question: BlindQuestionSchema,
      seconds: v.exactOptional(v.number()),
      left: v.exactOptional(v.number()),
      closed: flag,
      shown: v.exactOptional(
        v.object({ solved: SolvedSchema, tally: TallySchema, before: v.exactOptional(FirstVoteSchema) }),
      ),
    }),
  ),
}

const VerdictSchema = v.variant('kind', [
  v.object({ kind: v.picklist(['listener', 'connection']), socket: text }),
  v.object({ kind: v.picklist(['rst', 'icmp', 'echo-reply', 'drop']) }),
])
const ParcelSchema = v.object({ id: count, attempt: count, bytes: text })
const Building = {
  level: text,
  seed: count,
  wave: count,
  finished: flag,
  sockets: v.array(Socket),
  bricks: v.array(v.object({ protocol: v.picklist(['tcp', 'udp']), port: v.number() })),
}
const TeamPhoneSchema: v.GenericSchema<unknown, TeamPhone> = v.object({
  ...Building,
  parcel: v.exactOptional(ParcelSchema),
  help: v.exactOptional(v.number()),
  last: v.exactOptional(
    v.object({
      parcel: ParcelSchema,
      choice: VerdictSchema,
      truth: VerdictSchema,
      right: flag,
      field: v.picklist(['protocol', 'source', 'sourcePort', 'destination', 'destinationPort', 'flags', 'type']),
      why: text,
      misconception: v.exactOptional(Ideas),
      mistaken: v.exactOptional(Socket),
    }),
  ),
  right: count,
})
const TeamWallSchema: v.GenericSchema<unknown, TeamWall> = v.object({
  ...Building,
  windows: count,
  desks: count,
  settled: count,
  of: count,
  accuracy: v.number(),
  stars: v.picklist([0, 1, 2, 3]),
  streak: count,
  bestStreak: count,
  recent: v.array(
    v.object({
      number: count,
      right: flag,
      name: v.exactOptional(text),
      kind: v.picklist(['listener', 'connection', 'rst', 'icmp', 'echo-reply', 'drop']),
      port: v.exactOptional(v.number()),
      protocol: text,
    }),
  ),
})

const RoomViewSchema = v.object({ ...Whole })

const MineSchema = v.object({
  seq: count,
  player: text,
  name: text,
  standing: v.picklist(['waiting', 'in', 'removed']),
  points: v.number(),
  answered: v.array(v.object({ round: count, right: v.exactOptional(flag) })),
  team: v.exactOptional(TeamPhoneSchema),
})

const ScreenViewSchema = v.object({
  ...Whole,
  answered: count,
  word: v.exactOptional(text),
  names: v.array(text),
  leaders: v.exactOptional(v.array(v.object({ name: text, points: v.number() }))),
  ideas: v.array(IdeaSchema),
  split: v.exactOptional(v.array(v.object({ place: count, right: flag }))),
  team: v.exactOptional(TeamWallSchema),
})

const CountsSchema = v.object({
  round: v.number(),
  answered: count,
  players: count,
  tally: TallySchema,
  ideas: v.array(IdeaSchema),
  missing: v.array(text),
})

const Next = v.object({ item: count })
const HostViewSchema = v.object({
  ...Whole,
  counts: CountsSchema,
  seats: v.array(
    v.object({
      id: text,
      number: count,
      name: text,
      standing: v.picklist(['waiting', 'in', 'removed']),
      answered: flag,
      done: v.exactOptional(count),
      points: v.number(),
      here: flag,
    }),
  ),
  leadersShown: flag,
  current: v.exactOptional(SolvedSchema),
  next: v.exactOptional(
    v.union([
      v.object({ ...Next.entries, ...solvedEntries[0].entries }),
      v.object({ ...Next.entries, ...solvedEntries[1].entries }),
    ]),
  ),
  advice: v.exactOptional(v.picklist(['talk', 'refute', 'go-on'])),
  team: v.exactOptional(TeamWallSchema),
})

/** The views as they come, each as its schema says it is. */
const HEARD: { readonly [Name in keyof Heard]: v.GenericSchema<unknown, Heard[Name]> } = {
  room: RoomViewSchema satisfies v.GenericSchema<unknown, RoomView>,
  screen: ScreenViewSchema satisfies v.GenericSchema<unknown, ScreenView>,
  host: HostViewSchema satisfies v.GenericSchema<unknown, HostView>,
  counts: CountsSchema satisfies v.GenericSchema<unknown, Counts>,
  answered: v.object({ round: v.number(), answered: count, players: count }),
  mine: MineSchema satisfies v.GenericSchema<unknown, Mine>,
  bye: v.object({ why: v.picklist(['removed', 'gone', 'restart']) }),
}

const WHYS = [
  'not-a-room',
  'over',
  'locked',
  'full',
  'not-in',
  'removed',
  'waiting',
  'not-open',
  'closed',
  'paused',
  'answered',
  'unreadable',
  'out-of-turn',
  'no-such-player',
  'malformed',
  'wrong-code',
  'wrong-secret',
  'wrong-word',
  'too-fast',
  'too-many-rooms',
  'not-allowed',
  'not-saved',
] as const satisfies readonly Why[]

/** What is answered to each thing said, without `ok`. */
const REPLIES: { readonly [Name in SayName]: v.GenericSchema<unknown, Replies[Name]> } = {
  open: v.object({ code: text, host: text, watch: text }),
  host: v.object({ view: HostViewSchema, watch: text }),
  watch: v.object({ view: ScreenViewSchema }),
  look: v.object({
    ...v.pick(SettingsSchema, ['way', 'language', 'names', 'doorWord', 'approval']).entries,
    locked: flag,
  }),
  join: v.object({ player: text, secret: text, mine: MineSchema, view: RoomViewSchema }),
  back: v.object({ mine: MineSchema, view: RoomViewSchema }),
  answer: v.object({ after: v.number(), solved: v.exactOptional(SolvedSchema), right: v.exactOptional(flag) }),
  question: v.object({ question: BlindQuestionSchema, solved: v.exactOptional(SolvedSchema) }),
  route: v.object({ right: flag }),
  mine: v.object({ mine: MineSchema }),
  act: v.object({}),
  report: v.object({ room: v.unknown() }),
}

const Outcome = v.variant('ok', [
  v.object({ ok: v.literal(true) }),
  v.object({ ok: v.literal(false), why: v.picklist(WHYS) }),
])

/** What the server said unasked; undefined if it is not that. */
export function readHeard<Name extends keyof Heard>(name: Name, said: unknown): Heard[Name] | undefined {
  const read = v.safeParse(HEARD[name], said)
  return read.success ? read.output : undefined
}

/** What the server answered; undefined if it is no answer to that. */
export function readReply<Name extends SayName>(name: Name, said: unknown): Reply<Replies[Name]> | undefined {
  const outcome = v.safeParse(Outcome, said)
  if (!outcome.success) return undefined
  if (!outcome.output.ok) return outcome.output
  const schema: v.GenericSchema<unknown, Replies[Name]> = REPLIES[name]
  const read = v.safeParse(schema, said)
  return read.success ? { ...read.output, ok: true as const } : undefined
}
