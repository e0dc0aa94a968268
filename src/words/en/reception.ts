import type { MisconceptionId } from '../../lessons/misconception'
import type { ReceptionPlace, ReceptionQuestion, ReceptionWhy } from '../../shift/reception-plan'
import type { TellFacts } from '../tell-facts'

type Line = (facts: TellFacts) => string

/** Lines begin with the deciding field. */
const why = {
  'cluster-ip': ({ port, end }: TellFacts) =>
    `Port ${port} is the Service’s own door. Behind it stands ${end}: the targetPort.`,
  'node-port': ({ port, end, destination }: TellFacts) =>
    `Port ${port} is a nodePort: every node takes it, ${destination} too. It goes on to ${end}.`,
  'no-number': ({ seen }: TellFacts) => `No Service has ${seen}: a right number at a wrong place is nobody’s.`,
  'not-ready': ({ seen }: TellFacts) => `${seen} is a door of a Service, and no wing behind it is ready: refused.`,
  desk: ({ port, end }: TellFacts) => `Listener ${port}, target ${end}: two settings, and a wing whose check succeeds.`,
  'desk-closed': ({ port }: TellFacts) => `Port ${port}: the desk has no listener there, whatever its wings have. RST.`,
  'second-call': ({ end, seen }: TellFacts) => `A proxy calls in its own name: from ${end} to ${seen}. Two 5-tuples.`,
  'same-call': ({ end, seen }: TellFacts) => `Passed through: the guest ${end} stays on the label, to ${seen}.`,
  'wing-rule': ({ end, seen }: TellFacts) => `At the wing ${seen} calls ${end}. That much, and no stranger, gets in.`,
  'known-id': ({ end, seen }: TellFacts) => `Connection ID ${end}: that guest, though the papers say ${seen}.`,
  'new-id': ({ seen }: TellFacts) => `A long header, and an ID that nobody gave out: ${seen} is new.`,
  'http3-rule': ({ end }: TellFacts) => `Protocol UDP, destination ${end}: HTTP/3 is another door, so another rule.`,
  'stops-at': ({ seen, end }: TellFacts) => `The label says ${end} as it reaches the ${seen}. There it ends.`,
  served: ({ end }: TellFacts) => `The label says ${end}, and a program listens there: served.`,
  repaired: ({ seen, end }: TellFacts) =>
    `The label said ${end} at the ${seen}, where it died. The next packet gets further.`,
  withdrawn: ({ seen, end }: TellFacts) =>
    `Port ${end} of the node led in to ${seen}. A ClusterIP has no number outside.`,
  'check-passes': ({ end }: TellFacts) => `The check walks the whole way to ${end} and gets SYN-ACK: green.`,
  'check-refused': ({ seen, end }: TellFacts) =>
    `The label says ${end} at the ${seen}, and no socket takes that: RST, red.`,
  'check-silent': ({ seen, end }: TellFacts) =>
    `The label says ${end}: no rule of the ${seen} lets it in. Silence, red.`,
  'debug-open': ({ port, seen }: TellFacts) =>
    `Port ${port} is a nodePort, leads to ${seen}, and a rule lets everyone in. Open.`,
  'debug-closed': ({ port }: TellFacts) =>
    `Port ${port}: a rule still lets it in, and no Service has it any more. RST: closed.`,
  'debug-inside': ({ port }: TellFacts) =>
    `Port ${port} stands before the colon: the Service’s own, inside. No rule names it: filtered.`,
  'balancer-only': ({ port }: TellFacts) => `Port ${port}: no rule lets a stranger in there. Silence: filtered.`,
  'desk-open': ({ port }: TellFacts) =>
    `Port ${port} is the balancer’s own listener: open, whatever becomes of the call behind it.`,
} satisfies Record<ReceptionWhy, Line>

/** The words of a reception: Services, load balancers, HTTP/3, a rollout. */
export const reception = {
  how: {
    wing: 'To which wing, and to which number there?',
    label: 'Which label does the wing read?',
    opening: 'Which one rule is needed, and lets in nobody else?',
    guest: 'Whose postcard is this? The ID stands in its first bytes.',
    stop: 'Look into the boxes. How far does this call get?',
    repair: 'Your test packet is back. Where did it die, and which one change helps?',
    close: 'A stranger got in. Which one change keeps the street out?',
    health: 'A health check goes out. What does the balancer hear?',
    reached: 'A stranger scans this number. What is found?',
  } satisfies Record<ReceptionQuestion, string>,
  say: {
    nowhere: { name: 'Nowhere', about: 'nobody takes it' },
    'new-guest': { name: 'A new guest', about: 'no ID of ours' },
    healthy: { name: 'Green', about: 'the check succeeds' },
    'check-refused': { name: 'Red: refused', about: 'RST comes back' },
    'check-silent': { name: 'Red: silence', about: 'nothing comes back' },
    served: { name: 'Served', about: 'it gets all the way' },
    'at-gate': { name: 'To the gate', about: 'no rule lets it in' },
    'at-node': { name: 'To the node', about: 'no Service takes it' },
    'at-pod': { name: 'To the Pod', about: 'no lamp is lit for it' },
  },
  why,
  /** The boxes on a call's way, and what one does with a test packet. */
  stops: {
    balancer: 'Balancer',
    gate: 'Gate',
    node: 'Node',
    Pod: 'Pod',
    Service: 'Service',
    wing: 'Wing',
  } satisfies Record<ReceptionPlace, string>,
  test: {
    title: 'Your test packet',
    boxes: 'Look into a box',
    came: (text: string) => `Came back: ${text}`,
    silence: 'Nothing came back.',
  },
  /** What is said instead after the mistake that an idea leads to, by question. */
  wrong: {
    wing: {
      'k8s-port-is-targetport': (facts: TellFacts) =>
        `${why[at(facts)](facts)} port, targetPort, nodePort: three places.`,
      'expose-publishes': ({ port }: TellFacts) =>
        `Port ${port}: a containerPort in a manifest is a note. It opens no node.`,
      'dport-alone-selects': ({ destination, end, port }: TellFacts) =>
        `Destination ${destination}: the number ${port} alone names no service. Here it means ${end}.`,
      'lb-listener-equals-target': (facts: TellFacts) => why[at(facts)](facts),
      'listening-means-reachable': (facts: TellFacts) =>
        facts.end === ''
          ? why[at(facts)](facts)
          : `Its check fails, so nobody new is sent there. ${facts.end} is well.`,
    },
    label: {
      'source-ip-alone-selects': (facts: TellFacts) => why[at(facts)](facts),
      'lb-listener-equals-target': ({ seen }: TellFacts) =>
        `The wing is called at ${seen}: that is the target’s number.`,
    },
    opening: {
      'lb-listener-equals-target': ({ end }: TellFacts) =>
        `Behind that rule the check hears nothing: red. The wing is called at ${end}, not at the listener’s port.`,
      'source-ip-alone-selects': ({ seen }: TellFacts) =>
        `The wing never sees the guest: ${seen} calls in its own name.`,
      'source-port-is-door': ({ end }: TellFacts) =>
        `The source port is where answers go back to. The door is dport: ${end}.`,
      'listening-means-reachable': ({ seen, end }: TellFacts) =>
        `It works, and lets every stranger past the desk. Only ${seen} need call ${end}.`,
      'tcp-udp-share-space': ({ end }: TellFacts) =>
        `Protocol UDP: a rule for tcp 443 says nothing of a postcard to ${end}.`,
      'secure-twin-mixup': ({ end }: TellFacts) => `HTTP/3 has TLS inside and knocks at ${end}, not at its plain twin.`,
    },
    guest: {
      'source-ip-alone-selects': ({ end, seen }: TellFacts) =>
        end === ''
          ? `A long header: somebody new, whoever else calls from this address. Seen at ${seen}.`
          : `ID ${end} decides, not the address. A guest may move, and two may share one: ${seen}.`,
      'dport-alone-selects': ({ end }: TellFacts) =>
        end === ''
          ? 'All postcards go to 443. An ID that nobody gave out is a new guest’s.'
          : `All of them go to 443. The ID ${end} tells guests apart.`,
      'https-is-tcp-only': ({ end }: TellFacts) =>
        `UDP to 443 is HTTP/3. The ID ${end} is one that this house gave out.`,
    },
    stop: {
      'lb-listener-equals-target': (facts: TellFacts) =>
        `${why[at(facts)](facts)} Listener and target are two numbers.`,
      'k8s-port-is-targetport': (facts: TellFacts) => `${why[at(facts)](facts)} The Pod’s door is the targetPort.`,
      'loopback-reachable-outside': ({ end }: TellFacts) =>
        `${end} reaches the Pod, and 127.0.0.1 takes only its own: RST.`,
      'listening-means-reachable': (facts: TellFacts) => `${why[at(facts)](facts)} A lamp further on does not help.`,
      'allow-rule-opens-port': (facts: TellFacts) => `${why[at(facts)](facts)} It is not the gate that stops it.`,
    },
    repair: {
      'lb-listener-equals-target': ({ seen, end }: TellFacts) =>
        `It died at the ${seen} as ${end}, and still does. The listener’s number is not the target’s.`,
      'allow-rule-opens-port': ({ seen, end }: TellFacts) =>
        `It came to the ${seen} as ${end}: the gate had let it in. A rule opens no lamp.`,
      'k8s-port-is-targetport': ({ seen, end }: TellFacts) =>
        `It died at the ${seen} as ${end}, and gets no further. targetPort is the Pod’s number only.`,
      'wildcard-is-localhost': ({ seen, end }: TellFacts) =>
        `It died at the ${seen} as ${end}. Where the Pod listens is not the fault yet.`,
      'loopback-reachable-outside': ({ seen, end }: TellFacts) =>
        `It died at the ${seen} as ${end}. A lamp at 127.0.0.1 shines for the Pod alone.`,
      'expose-publishes': ({ seen, end }: TellFacts) =>
        `It died at the ${seen} as ${end}. A containerPort is a note: it opens and closes nothing.`,
    },
    close: {
      'publish-reversed': ({ seen, end }: TellFacts) =>
        `The stranger dialled ${end}. ${seen} is the number behind it, and that one no gate ever sees.`,
      'expose-publishes': ({ seen }: TellFacts) =>
        `A containerPort is a note. Leaving ${seen} out closes nothing: the Service still leads there.`,
      'k8s-port-is-targetport': ({ end }: TellFacts) => `That changes the shop. The debug Service still has ${end}.`,
    },
    health: {
      'lb-listener-equals-target': (facts: TellFacts) =>
        `${why[at(facts)](facts)} It checks the target’s port, not the listener’s.`,
      'k8s-port-is-targetport': (facts: TellFacts) => `${why[at(facts)](facts)} The targetPort must be the Pod’s own.`,
      'loopback-reachable-outside': ({ end }: TellFacts) =>
        `${end} reaches the Pod, and its lamp hangs at 127.0.0.1: RST, red.`,
      'listening-means-reachable': (facts: TellFacts) => why[at(facts)](facts),
      'closed-is-silent': (facts: TellFacts) => `${why[at(facts)](facts)} Silence would be the gate’s.`,
      'no-rule-means-allowed': (facts: TellFacts) => `${why[at(facts)](facts)} What no rule names is dropped.`,
    },
    reached: {
      'publish-reversed': (facts: TellFacts) => `${why[at(facts)](facts)} PORT(S) prints port:nodePort.`,
      'publish-stays-private': (facts: TellFacts) => why[at(facts)](facts),
      'allow-rule-opens-port': (facts: TellFacts) => why[at(facts)](facts),
      'listening-means-reachable': (facts: TellFacts) => why[at(facts)](facts),
      'lb-listener-equals-target': (facts: TellFacts) => why[at(facts)](facts),
      'closed-is-silent': (facts: TellFacts) => `${why[at(facts)](facts)} Closed answers RST, a gate says nothing.`,
    },
  } satisfies Record<ReceptionQuestion, Partial<Record<MisconceptionId, Line>>>,
}

/** Why it is so, of the lines of a reception. */
function at({ why: id }: TellFacts): ReceptionWhy {
  return Object.keys(why).find((one): one is ReceptionWhy => one === id) ?? 'no-number'
}
