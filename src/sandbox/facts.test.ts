import { describe, expect, it } from 'vitest'
import { kubectlGetServices } from '../net/kubectl'
import { callsIn, balancerIn, endsIn, namedPort, packetsIn, passiveIn, scannedIn, serviceIn } from './facts'

describe('what a text says', () => {
  it('of packets: their kind and both ends, and no answer to a ping', () => {
    expect(
      packetsIn([
        '18:11:07.142689 IP 198.51.100.73.63492 > 192.0.2.80.80: Flags [S], seq 2689170, win 64240, length 0',
        'IP 192.0.2.80.80 > 198.51.100.73.63492: Flags [S.], seq 42, ack 2689171, win 64240, length 0',
        'IP6 2001:db8::7.5353 > 2001:db8::10.53: UDP, length 30',
        'IP 198.51.100.79 > 192.0.2.84: ICMP echo request, id 39894, seq 1, length 64',
        'IP 192.0.2.84 > 198.51.100.79: ICMP echo reply, id 39894, seq 1, length 64',
        '    198.51.100.1 > 203.0.113.139: ICMP 192.0.2.35 udp port 8125 unreachable, length 36',
      ]),
    ).toEqual([
      { kind: 'syn', source: { address: '198.51.100.73', port: 63492 }, to: { address: '192.0.2.80', port: 80 } },
      { kind: 'syn-ack', source: { address: '192.0.2.80', port: 80 }, to: { address: '198.51.100.73', port: 63492 } },
      { kind: 'udp', source: { address: '2001:db8::7', port: 5353 }, to: { address: '2001:db8::10', port: 53 } },
      { kind: 'ping', source: { address: '198.51.100.79', port: 0 }, to: { address: '192.0.2.84', port: 0 } },
      { kind: 'error', source: { address: '198.51.100.1', port: 0 }, to: { address: '203.0.113.139', port: 0 } },
    ])
  })

  it('of a scan, of addresses and ports, of a passive FTP server, of translated calls, of a balancer', () => {
    expect(scannedIn(['PORT   STATE SERVICE', '22/tcp open  ssh', '53/udp open|filtered domain'])).toEqual([
      { protocol: 'tcp', port: 22, state: 'open' },
      { protocol: 'udp', port: 53, state: 'filtered' },
    ])
    expect(endsIn(['`192.0.2.39:80` and http://192.0.2.1:8443/, not 192.0.2.0/24'])).toEqual([
      { address: '192.0.2.39', port: 80 },
      { address: '192.0.2.1', port: 8443 },
    ])
    expect(passiveIn(['227 Entering Passive Mode (192,0,2,76,155,70).'])).toEqual([
      { address: '192.0.2.76', port: 39750 },
    ])
    expect(
      callsIn([
        'tcp      6 432000 ESTABLISHED src=192.168.1.80 dst=192.0.2.13 sport=60198 dport=443 src=192.0.2.13 dst=203.0.113.82 sport=443 dport=60199 [ASSURED] mark=0 use=1',
      ]),
    ).toEqual([
      {
        from: { address: '192.168.1.80', port: 60198 },
        to: { address: '192.0.2.13', port: 443 },
        seen: { address: '203.0.113.82', port: 60199 },
      },
    ])
    expect(
      balancerIn(['TCP  192.168.10.10:443 rr', '  -> 192.168.10.81:8080           Masq    1      0          0']),
    ).toEqual({
      desk: { address: '192.168.10.10', port: 443 },
      target: { address: '192.168.10.81', port: 8080 },
      isProxy: false,
    })
  })

  it('of a Service by its manifest, and of a port by its name in a Pod’s', () => {
    const manifest = [
      'kind: Service',
      'metadata:',
      '  name: shop',
      'spec:',
      '  type: NodePort',
      '  ports:',
      '    - protocol: TCP',
      '      port: 80',
      '      targetPort: http',
      '      nodePort: 32422',
    ]
    expect(serviceIn(manifest)).toEqual({
      name: 'shop',
      type: 'NodePort',
      port: 80,
      targetPort: 'http',
      nodePort: 32422,
    })
    expect(
      namedPort(['kind: Pod', '      ports:', '        - containerPort: 3000', '          name: http'], 'http'),
    ).toBe(3000)
    expect(serviceIn(kubectlGetServices([]))).toBeUndefined()
  })
})
