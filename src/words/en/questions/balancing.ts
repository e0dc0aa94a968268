/** Words of the questions of this topic, by template. */
export const balancing = {
  modes: { proxy: 'proxy mode', passthrough: 'passthrough mode' },
  'lb-target-rule': {
    stem: (name: string, mode: string) =>
      `Callers are to be served through the balancer \`${name}\` (${mode}). Which rule do the targets still need in their input chain?`,
    none: 'none: what the balancer sends is let in by itself',
    proxy: (port: number, address: string) =>
      `The destination port at the target is ${port}. The balancer calls the target itself, so the source is \`${address}\` and the rule can be as narrow as that.`,
    passthrough: (port: number) =>
      `The destination port at the target is ${port}. The balancer leaves the source as it is, so the rule has to let in callers from everywhere.`,
  },
  'lb-two-connections': {
    stem: (name: string, mode: string, target: string) =>
      `The balancer \`${name}\` (${mode}) serves this caller. Which line then stands on the board of \`${target}\`?`,
    proxy: (address: string) =>
      `The peer is \`${address}\`: the balancer ends the caller’s connection and opens a second one to the target, from an ephemeral port of its own.`,
    passthrough: (caller: string) =>
      `The peer is the caller, \`${caller}\`: the balancer only rewrites the destination. There is one connection, and its source stays.`,
  },
}
