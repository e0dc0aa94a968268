import { describe, expect, it } from 'vitest'
import claims from '../../../content/claims.json'
import type { MisconceptionId } from '../../lessons/misconception'
import { MISCONCEPTION_IDS } from '../../lessons/misconception'
import { questions as en } from '../../words/en/questions'
import { KINDS } from '../question'
import { offeredBy } from '../record'
import { questionFrom } from '../template'
import { CLUSTERS_OF, TOPICS } from '../topic'
import { TEMPLATES } from '.'

const SEEDS = Array.from({ length: 40 }, (_, seed) => seed * 7919)

/** The templates by which each idea can be met, found by asking. */
const reached = new Map<MisconceptionId, Set<string>>()
for (const template of TEMPLATES)
  for (const seed of SEEDS)
    for (const idea of offeredBy(questionFrom(template, seed, en).body))
      reached.set(idea, (reached.get(idea) ?? new Set()).add(template.id))

/** The question templates that the product promises. */
const PROMISED = `
wk-port-of-service wk-service-of-port wk-transport wk-secure-twin wk-range wk-family-odd-one wk-match-four
wk-role-pair wk-nmap-name-versus-truth wk-mail-trio wk-role-needs wk-watch-list wk-url-port wk-hex-port
wk-ftp-passive wk-order-numbers wk-count-values ps-which-window ps-syn-or-data ps-count-windows ps-count-ports
ps-count-sockets ps-local-port-after-accept ps-lamps-or-windows ps-same-conversation ps-max-from-one-address
ps-server-limit ps-same-source-port ps-one-window-closes ps-lamp-goes-out ps-restart ps-which-change
ps-vocabulary ps-call-order ps-other-end ps-count-conversations ps-reuse-source-port ps-reuseport
ps-accept-trace ps-nat-crowd bs-without-ports bs-all-or-nothing bs-one-role bs-who-reads-ports rp-build-reply
rp-reply-dport rp-who-is-client rp-ephemeral-source rp-ephemeral-count sp-two-doors sp-second-program sp-ping
sp-quic sp-how-many-doors bn-which-lamp bn-loopback bn-can-bind bn-dual-stack bn-time-wait bn-privileged
bn-any-port bn-where-from rf-what-comes-back rf-scan-state rf-match-states rf-refused-or-timeout rf-who-refused
fw-which-rule fw-verdict fw-reorder fw-return-traffic fw-stateless fw-allowed-but-nobody fw-ipv6-gap
fw-reach-chain fw-source-rule nt-out nt-in nt-forward nt-unsolicited nt-hairpin ct-read-ports ct-write-publish
ct-local-publish ct-two-eighties ct-order-path k8-three-numbers k8-read-get-svc k8-broken-target lb-target-rule
lb-two-connections ex-who-is-reachable ex-close-doors ex-moved-ssh ex-what-still-helps ex-443-proof
ex-surface-change ex-defence-layers
`
  .trim()
  .split(/\s+/)

describe('the templates', () => {
  it('are all that were promised, and each only once', () => {
    const ids = TEMPLATES.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    expect(PROMISED).toHaveLength(98)
    for (const id of PROMISED) expect(ids).toContain(id)
  })

  it.each(MISCONCEPTION_IDS)('reach %s by two templates', (idea) => {
    expect([...(reached.get(idea) ?? [])].length).toBeGreaterThanOrEqual(2)
  })

  it.each(claims.claims.map(({ id }) => id))('test claim %s twice', (claim) => {
    expect(TEMPLATES.filter((template) => template.claims.includes(claim)).length).toBeGreaterThanOrEqual(2)
  })

  it('name no claim that there is not', () => {
    const known = claims.claims.map(({ id }) => id)
    for (const template of TEMPLATES) for (const claim of template.claims) expect(known).toContain(claim)
  })

  it('ask in all six ways', () => {
    expect(new Set(TEMPLATES.map(({ kind }) => kind))).toEqual(new Set(KINDS))
  })

  it.each(TOPICS)('give the topic %s enough to choose from', (topic) => {
    const there = TEMPLATES.filter(({ cluster }) => CLUSTERS_OF[topic].includes(cluster))
    expect(there.length).toBeGreaterThanOrEqual(5)
  })
})
