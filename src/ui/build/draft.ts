import type { Blueprint } from '../../modes/blueprint'
import { BlueprintSchema } from '../../modes/blueprint'
import { openBox } from '../../store/storage'
import { build } from '../../words/build'
import { browserStorage } from '../app/browser-storage'

/** What one begins with: small, and playable as it is. */
export const sample = (): Blueprint => ({
  kind: 'port-authority level',
  version: 1,
  ...build.sample,
  host: { name: 'harbour-9', addresses: ['192.0.2.50'] },
  waves: [
    {
      opens: [
        { protocol: 'tcp', port: 443, program: 'nginx' },
        { protocol: 'tcp', port: 53, program: 'dnsmasq' },
        { protocol: 'udp', port: 53, program: 'dnsmasq' },
      ],
      bricks: [{ protocol: 'tcp', port: 23 }],
      closed: [],
      windows: [],
      deal: { 'to-listener': 7, 'tcp-to-closed': 3 },
      offers: ['listener', 'rst', 'icmp', 'drop'],
      views: ['fields'],
    },
  ],
})

/** The level on the bench, kept in this browser as long as its form is in order. */
export const openDraft = () => openBox<Blueprint>(browserStorage(), 'port-authority.build', BlueprintSchema, sample())
