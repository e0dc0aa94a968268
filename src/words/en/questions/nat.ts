/** Words of the questions of this topic, by template. */
export const nat = {
  facts: { public: 'Public address' },
  'nt-out': {
    stem: 'This packet leaves the home network through the router, which masquerades. How does it look outside?',
    otherPort: (address: string, port: number) => `tcp ${address}, from another port than ${port}; the rest unchanged`,
    kept: (address: string, port: number) =>
      `The source address becomes ${address}. The source port ${port} stays, because no other flow to this server uses it; the destination never changes.`,
    taken: (address: string, port: number) =>
      `The source address becomes ${address}. Another host inside already holds port ${port} towards this server, so the router takes another number, or answers could not be told apart.`,
  },
  'nt-in': {
    stem: 'A packet arrives at the public address. Who gets it?',
    to: (end: string) => `${end}, inside`,
    local: 'none inside: it is for the router itself',
    all: 'every host inside: they share the address',
    finds: 'the host inside that listens at this port',
    mapped: (seen: string, inside: string) =>
      `The destination port names the mapping: \`${seen}\` with this remote end belongs to \`${inside}\`, which becomes the destination.`,
    unmapped: (seen: string, from: string) =>
      `The destination port has a mapping, but for another remote end: \`${from}\` was never called from \`${seen}\`, so the packet is for the router itself.`,
  },
  'nt-forward': {
    stem: (to: string) =>
      `A stranger’s SYN arrives. What reaches \`${to.split(':')[0]}\`, and from where does the answer seem to come?`,
    both: (tuple: string, from: string) => `${tuple}; answer from ${from}`,
    nothing: 'nothing reaches it, and no host inside answers',
    explain: (door: string, to: string) =>
      `The rule rewrites the destination \`${door}\` to \`${to}\`, port included. The same rewriting is undone on the way back, so the stranger hears \`${door}\`.`,
    explainNothing: (called: number, forwarded: number) =>
      `Destination port ${called}: the rule names ${forwarded}, the number outside, and ${called} is the number inside. No rule fits, so the packet is for the router itself.`,
  },
  'nt-unsolicited': {
    stem: (host: string, port: number) =>
      `\`${host}\` behind this router listens on ${port}. A stranger’s SYN arrives at the router. What becomes of it?`,
    host: (address: string) => `it reaches ${address}`,
    all: 'it reaches every host inside',
    local: 'it reaches no host inside',
    forwarded: (port: number, host: string) =>
      `The destination port ${port} has a forward, and that names \`${host}\`. Who else listens on the number inside plays no part.`,
    explain: (port: number) =>
      `The destination port ${port} has no mapping and no forward. The router cannot guess which host is meant, so the packet is for the router itself.`,
    otherRemote: (port: number) =>
      `The destination port ${port} is mapped, but for another remote end. A mapping remembers whom it was made for, so this packet is for the router itself.`,
  },
  'nt-hairpin': {
    stem: (pc: string, door: string) =>
      `\`${pc}\`, inside, opens \`${door}\`, which is forwarded to a neighbour inside. What does it do with the answer?`,
    takes: 'takes it: the window fits',
    rightServer: 'takes it: it comes from the right server',
    notServer: 'sends RST: the router is not the server',
    never: 'never gets one: NAT drops its own address',
    resets: (end: string) => `sends RST: no window has ${end}`,
    restored: (door: string) =>
      `The source of the answer is \`${door}\` again: the server saw the router’s address and answered there, so both rewritings were undone.`,
    explain: (door: string, seen: string) =>
      `The source of the answer is \`${seen}\`, but the window is labelled \`${door}\`. The server saw the PC’s own address and answered past the router.`,
  },
  'ps-nat-crowd': {
    stem: (people: number, address: string) =>
      `An office of ${people} people appears as \`${address}\`. Where does this segment go?`,
    cannotTell: 'it cannot be told: all have the same address',
    explain: (address: string, port: number) =>
      `The source port ${port} makes the difference: behind a NAT the source address \`${address}\` is the same for everybody.`,
  },
  'nt-same-public-port': {
    stem: (from: string) =>
      `\`${from}\` calls out, with a source port that a neighbour uses already. What does the router do?`,
    keeps: (port: number) => `keeps source port ${port} for both`,
    other: 'gives it another source port',
    refused: 'refuses it: the public port is busy',
    service: (port: number) => `sends it from port ${port}, the port of the service`,
    free: (port: number, remote: string) =>
      `The whole pair counts, not the port: towards \`${remote}\` nobody uses ${port} yet, so two flows can share it.`,
    clash: (port: number, remote: string) =>
      `The whole pair counts: a flow towards \`${remote}\` holds ${port} already, and two equal pairs could not be told apart on the way back.`,
  },
  'nt-forward-is-open': {
    stem: (web: string, desk: string) =>
      `Inside, \`${web}\` is a web page and \`${desk}\` a remote desktop. The router has no filter. Which of these can a stranger reach?`,
    explain: (port: number) =>
      `A forward is an open door: what its rule names (here ${port}) comes in from everybody. What has no forward ends at the router, mapped ports of other flows included.`,
  },
}
