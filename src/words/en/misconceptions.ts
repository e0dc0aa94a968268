import type { Cluster } from '../../lessons/cluster'
import type { MisconceptionId } from '../../lessons/misconception'

/**
 * A wrong idea in words. `name` is short enough for a chart (40 characters); `wrong` is what somebody believes, `right` the
 * correction in one sentence; `evidence` shows it, with code between backticks; `source` is where it is written.
 */
export interface Misconception {
  readonly name: string
  readonly wrong: string
  readonly right: string
  readonly evidence: string
  readonly source: string
}

/** A group of wrong ideas and of questions: its name and what it is about. */
export interface ClusterWords {
  readonly name: string
  readonly about: string
}

export const clusters: Record<Cluster, ClusterWords> = {
  sockets: {
    name: 'Ports and sockets',
    about: 'Port versus socket, listener versus connection, what selects a connection',
  },
  replies: {
    name: 'Replies and ephemeral ports',
    about: 'Source and destination, the swap in replies, ephemeral ports',
  },
  numbers: {
    name: 'Numbers and ranges',
    about: 'The number space, its ranges, and what a number does and does not promise',
  },
  'well-known': { name: 'Well-known ports', about: 'Remembering which number belongs to which service' },
  spaces: { name: 'TCP, UDP and ICMP', about: 'TCP, UDP, ICMP and QUIC as separate spaces' },
  binding: { name: 'Bind addresses', about: 'Bind addresses, address in use, privileged ports, IPv6 dual stack' },
  refusals: { name: 'Closed, filtered, refused', about: 'Closed, filtered, refused, silent' },
  firewall: { name: 'Packet filters', about: 'Rule order, policy, state, reachability' },
  nat: { name: 'NAT and forwarding', about: 'Address and port translation, forwarding, hairpin' },
  containers: { name: 'Containers and clusters', about: 'Published ports and Kubernetes Services' },
  balancing: { name: 'Load balancers', about: 'Load balancer listeners and targets' },
  exposure: { name: 'Exposure and scans', about: 'Scanning, attack surface, minimum exposure' },
  protocols: { name: 'Protocols with several ports', about: 'Protocols with more than one port' },
}

export const misconceptions: Record<MisconceptionId, Misconception> = {
  'port-is-socket': {
    name: 'Port and socket are the same',
    wrong: 'A port and a socket are two words for the same thing.',
    right:
      'A port is a 16-bit number in a header; a socket is an endpoint (protocol, local address, local port and, once connected, the remote address and port), so one port can carry many sockets.',
    evidence:
      'One port, three sockets in `ss -tan`: `LISTEN 0.0.0.0:443 0.0.0.0:*`, `ESTAB 192.0.2.10:443 203.0.113.7:51514`, `ESTAB 192.0.2.10:443 198.51.100.4:40022`.',
    source: 'RFC 9293 section 3.3.1 and glossary (socket, connection); socket(2)',
  },
  'one-connection-per-port': {
    name: 'One connection fills a port',
    wrong: 'A port is busy as soon as one client is connected; the next client has to wait or use another port.',
    right:
      'A listening port accepts any number of connections, because each connection is told apart by its remote address and remote port.',
    evidence:
      'Contrast: `ESTAB 192.0.2.10:22 203.0.113.7:50100` beside `ESTAB 192.0.2.10:22 203.0.113.8:50100`: both live, same local port 22.',
    source: 'RFC 9293 section 3.3.1; accept(2)',
  },
  'new-server-port-per-connection': {
    name: 'A new server port for each client',
    wrong: 'After accept() the server moves each client to a fresh port of its own, so 443 is free again.',
    right: 'accept() returns a new socket with the same local port as the listener; only the descriptor is new.',
    evidence:
      '`tcpdump`: every packet of the session, first to last, reads `192.0.2.10.443 > 203.0.113.7.51514`; the server side never leaves 443.',
    source: 'accept(2); RFC 9293 section 3.9.1 (passive OPEN)',
  },
  'listener-carries-data': {
    name: 'The listener carries the data',
    wrong: 'The listening socket is the connection: data of all clients flows through it.',
    right:
      'A TCP listener only takes new SYNs; each established connection has a socket of its own and its data never touches the listener.',
    evidence:
      "In `ss -tan` the LISTEN line's Recv-Q counts connections waiting for accept(), while an ESTAB line's Recv-Q counts bytes.",
    source: 'ss(8); listen(2); accept(2)',
  },
  'dport-alone-selects': {
    name: 'The destination port alone selects',
    wrong: 'The destination port alone tells which connection a segment belongs to.',
    right:
      'The destination port finds the door; the complete 5-tuple (protocol, source address, source port, destination address, destination port) finds the connection behind it.',
    evidence:
      'Two segments to 192.0.2.10:443, from 203.0.113.7:51514 and from 203.0.113.7:51515: same door, two windows.',
    source: 'RFC 9293 section 3.3.1; RFC 6335 section 3 (the quintuple)',
  },
  'source-ip-alone-selects': {
    name: 'The source address alone selects',
    wrong: 'Everything that comes from one source address is one client and therefore one connection.',
    right:
      'One address can hold many connections at once, and behind a NAT even many people; the source port separates them.',
    evidence:
      '`203.0.113.7:61001 > 192.0.2.10:443` and `203.0.113.7:61002 > 192.0.2.10:443` are two sockets, perhaps of two people in one office.',
    source: 'RFC 3022 section 2.2 (NAPT); RFC 9293 section 3.3.1',
  },
  'source-port-alone-selects': {
    name: 'The source port alone selects',
    wrong: 'Two segments with the same source port must belong to the same connection.',
    right:
      'Source ports are chosen by each client on its own, so two clients can hold the same number; the source address separates them.',
    evidence:
      '`198.51.100.4:50000 > 192.0.2.10:80` and `198.51.100.9:50000 > 192.0.2.10:80`: same source port, two connections.',
    source: 'RFC 9293 section 3.3.1; RFC 6056 section 2',
  },
  'limit-64k-connections': {
    name: 'At most 64,000 connections',
    wrong: 'A server can hold at most about 64,000 connections, because there are only 65,536 ports.',
    right:
      'The limit of the number space applies to one (client address, server address, server port) triple; with many clients the limit is memory and file descriptors, not ports.',
    evidence:
      "`ss -tan 'sport = :443' | wc -l` printing 200001 on a busy proxy: one server port, far more connections than port numbers.",
    source: 'RFC 9293 section 3.3.1; RFC 6056 section 2; ulimit and file-max in proc(5)',
  },
  'source-port-is-door': {
    name: 'The source port is the door',
    wrong: 'The port that decides where an arriving packet goes is the source port (or simply the first port printed).',
    right: 'An arriving packet is delivered by its destination port; the source port is the return address.',
    evidence:
      '`203.0.113.7.443 > 192.0.2.10.51514` is a reply coming back to a client, not a visit to door 443 of 192.0.2.10.',
    source: 'RFC 768 (Fields); RFC 9293 section 3.1',
  },
  'reply-keeps-ports': {
    name: 'A reply keeps both ports in place',
    wrong: 'A reply carries the same source port and destination port as the request.',
    right: "A reply swaps both pairs: the request's destination becomes the reply's source, and the other way round.",
    evidence: 'Request `203.0.113.7.51514 > 192.0.2.10.443`, reply `192.0.2.10.443 > 203.0.113.7.51514`.',
    source: 'RFC 768 (source port is where a reply should be addressed); RFC 9293 section 3.1',
  },
  'client-uses-service-port': {
    name: 'The client uses the service’s port too',
    wrong: 'To reach a web server both ends use port 443.',
    right:
      "Only the server side needs the agreed number; the client's system normally picks an ephemeral port for its own side.",
    evidence: '`ss -tn` on the client: `ESTAB 203.0.113.7:51514 192.0.2.10:443`; the local side is 51514, not 443.',
    source: 'RFC 6335 section 6; ip(7), ip_local_port_range',
  },
  'ephemeral-always-49152': {
    name: 'Client ports always start at 49152',
    wrong: 'Client ports always come from 49152-65535, so a smaller source port is suspicious.',
    right: "49152-65535 is IANA's dynamic range; each system chooses its own, and Linux starts with 32768-60999.",
    evidence:
      '`cat /proc/sys/net/ipv4/ip_local_port_range` prints `32768 60999`; `netsh int ipv4 show dynamicport tcp` on Windows starts at 49152.',
    source: 'RFC 6335 section 6; RFC 6056 section 3.2; Linux kernel ip-sysctl, ip_local_port_range',
  },
  'ephemeral-never-shared': {
    name: 'An ephemeral port serves only once',
    wrong: 'A client can use one ephemeral port for only one connection at a time.',
    right:
      'What must be unique is the whole 5-tuple, so one local port may serve connections to different servers at once.',
    evidence:
      '`ESTAB 203.0.113.7:40000 192.0.2.10:443` beside `ESTAB 203.0.113.7:40000 192.0.2.20:443`: valid, since the remote address differs.',
    source: 'RFC 6056 section 2 (Ephemeral Ports); RFC 9293 section 3.3.1; ip(7), IP_BIND_ADDRESS_NO_PORT',
  },
  'port-zero-usable': {
    name: 'A service can listen on port 0',
    wrong: 'Ports go from 0 to 65535, so a service can listen on port 0 (or on 65536).',
    right:
      'The field is 16 bits wide, so 65535 is the largest value, and 0 is reserved: binding to 0 asks the system to choose a free port.',
    evidence: "`bind(('0.0.0.0', 0))` and then `getsockname()` returns for example `('0.0.0.0', 41723)`.",
    source: 'RFC 6335 section 6; IANA Service Name and Transport Protocol Port Number Registry, entry 0; ip(7)',
  },
  'above-1023-is-ephemeral': {
    name: 'Above 1023 there are only clients',
    wrong: 'Ports up to 1023 are for servers, and everything above belongs to clients.',
    right:
      'There are three ranges: system 0-1023, user (registered) 1024-49151 and dynamic 49152-65535; servers listen in the registered range all the time, and the kernel lets a server listen in any of the three.',
    evidence:
      '`LISTEN 0.0.0.0:5432` and `LISTEN 0.0.0.0:51820` are servers; `ESTAB 203.0.113.7:33000` is a client inside the registered range.',
    source: 'RFC 6335 section 6; IANA port registry',
  },
  'popular-means-well-known': {
    name: 'Famous means well-known',
    wrong: 'A port everyone knows, such as 3306, 3389 or 8080, is a well-known port.',
    right:
      'Well-known (system) is a range, 0-1023, not a measure of fame; 3306, 3389 and 8080 are registered (user) ports.',
    evidence:
      "Contrast 443 (system range) with 8443 (user range): both famous, one is well-known in the registry's sense.",
    source: 'RFC 6335 section 6; IANA port registry, entries 3306, 3389, 8080',
  },
  'port-identifies-protocol': {
    name: 'The port fixes the protocol',
    wrong: 'The port number fixes the protocol: whatever arrives on 443 is HTTPS.',
    right:
      'A port number is an agreement between client and server; the bytes follow whatever protocol the listening program speaks.',
    evidence:
      '`nc -l 443` and `sshd -p 443` both start happily; `nmap -sV` reports `443/tcp open ssh` because it reads the banner, not the number.',
    source:
      'IANA port registry, introductory notes; RFC 6335 section 6 and its Security Considerations; nmap(1), version detection',
  },
  'port-identifies-program': {
    name: 'The port names the program',
    wrong: 'If port 80 is open, Apache is running there.',
    right:
      'A port says at most which service is usual; the program is known only from the process that holds the socket.',
    evidence:
      '`ss -tlnp` on three hosts: `:80 users:(("nginx",...))`, `:80 users:(("caddy",...))`, `:80 users:(("python3",...))`.',
    source: 'ss(8), option -p; nmap(1), note on the services file',
  },
  'port-unique-across-hosts': {
    name: 'A port is taken for the whole network',
    wrong: 'If one machine (or container) uses port 80, no other machine on the network can.',
    right:
      'Every address has its own full set of ports for every transport protocol, so each host and each network namespace has its own port 80.',
    evidence:
      '`192.0.2.10:80` and `192.0.2.11:80` both listen; two containers both listen on 80 inside their own namespaces.',
    source: 'RFC 9293 section 3.3.1; network_namespaces(7)',
  },
  'router-routes-by-port': {
    name: 'Routers find the way by port',
    wrong: 'Routers use port numbers to find the way to the destination.',
    right:
      'Routers forward by destination IP address; the port is read at the end host, and on the way only by boxes that choose to look, such as firewalls, NAT and load balancers.',
    evidence:
      '`ip route get 192.0.2.10` takes no port: the route to 192.0.2.10:22 and to 192.0.2.10:443 is the same line.',
    source: 'RFC 1812 section 5.2; RFC 1122 section 1.1.3; ip-route(8)',
  },
  'secure-twin-mixup': {
    name: 'Plain and TLS port mixed up',
    wrong:
      'The encrypted version of a protocol lives on the same number as the plain one, or the two numbers may be swapped.',
    right:
      'Protocols with TLS from the first byte usually have a second number (80 and 443, 143 and 993, 389 and 636); STARTTLS upgrades stay on the first one.',
    evidence: '`openssl s_client -connect mail.example:993` talks TLS at once; on 143 it needs `-starttls imap`.',
    source: 'RFC 8314 section 3; IANA port registry, entries 80/443, 110/995, 143/993, 389/636',
  },
  'neighbour-mixup': {
    name: 'Neighbouring numbers mixed up',
    wrong: 'Numbers that are near or of one family are interchangeable: 67 or 68, 161 or 162, 3306 or 5432.',
    right: 'Neighbouring numbers name different roles or different products; each has its own registry entry.',
    evidence:
      '67/udp is where a DHCP server listens, 68/udp where the client listens; 161/udp takes SNMP queries, 162/udp takes notifications.',
    source: 'IANA port registry, entries 67, 68, 161, 162, 3306, 5432; RFC 2131 section 4.1; RFC 3417 section 3.1',
  },
  'tcp-udp-share-space': {
    name: 'TCP and UDP share their ports',
    wrong: 'Port 53 is one door: if TCP/53 is open, so is UDP/53, and only one program can have it.',
    right:
      'TCP and UDP have separate port spaces; the same number in each is a different door, possibly with different programs and rules.',
    evidence:
      '`tcp LISTEN 192.0.2.10:53` and `udp UNCONN 192.0.2.10:53` are two lines in `ss -tuln`, and a rule for `tcp dport 53` leaves `udp dport 53` untouched.',
    source: 'RFC 768; RFC 9293 section 3.1; RFC 6335 section 6; ss(8)',
  },
  'dns-is-udp-only': {
    name: 'DNS is UDP only',
    wrong: 'DNS uses UDP 53 only, so TCP 53 can be closed.',
    right: 'DNS needs both: UDP for most queries, TCP for truncated answers, large records and zone transfers.',
    evidence: '`dig` prints `;; Truncated, retrying in TCP mode.` and then succeeds over 53/tcp.',
    source: 'RFC 7766 sections 1 and 5; RFC 1035 section 4.2',
  },
  'icmp-has-port': {
    name: 'Ping has a port',
    wrong:
      'Ping goes to a port, so it can be blocked or scanned by port number, and a ping answer shows that a service is up.',
    right:
      'ICMP is its own protocol beside TCP and UDP and has types and codes but no ports; an echo reply says that the host answers, nothing about any service.',
    evidence:
      '`tcpdump`: `IP 203.0.113.7 > 192.0.2.10: ICMP echo request, id 4711, seq 1`, with no port after either address.',
    source: 'RFC 792 (Echo); RFC 4443 section 4',
  },
  'https-is-tcp-only': {
    name: 'HTTPS is TCP only',
    wrong: 'HTTPS is TCP 443; UDP to 443 is an attack or an error.',
    right: 'HTTP/3 runs over QUIC, usually on 443/udp; a web server may well have both doors lit.',
    evidence:
      '`ss -uln` on an HTTP/3 server: `UNCONN 0.0.0.0:443`; the TCP answer advertised it with `alt-svc: h3=":443"`.',
    source: 'RFC 9114 section 3.1; RFC 9000; IANA port registry, 443/udp',
  },
  'wildcard-is-localhost': {
    name: '0.0.0.0 is localhost',
    wrong: 'Listening on 0.0.0.0 means localhost only (or: no address at all).',
    right:
      '0.0.0.0 as a bind address means every IPv4 address of this host; it is the widest choice, not the narrowest.',
    evidence:
      'Contrast `LISTEN 0.0.0.0:5432`, which answers on 192.0.2.10 too, with `LISTEN 127.0.0.1:5432`, which does not.',
    source: 'ip(7), INADDR_ANY; RFC 1122 section 3.2.1.3',
  },
  'loopback-reachable-outside': {
    name: '127.0.0.1 is reachable from outside',
    wrong: 'A service on 127.0.0.1:5432 can be reached from the network as long as the firewall lets 5432 through.',
    right:
      'A socket bound to 127.0.0.1 matches only packets addressed to 127.0.0.1, and such packets never come from outside; remote clients get a refusal whatever the firewall allows.',
    evidence: '`LISTEN 127.0.0.1:5432`, then from another host: `connect to 192.0.2.10 port 5432: Connection refused`.',
    source: 'RFC 1122 section 3.2.1.3 (g); ip(7)',
  },
  'specific-bind-answers-all': {
    name: 'One bound address answers for all',
    wrong: 'A service that listens on one address of the host answers on all addresses of the host.',
    right:
      'A socket bound to one address takes only packets to exactly that destination address; to another address of the same host the port is closed.',
    evidence: '`LISTEN 192.0.2.10:80` on a host that also has 192.0.2.11: `curl 192.0.2.11` gives Connection refused.',
    source: 'bind(2); ip(7); RFC 9293 section 3.9.1 (OPEN, local address)',
  },
  'wildcard-and-specific-coexist': {
    name: '0.0.0.0 and one address do not clash',
    wrong:
      'Port 80 on 0.0.0.0 and port 80 on 192.0.2.10 are different, so two unrelated TCP servers can start on both.',
    right:
      'A listening wildcard socket takes the port on every address: without SO_REUSEPORT a second TCP listener on the same port fails with EADDRINUSE, while two different specific addresses do coexist.',
    evidence:
      '`0.0.0.0:80` listening, then `bind 192.0.2.10:80`: Address already in use. But `192.0.2.10:80` and `192.0.2.11:80` together: fine.',
    source: 'socket(7), SO_REUSEADDR; ip(7); bind(2), EADDRINUSE',
  },
  'ipv6-any-is-ipv6-only': {
    name: ':: takes IPv6 only',
    wrong: 'A listener on [::]:443 serves IPv6 only; for IPv4 a second one is always needed.',
    right:
      'Unless IPV6_V6ONLY is set, a socket bound to :: also takes IPv4 connections, shown as IPv4-mapped addresses; Linux has the option off to begin with.',
    evidence: '`ss -tan`: `LISTEN *:443 *:*` and `ESTAB [::ffff:192.0.2.10]:443 [::ffff:203.0.113.7]:51514`.',
    source: 'RFC 3493 sections 3.7 and 5.3; ipv6(7), IPV6_V6ONLY; Linux ip-sysctl, bindv6only',
  },
  'ipv4-rule-covers-ipv6': {
    name: 'An IPv4 rule covers IPv6',
    wrong: 'A port closed in the IPv4 firewall is closed for IPv6 too.',
    right: 'iptables sees IPv4 only and ip6tables IPv6 only; an nftables table covers both only if its family is inet.',
    evidence: '`iptables -A INPUT -p tcp --dport 22 -j DROP`, yet `ssh 2001:db8::10` still connects.',
    source: 'iptables(8) and ip6tables(8); nft(8), address families',
  },
  'reuseport-copies-traffic': {
    name: 'SO_REUSEPORT copies the traffic',
    wrong:
      'With SO_REUSEPORT every process on the port gets a copy of each connection (or the last one to start gets all).',
    right:
      'SO_REUSEPORT spreads connections or datagrams over the sockets by a hash; each goes to exactly one of them, and all sockets must have set the option under the same effective user.',
    evidence:
      'Four workers with `LISTEN 0.0.0.0:8080` in `ss -tlnp`: 1000 connections come out as about 250 each, with none doubled.',
    source: 'socket(7), SO_REUSEPORT',
  },
  'low-port-is-trusted': {
    name: 'A low port is to be trusted',
    wrong:
      'Anything on a port below 1024 is official and run by a trusted administrator, and only root can ever use it.',
    right:
      'On Linux a process needs CAP_NET_BIND_SERVICE for ports below ip_unprivileged_port_start (1024 at first), which is a local setting and says nothing about who is at the other end.',
    evidence:
      "`sysctl net.ipv4.ip_unprivileged_port_start=80` and an ordinary user's `python3 -m http.server 80` starts.",
    source: 'capabilities(7); Linux ip-sysctl, ip_unprivileged_port_start; RFC 6335 section 6',
  },
  'busy-port-needs-process': {
    name: 'A busy port always has a process',
    wrong: "'Address already in use' always means that another process is still running on that port.",
    right:
      'Closed connections stay in TIME-WAIT for a while and can block a new bind on the same port when SO_REUSEADDR is not set, with no process left at all.',
    evidence:
      '`ss -tlnp | grep 8080` is empty, `ss -tan | grep 8080` shows `TIME-WAIT 192.0.2.10:8080 203.0.113.7:50222`.',
    source: 'RFC 9293 sections 3.3.2 and 3.6.1; socket(7), SO_REUSEADDR; bind(2)',
  },
  'closed-is-silent': {
    name: 'A closed port is silent',
    wrong: 'A closed port simply does not answer, so silence means closed.',
    right:
      'A closed TCP port answers at once with RST and a closed UDP port with ICMP port unreachable; silence points to a filter or to loss.',
    evidence: '`22/tcp closed ssh reset ttl 64` against `22/tcp filtered ssh no-response` in `nmap --reason`.',
    source: 'RFC 9293 section 3.10.7.1; RFC 1122 section 4.1.3.1; nmap(1), port states',
  },
  'udp-closed-sends-rst': {
    name: 'A closed UDP port sends RST',
    wrong: 'A closed UDP port answers with RST, like TCP.',
    right:
      'RST is a TCP flag; for UDP the host reports a closed port with ICMP destination unreachable, code 3 (port), or with type 1 code 4 in ICMPv6.',
    evidence: '`IP 192.0.2.10 > 203.0.113.7: ICMP 192.0.2.10 udp port 161 unreachable`.',
    source: 'RFC 1122 section 4.1.3.1; RFC 792; RFC 4443 section 3.1',
  },
  'udp-silence-means-open': {
    name: 'Silence of UDP means open',
    wrong: 'UDP has no handshake, so no answer to a UDP probe proves that the port is open.',
    right:
      'Silence from UDP is ambiguous: the program may not have liked the probe, or a filter may have dropped it; nmap therefore says open|filtered.',
    evidence: '`nmap -sU -p 123,161`: `123/udp open|filtered ntp`; only a reply makes it `open`.',
    source: 'nmap(1), UDP scan',
  },
  'refused-means-host-down': {
    name: 'Refused means the host is down',
    wrong: "'Connection refused' means that the machine is down or that the network is broken.",
    right:
      'Refused means that a RST came back: the host is up and reachable, and nothing listens there (or a firewall rejects on purpose).',
    evidence: '`Connection refused` after 1 ms against `Connection timed out` after two minutes.',
    source: 'RFC 9293 section 3.5.2; connect(2), ECONNREFUSED and ETIMEDOUT',
  },
  'most-specific-rule-wins': {
    name: 'The most specific rule wins',
    wrong: 'The firewall picks the most specific (or the strictest) matching rule, wherever it stands.',
    right:
      'In an iptables or nft chain the rules are read from top to bottom, and the first matching rule with a final verdict decides.',
    evidence:
      'Rule 1 `tcp dport 1-1024 accept`, rule 2 `tcp dport 23 drop`: telnet gets in; swap the two and it does not.',
    source: 'iptables(8); nft(8), verdict statements; contrast: pf.conf(5), where the last match wins unless `quick`',
  },
  'replies-need-inbound-rule': {
    name: 'Replies need an inbound rule',
    wrong: "For my server's own outgoing connections I must open the inbound ephemeral ports.",
    right:
      'A stateful firewall remembers the outgoing flow and lets its return packets in under established; no wide inbound range is needed.',
    evidence:
      '`ct state established,related accept` as rule 1, and `apt update` works although no inbound port is open.',
    source: 'nft(8), ct expression; iptables-extensions(8), conntrack',
  },
  'stateless-remembers': {
    name: 'A stateless filter remembers flows',
    wrong: 'Every firewall lets return traffic through by itself.',
    right:
      'Only a stateful filter knows flows; in a stateless one, such as a network ACL, the return direction with its ephemeral ports needs a rule of its own.',
    evidence:
      'Network ACL: inbound `443 allow`, outbound only `443 allow`: the replies, from 443 to 1024-65535, die at the exit.',
    source: 'RFC 2979 section 2; Amazon VPC user guide, Network ACLs (ephemeral ports)',
  },
  'allow-rule-opens-port': {
    name: 'An allow rule opens the port',
    wrong: 'Adding an allow rule opens the port.',
    right:
      'An allow rule lets the packet as far as the host; if no socket listens on that address and port, the host still refuses.',
    evidence: '`ufw allow 8080`, then `curl host:8080`: Connection refused, because `ss -tln` has no line for 8080.',
    source: 'RFC 9293 section 3.10.7.1; nft(8)',
  },
  'no-rule-means-allowed': {
    name: 'No rule means allowed',
    wrong: 'If no rule mentions a port, the packet is let through (or: is always dropped).',
    right:
      'What happens to a packet that no rule matches is the policy of the chain, and one has to look at it: accept at first in nft and iptables, drop in most server profiles.',
    evidence:
      '`chain input { type filter hook input priority 0; policy drop; tcp dport 22 accept }`: dport 80 is dropped without any rule naming it.',
    source: 'nft(8), chains and policy; iptables(8), -P',
  },
  'listening-means-reachable': {
    name: 'Listening means reachable',
    wrong: 'If `ss` shows LISTEN, the whole internet can connect.',
    right:
      'Reachability needs all of these: a listener on that address and protocol, every filter on the way allowing it, and a route or a translation to the host.',
    evidence: '`LISTEN 0.0.0.0:9200` on the host and `9200/tcp filtered` seen from outside are both true at once.',
    source: 'ss(8); nmap(1), port states',
  },
  'nat-is-firewall': {
    name: 'NAT is a firewall',
    wrong: 'NAT is a firewall: behind it one needs no filter.',
    right:
      'NAT rewrites addresses and drops what fits no mapping as a side effect; it lets return and forwarded traffic through, and with IPv6 there is usually no NAT at all.',
    evidence: 'With one forward of `8443 -> 192.168.1.20:443`, the server is as exposed as if it stood on the street.',
    source: 'RFC 4864 section 2.2; RFC 2993 section 9; RFC 3022 section 6',
  },
  'forward-keeps-port': {
    name: 'A forward keeps the port number',
    wrong: 'A port forward must have the same number outside and inside, and the reply leaves with the inside number.',
    right:
      'The outside and inside ports are independent; the translator rewrites the destination on the way in and restores the source on the way out.',
    evidence:
      '`dnat to 192.168.1.20:443` for `tcp dport 8443`: the client sees only 203.0.113.1:8443, the server only 192.168.1.20:443.',
    source: 'RFC 3022 section 4; nft(8), NAT statements; iptables-extensions(8), DNAT',
  },
  'unsolicited-finds-host': {
    name: 'NAT finds the inside host by itself',
    wrong:
      'A packet to the public address finds the right inside host by itself, as long as the port matches a service there.',
    right:
      'Without a mapping made by earlier outgoing traffic or by a configured forward, the translator does not know which inside host is meant.',
    evidence: "SYN to 203.0.113.1:22 with no forward: the router's own port 22 is asked, never the PC's.",
    source: 'RFC 3022 section 2.2; RFC 5382 section 4.3',
  },
  'hairpin-always-works': {
    name: 'The public address works from inside',
    wrong: 'From inside the home network the public address works just as from outside.',
    right:
      'That needs hairpin translation: the router must turn the packet round and rewrite the source too, or the server answers the inside client directly and the client rejects the answer.',
    evidence:
      '192.168.1.10 asks 203.0.113.1:8443 and gets a reply from 192.168.1.20:443, which matches none of its sockets.',
    source: 'RFC 4787 section 6 (REQ-9); RFC 5382 section 7.1',
  },
  'publish-reversed': {
    name: '-p 8080:80 read the wrong way round',
    wrong: 'In `-p 8080:80` the container listens on 8080 and the host on 80.',
    right: 'The order is host:container: visitors knock at 8080 of the host and reach 80 in the container.',
    evidence: '`docker ps`: `0.0.0.0:8080->80/tcp`, where the arrow points into the container.',
    source: 'Docker documentation, docker run, --publish; Docker documentation, Port publishing and mapping',
  },
  'expose-publishes': {
    name: 'EXPOSE publishes a port',
    wrong: 'EXPOSE in the Dockerfile (or containerPort in a Pod) makes the port reachable from outside.',
    right:
      'Both only document the intent; the host door appears with -p or -P, and in Kubernetes with a Service of a reachable type.',
    evidence: '`docker ps` shows `80/tcp` without an arrow: nothing on the host leads there.',
    source: 'Dockerfile reference, EXPOSE; Kubernetes API reference, ContainerPort',
  },
  'publish-stays-private': {
    name: 'A published port stays private',
    wrong:
      "`-p 5432:5432` is reachable from my own machine only, and the host's firewall front end protects it anyway.",
    right:
      "Without an address a published port is open on all host addresses, and the engine's own NAT rules act before input rules such as those of ufw; write 127.0.0.1:5432:5432 to keep it local.",
    evidence: '`0.0.0.0:5432->5432/tcp` against `127.0.0.1:5432->5432/tcp` in `docker ps`.',
    source:
      'Docker documentation, Port publishing and mapping; Docker documentation, Packet filtering and firewalls (Docker and ufw)',
  },
  'k8s-port-is-targetport': {
    name: 'port, targetPort and nodePort are one',
    wrong:
      "A Service's port, targetPort and nodePort are three names for one number (or: clients inside the cluster use nodePort).",
    right:
      "port is the Service's own door, targetPort the door of the Pod behind it, nodePort the door on every node for callers from outside (30000-32767 at first).",
    evidence:
      '`kubectl get svc`: `80:30080/TCP`, that is port 80 and nodePort 30080; targetPort 8080 shows up only in `kubectl describe svc`.',
    source: 'Kubernetes documentation, Service (Port definitions; type NodePort)',
  },
  'lb-listener-equals-target': {
    name: 'Balancer and targets share one port',
    wrong:
      'The load balancer listens on the same port on which its targets listen, and opening the listener port on the targets is enough.',
    right:
      "A listener port and a target port are independent; the target's firewall must allow the target port from the balancer.",
    evidence:
      'Listener `HTTPS:443`, target group `HTTP:8080`: a security group that allows only 443 on the targets makes every health check fail.',
    source:
      'Elastic Load Balancing user guide, listeners and target groups; HAProxy configuration manual, bind and server',
  },
  'nonstandard-port-hides': {
    name: 'An unusual port hides a service',
    wrong: 'Moving SSH to 2222 (or 48222) keeps attackers out.',
    right:
      'A scanner tries all 65,535 ports and reads the banner; a move thins out log noise but defends against nothing that looks.',
    evidence: '`nmap -p- -sV`: `48222/tcp open ssh OpenSSH 9.2p1`.',
    source: 'nmap(1), port specification and version detection; RFC 6335, Security Considerations',
  },
  'closed-port-secures-host': {
    name: 'Closed ports make a host secure',
    wrong: 'If all unneeded ports are closed, the server is secure.',
    right:
      'Closing removes some ways in; the services that must stay open, the outgoing connections and the accounts still need patches, authentication, encryption and a firewall.',
    evidence: 'One open line is enough: `443/tcp open` with a vulnerable application behind it.',
    source: 'NIST SP 800-123 sections 4 and 5; NIST SP 800-41 Rev. 1 section 2',
  },
  'open-443-is-safe': {
    name: 'Port 443 is safe by itself',
    wrong: 'Port 443 is the secure port, so a service there is safe.',
    right:
      '443 says at most that TLS is expected; it does not check who the client is or whether the program behind it has holes, and plain HTTP can listen there too.',
    evidence: '`curl http://host:443/` answering with a page in clear text: the number encrypts nothing.',
    source: 'RFC 9110 section 4.2.2; RFC 8446 section 1; IANA port registry, introductory notes',
  },
  'database-open-with-password': {
    name: 'A password is enough for a database',
    wrong: 'A database port may be open to the internet, since there is a password on it.',
    right:
      'A reachable database is there to be guessed at, flooded and exploited before any login; it should be reachable only from the application, over a private address, TLS and a filter.',
    evidence:
      '`0.0.0.0:3306` with `3306/tcp open mysql` from outside, against `127.0.0.1:3306` or a rule `ip saddr 10.0.1.5 tcp dport 3306 accept`.',
    source: 'MySQL reference manual, Security guidelines; PostgreSQL documentation, listen_addresses and pg_hba.conf',
  },
  'ftp-one-port': {
    name: 'FTP needs one port',
    wrong: 'FTP needs port 21 only (or: 20 is always used for data).',
    right:
      "21 carries commands; data goes over a second connection, from server port 20 to the client in active mode, or to a server port of the server's choice in passive mode.",
    evidence: '`227 Entering Passive Mode (192,0,2,10,195,80)` announces port 195*256+80 = 50000.',
    source: 'RFC 959 sections 3.2, 3.3 and 4.1.2; RFC 2428 section 3',
  },
  'smtp-one-port': {
    name: 'Mail uses one port',
    wrong: 'All mail goes to port 25; 465 and 587 are the same thing under other numbers (or long dead).',
    right:
      '25 is for relay between servers, 587 for submission with STARTTLS and a login, 465 for submission with TLS from the first byte.',
    evidence: 'A mail app on a home line: 25 is blocked by the provider, 587 and 465 work.',
    source: 'RFC 5321 section 2.1; RFC 6409 section 3; RFC 8314 sections 3.3 and 7.3',
  },
  'closed-tcp-sends-icmp': {
    name: 'A closed TCP port sends ICMP',
    wrong: 'Every closed port answers with an ICMP unreachable message.',
    right:
      'Only a datagram to a closed UDP port is answered with ICMP port unreachable; a segment to a closed TCP port is answered by TCP itself, with RST.',
    evidence:
      '`IP 192.0.2.10.23 > 203.0.113.7.51514: Flags [R.], seq 0, ack 1, win 0, length 0`: the answer is a TCP segment, not an ICMP message.',
    source: 'RFC 9293 section 3.5.2; RFC 1122 section 4.1.3.1',
  },
}
