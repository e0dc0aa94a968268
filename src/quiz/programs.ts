import type { Protocol } from '../net/tuple'

/** Programs that one often meets at a port, as `ss -p` names them. */
const USUAL: Readonly<Record<string, string>> = {
  '21/tcp': 'vsftpd',
  '22/tcp': 'sshd',
  '23/tcp': 'inetd',
  '25/tcp': 'master',
  '53/tcp': 'named',
  '53/udp': 'named',
  '67/udp': 'dhcpd',
  '69/udp': 'in.tftpd',
  '80/tcp': 'nginx',
  '88/tcp': 'krb5kdc',
  '88/udp': 'krb5kdc',
  '110/tcp': 'dovecot',
  '123/udp': 'chronyd',
  '143/tcp': 'dovecot',
  '161/udp': 'snmpd',
  '179/tcp': 'bgpd',
  '389/tcp': 'slapd',
  '443/tcp': 'nginx',
  '443/udp': 'nginx',
  '445/tcp': 'smbd',
  '465/tcp': 'master',
  '500/udp': 'charon',
  '587/tcp': 'master',
  '993/tcp': 'dovecot',
  '3306/tcp': 'mariadbd',
  '5060/tcp': 'asterisk',
  '5060/udp': 'asterisk',
  '5353/udp': 'avahi-daemon',
  '5432/tcp': 'postgres',
  '6379/tcp': 'redis-server',
  '8080/tcp': 'java',
  '9100/tcp': 'node_exporter',
  '9200/tcp': 'java',
}

/** The program usually found at a port; undefined where it is the kernel itself (WireGuard) or the game knows none. */
export const usualProgram = (protocol: Protocol, port: number): string | undefined => USUAL[`${port}/${protocol}`]
