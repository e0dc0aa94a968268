import { number, share } from './number'

const questions = (count: number) => `${number(count)} ${count === 1 ? 'question' : 'questions'}`

/** The screens of the quiz. What a question itself says stands in the words of its template. */
export const quiz = {
  topics: {
    'well-known': { name: 'Well-known ports', about: 'Services and their numbers', plate: '443' },
    'port-or-socket': { name: 'Port or socket?', about: 'One number, many sockets', plate: '1:n' },
    transports: { name: 'TCP and UDP', about: 'Two spaces of numbers', plate: 'udp' },
    ranges: { name: 'Ranges', about: 'System, user, dynamic', plate: '65535' },
    binding: { name: 'Binding', about: 'Which address answers', plate: '*:22' },
    filters: { name: 'Filters', about: 'Rules, refused or silent', plate: 'DROP' },
    nat: { name: 'NAT', about: 'Mappings and forwards', plate: 'NAT' },
    containers: { name: 'Containers', about: 'Publish, Service, balancer', plate: '-p' },
    security: { name: 'Security', about: 'Scans and exposure', plate: 'nmap' },
  },
  mixed: 'Mixed',
  several: (topics: number) => `${topics} topics`,

  home: {
    headline: 'Nobody learns this answer key.',
    about:
      'Fresh numbers in every question, answered by the network model. A wrong answer shows you the idea behind it.',
    topicsTitle: 'What is it about?',
    everything: 'Everything',
    everythingAbout: 'Mixed feels harder and lasts longer',
    recommended: 'recommended',
    lengthTitle: 'How long?',
    length: questions,
    clockTitle: 'Clock',
    clock: (seconds: number | undefined) => (seconds === undefined ? 'Calm, no clock' : `${seconds} s each`),
    start: (count: number) => `Start ${questions(count)}`,
    startHint: 'or press Enter',
    waysTitle: 'More ways',
    checkTitle: 'Find out where you stand',
    checkAbout: 'Twelve questions that follow your answers. Six minutes.',
    ideasTitle: 'Your ideas',
    ideasNone: 'After a round: what is firm and what is shaky.',
    ideasSome: (firm: number, shaky: number, open: number) => `${firm} firm, ${shaky} shaky, ${open} still open`,
    pairTitle: 'Before and after a course',
    pairAbout: 'Twelve questions twice: what has it brought?',
    pairOpen: 'You have begun. Take the second part after it.',
    teachTitle: 'For teachers',
    teachAbout: 'Make a set, print it, export it, send a link.',
  },

  round: {
    place: (at: number, of: number) => `${at} of ${of}`,
    question: (at: number, of: number) => `Question ${at} of ${of}`,
    views: 'What you see',
    viewsAfter: 'What decides',
    doors: 'Doors and windows',
  },

  how: {
    choose: 'Choose one.',
    predict: 'Predict: choose one before the world answers.',
    several: 'Choose all that hold, then hand in.',
    type: 'Type your answer.',
    order: 'Put them in order. What belongs nowhere stays where it is.',
    match: 'Give each one its partner. A partner may serve several.',
  },
  keys: {
    choose: (count: number) => `Keys 1 to ${count}.`,
    several: (count: number) => `Keys 1 to ${count}, Enter hands in.`,
    type: 'Enter hands in.',
    order: (count: number) => `Keys 1 to ${count} place and take back, Enter hands in.`,
    match: (count: number) => `Keys 1 to ${count} give a partner, Backspace goes back, Enter hands in.`,
  },
  handIn: 'Hand in',
  typed: { port: 'Port', number: 'Number', text: 'Answer' },
  unreadable: {
    port: 'That is no port number. Write digits, such as 443, tcp/443 or 443/tcp. Nothing is lost.',
    number: 'That is no whole number. Write digits only. Nothing is lost.',
    text: 'There is nothing to hand in yet. Write your answer.',
  },
  order: {
    tray: 'Not placed',
    trayEmpty: 'All are placed.',
    list: 'Your order',
    notPlaced: 'not placed',
    placed: (text: string, place: number) => `${text} is at place ${place}`,
    returned: (text: string) => `${text} is not placed`,
    up: (text: string) => `Move ${text} up`,
    down: (text: string) => `Move ${text} down`,
    placeOf: (place: number, of: number) => `place ${place} of ${of}`,
    missing: (left: number) =>
      `${left === 1 ? 'One is' : `${number(left)} are`} not placed. Hand in once more if that is right.`,
    first: 'Place at least one.',
    right: 'The right order',
    nowhere: 'belongs nowhere',
    belongs: (place: number) => `belongs at ${place}`,
  },
  match: {
    left: 'Find a partner for',
    right: 'Partners',
    open: 'no partner yet',
    pair: (left: string, right: string) => `${left}: ${right}`,
    partnerFor: (left: string) => `for ${left}`,
    missing: (left: number) => `${left === 1 ? 'One has' : `${number(left)} have`} no partner yet.`,
    rightIs: (right: string) => `right: ${right}`,
  },

  marks: {
    right: 'Right',
    wrong: 'Wrong',
    noAnswer: 'No answer in time',
    yours: 'your answer',
    solution: 'right',
    yoursRight: 'your answer, right',
    leftOut: 'left out',
    wronglyChosen: 'does not hold',
  },
  feedback: {
    why: 'Why',
    answerIs: 'The answer',
    you: 'You',
    right: 'Right',
    believed: 'Many believe',
    fact: 'In fact',
    seen: 'Seen in',
    idea: 'The idea behind it',
    goOn: 'Go on',
    toEnd: 'See the result',
    showMe: 'Show me',
  },
  show: {
    title: 'What the host does',
    loading: 'The stage is being set.',
    failed: 'The stage could not be set. The explanation says the same in words.',
    again: 'Once more',
    back: 'Back to the question',
  },

  clock: {
    left: (seconds: number) => `${seconds} s`,
    name: 'Time left',
    more: 'Three times as long',
  },

  doors: {
    listener: (port: number, protocol: string, address: string, program: string) =>
      `Door ${port}/${protocol}, lamp lit: a listener at ${address}${program ? ` (${program})` : ''}.`,
    out: (port: number, protocol: string) => `Port ${port}/${protocol}, no lamp: a connection without a listener.`,
    windows: (count: number) =>
      count === 0 ? 'No windows.' : `${number(count)} ${count === 1 ? 'window' : 'windows'}:`,
    window: (peer: string, local: string, state: string) => `${peer} at ${local}, ${state}`,
    more: (count: number) => `and ${number(count)} more`,
    none: 'No door has a lamp and no window is lit: nothing is bound here.',
    calls: 'calls out',
    everywhere: 'all addresses',
    inside: 'this host only',
    lit: 'This one decides.',
  },

  end: {
    heading: (right: number, of: number) => `${number(right)} of ${number(of)} right`,
    perfect: 'All right. The porter lifts his cap.',
    good: 'A steady night.',
    some: 'What was wrong has a reason. Look at it below.',
    late: (count: number) => `${questions(count)} without an answer in time. They count neither way.`,
    ideas: 'What is firm, what is shaky',
    ideasAbout: 'How often you followed each idea when a question offered it. Few answers, wide bar.',
    next: 'Next round, built from this',
    nextAbout: (ideas: number) =>
      ideas === 0
        ? 'Nothing is shaky: the next round is mixed.'
        : `It asks first for ${ideas === 1 ? 'the idea that is' : `the ${number(ideas)} ideas that are`} not firm yet.`,
    missed: 'To look at again',
    nothingMissed: 'Nothing to look at again.',
    copy: 'Copy link to this round',
    copied: 'Link copied. Whoever opens it gets the same questions.',
    copyFailed: 'The browser did not let us copy. The link is in the address line.',
    back: 'To the quiz',
    retry: 'The same round again',
  },

  ideas: {
    title: 'Your ideas',
    about: 'Every question you answered for the first time says something about the ideas it offered.',
    none: 'Nothing is known yet.',
    noneAbout: 'Play a round or take the check: then each idea gets its bar here.',
    idea: 'Wrong idea',
    followed: 'Followed',
    range: 'Probably',
    standing: 'So far',
    standings: { firm: 'firm', shaky: 'shaky', open: 'open' },
    standingsAbout: {
      firm: 'very likely not held any more',
      shaky: 'very likely held',
      open: 'too little asked to say',
    },
    of: (chosen: number, offered: number) => `${number(chosen)} of ${number(offered)}`,
    between: (low: number, high: number) => `${share(low)} to ${share(high)}`,
    scale: 'How often the idea was followed when a question offered it',
    all: (count: number) => `Show all ${number(count)}`,
    fewer: 'Show fewer',
    answered: (count: number, right: number) =>
      `${number(count)} ${count === 1 ? 'question' : 'questions'} answered, ${number(right)} right.`,
    build: 'Build a round from this',
  },

  check: {
    title: 'Where you stand',
    heading: 'Where you stand',
    noneHeld: 'No wrong idea showed itself in twelve questions.',
    noneClear: 'Not all was right, but no single wrong idea explains it.',
    held: 'Held, as it seems',
    heldAbout: 'These ideas led to answers more than once, or nothing else explains them.',
    suspected: 'Perhaps',
    suspectedAbout: 'They showed once. More questions would tell.',
    cleared: 'Cleared',
    clearedAbout: (count: number) =>
      count === 1 ? 'your answers speak against one idea.' : `your answers speak against ${number(count)} ideas.`,
    open: (count: number) => `${count === 1 ? 'One idea' : `${number(count)} ideas`} nobody asked about this time.`,
    first: 'Do this first',
    firstAbout: 'What teaches the opposite, in this order.',
    level: (id: string, title: string) => `Level ${id}: ${title}`,
    deck: 'Practise the well-known ports',
    round: 'A round of these ideas',
    nothingFirst: 'Nothing is urgent. A long mixed round finds what twelve questions missed.',
    certain: (belief: number) => `${share(Math.min(belief, 0.99))} likely`,
    again: 'Take it again with other questions',
  },

  pair: {
    title: { before: 'Before the course', after: 'After the course' },
    done: { before: 'The first part is done.', after: 'Both parts are done.' },
    score: (right: number, of: number) => `${number(right)} of ${number(of)} right`,
    link: 'Open this link after the course, on this device:',
    copy: 'Copy the link of the second part',
    gain: 'What the course has brought',
    before: 'Before',
    after: 'After',
    points: (low: number, high: number) => `between ${signed(low)} and ${signed(high)} points (95%)`,
    amount: (difference: number) => `${signed(difference)} points`,
    clear: 'More than chance explains.',
    unclear: 'So few questions cannot tell this from chance.',
    worse: 'Less than before, by more than chance explains.',
    missing: 'The first part was not taken on this device, so there is nothing to compare with.',
  },

  broken: {
    unreadable:
      'The link is damaged: a letter is missing or one too many. Ask for it again, or put a round together yourself.',
    'unknown-topic':
      'The link names a topic that this quiz does not have. It may come from another version: reload the page.',
    'unknown-template':
      'The link names a question that this quiz does not have. It may come from another version: reload the page.',
  },
  brokenSet: {
    unreadable: 'The link to this question set is damaged: a letter is missing or one too many. Ask for it again.',
    empty: 'This question set has no questions. Ask whoever sent it to look at it again.',
    'own-questions': 'This question set holds questions that no link can carry. Ask for them on paper or as a file.',
    'unknown-template':
      'This question set asks something that this quiz does not know. It may come from another version: reload the page.',
  },
  setUntitled: 'Question set',
  toQuiz: 'To the quiz',
  full: 'The browser’s storage is full: your answers are not being kept. Free some space, then answer another question.',
}

function signed(difference: number): string {
  const points = Math.round(difference * 100)
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'
}
