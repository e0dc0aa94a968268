/** Words of the questions of this topic, by template. */
export const containers = {
  none: 'none at all',
  facts: {
    server: 'Server',
    container: (name: string) => `Address of ${name} inside`,
    program: 'The program in the container listens on',
    door: 'Visitors knock at',
    whom: 'Who may get in',
    anywhere: 'visitors from anywhere',
    here: 'programs on this server only',
  },
  'ct-read-ports': {
    stem: (name: string) => `Which address does a visitor on another machine open to reach the program in \`${name}\`?`,
    everywhere: (door: string, inside: number) =>
      `Left of the arrow stands the door of the host, here at every address of it: \`${door}\` from outside. The ${inside} on the right is the container’s own door.`,
    here: (address: string) =>
      `Left of the arrow stands the address of the host: \`${address}\` is the staff entrance (loopback), which no visitor from another machine comes through.`,
    exposed: (port: string) =>
      `There is no arrow: \`${port}\` only says what the program listens on. Without \`-p\` no door of the host leads there.`,
  },
  'ct-write-publish': {
    stem: 'Which text goes after `docker run -p`?',
    explain: (spec: string, outside: number, inside: number) =>
      `Left of the last colon stands the door of the host, right of it the door of the container: \`${spec}\` leads from ${outside} outside to ${inside} inside.`,
    local: (spec: string) =>
      `The address in front decides who gets in: with \`127.0.0.1\` only programs on the server reach \`${spec}\`, without it everybody does.`,
    udp: (spec: string) =>
      `The protocol behind the slash decides: without \`/udp\` the engine publishes TCP, and \`${spec}\` is needed for datagrams.`,
  },
  'ct-local-publish': {
    stem: (name: string) => `Who can reach the database in the container \`${name}\`?`,
    everyone: 'everyone who can reach the server',
    host: 'only programs on the server itself',
    nobody: 'nobody, not even the server itself',
    everyoneWhy:
      'The host side of the mapping names no address, so every address of the server takes visitors. The engine rewrites the destination before the input chain, which never sees them.',
    hostWhy: (address: string) =>
      `The host side of the mapping is \`${address}\`: only programs on the server can call that. No rule is needed, and no rule would open it.`,
    nobodyWhy: (address: string) =>
      `The bind address inside is 127.0.0.1, the container’s own loopback. What the engine sends in is addressed to \`${address}\`, and there nobody listens.`,
  },
  'ct-two-eighties': {
    stem: (inside: number, spec: string) =>
      `\`blue\` runs. In \`green\` the program listens on ${inside} as well, and you start it with \`-p ${spec}\`. What happens?`,
    both: 'both run, each behind its own door',
    taken: 'green fails: that door of the host is taken',
    used: (inside: number) => `green fails: only one container can use ${inside}`,
    share: 'both run and share the callers',
    moved: 'green runs, moved to another door of the host',
    free: (door: string) =>
      `Only the host side has to be free, and \`${door}\` is: nobody holds this address, protocol and number. Inside, each container has ports of its own.`,
    clash: (door: string) =>
      `The host side \`${door}\` is held already, as \`blue\` shows: the engine binds it there, and one address, protocol and number cannot have two listeners.`,
  },
  'ct-order-path': {
    stem: (door: string) =>
      `A visitor from outside sends a SYN to \`${door}\`. Which of these happen, and in which order?`,
    arrives: (end: string) => `it arrives, addressed to ${end}`,
    rewritten: (end: string) => `the destination becomes ${end}`,
    forward: 'the forward chain of the server is asked',
    input: 'the input chain of the server is asked',
    inContainer: 'the lamp (listener) in the container takes it',
    onHost: 'a lamp (listener) of the server itself takes it',
    published: (inside: string) =>
      `The destination is rewritten first, to \`${inside}\`. From then on the packet is for another host, so the forward chain is asked and the input chain never is.`,
    own: (door: string) =>
      `The destination \`${door}\` is no published port, so it stays: the packet is for the server itself, and the input chain is asked before the listener gets it.`,
  },
  'k8-three-numbers': {
    stem: (name: string) => `The Service \`${name}\` stands in front of a Pod. Match each call with its number.`,
    pod: 'a Pod calls the Service at its cluster address',
    stranger: 'a stranger calls a node',
    program: 'the program in the Pod is reached at',
    explain: (port: number, target: number, node: number) =>
      `The field \`port\` (${port}) belongs to the Service, \`nodePort\` (${node}) to every node, \`targetPort\` (${target}) to the Pod: the destination port is rewritten on the way.`,
  },
  'k8-read-get-svc': {
    node: (name: string) => `At which port of a node does a stranger knock to reach \`${name}\`?`,
    pod: (name: string) => `Which port of \`${name}\` does another Pod in the cluster call?`,
    explainNode: (port: number, node: number) =>
      `PORT(S) reads port:nodePort, so ${node} is the door of every node. Unlike \`docker -p\`, the inside number ${port} stands on the left.`,
    explainPod: (port: number, node: number) =>
      `PORT(S) reads port:nodePort, so ${port} belongs to the Service and is for callers inside. ${node} is for strangers who knock at a node.`,
  },
  'k8-broken-target': {
    stem: (call: string) => `Another Pod calls \`${call}\`. What happens?`,
    answered: 'the program in the Pod answers',
    podRefuses: 'refused: the Pod has nobody at that port',
    noEndpoint: 'refused: the Service has no Pod to send it to',
    silence: 'no answer until the caller gives up',
    answeredWhy: (target: number) =>
      `The field \`targetPort\` leads to ${target}, and there the Pod listens. What \`containerPort\` says plays no part.`,
    podRefusesWhy: (target: number, listens: number) =>
      `The field \`targetPort\` leads to ${target}, but the Pod listens on ${listens}, so its kernel answers RST. What \`containerPort\` says opens nothing.`,
    namedAnswers: (name: string, target: number) =>
      `The field \`targetPort\` is the name \`${name}\`, and the Pod’s manifest gives it the number ${target}. There the Pod listens.`,
    namedRefuses: (name: string, target: number, listens: number) =>
      `The field \`targetPort\` is the name \`${name}\`, and the Pod’s manifest gives it the number ${target}. But the Pod listens on ${listens}, so its kernel answers RST.`,
    notReadyWhy: (ready: string) =>
      `The column READY says \`${ready}\`: a Pod that is not ready is no endpoint, and a Service without endpoints refuses at once.`,
    unknownName: (name: string) =>
      `The field \`targetPort\` is the name \`${name}\`, and no container port of the Pod has it. So the Service has no endpoint and refuses.`,
  },
}
