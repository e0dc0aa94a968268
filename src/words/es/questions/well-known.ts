import type { QuestionWords } from '../../questions'
import { MNEMONICS, textAt } from '../deck-texts'
import { commonName } from '../services'

const NAMES: Readonly<Record<string, string>> = {
  'SSH, SFTP, scp': 'SSH',
  'HTTPS; HTTP/3 on UDP': 'HTTPS',
  'HTTP alternate, proxies, application servers': 'HTTP alternativo',
  'Raw printing (JetDirect); Prometheus node exporter': 'Impresión directa (JetDirect)',
  'DNS over TLS (TCP), over QUIC (UDP)': 'DNS sobre TLS',
}

const toRemember = (port: string): string => {
  const aid = textAt(MNEMONICS, port)
  return aid === undefined ? '' : ` Para recordarlo: «${aid}»`
}

const list = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} y ${items.at(-1)}`

export const wellKnown: QuestionWords['wellKnown'] = {
  service: (service) => NAMES[service.common] ?? commonName(service),
  families: {
    database: 'bases de datos',
    mail: 'correo',
    web: 'web',
    remote: 'acceso remoto',
    files: 'transferencia de archivos',
  },
  'wk-port-of-service': {
    stem: (service, protocol) =>
      `¿Qué puerto ${protocol.toUpperCase()} da el registro (IANA) a este servicio: ${service}?`,
    explain: (name, port) => `La entrada \`${name}\` del registro tiene el número \`${port}\`.${toRemember(port)}`,
  },
  'wk-service-of-port': {
    stem: (port) => `La placa de una puerta dice \`${port}\`. ¿Qué servicio nombra el registro (IANA) para ella?`,
    explain: (port, name, service) =>
      `El número \`${port}\` está registrado como \`${name}\`: ${service}. Es un acuerdo: lo que de verdad responde depende del programa que escucha.`,
  },
  'wk-transport': {
    stem: (service, port) => `${service} en el puerto ${port}: ¿qué transporte se usa a diario?`,
    allHttp: 'HTTPS (HTTP/1.1, HTTP/2 y HTTP/3)',
    options: { tcp: 'solo TCP', udp: 'solo UDP', both: 'tanto TCP como UDP', icmp: 'ninguno de los dos: ICMP' },
    explain: (service, port, used) =>
      `Decide el campo de protocolo: ${service} tiene un socket en ${list(used.map((one) => `\`${port}/${one}\``))}${used.length > 1 ? ': un número, dos puertas distintas.' : '. Si el registro también da el número al otro transporte, casi nadie lo usa.'}`,
  },
  'wk-secure-twin': {
    stem: (name, port) =>
      `\`${name}\` empieza sin cifrar en el puerto ${port}. ¿Qué puerto TCP da el registro al mismo servicio con TLS desde el primer byte?`,
    explain: (twin, name, plain) =>
      `El puerto ${twin} (\`${name}\`) es para TLS desde el primer byte. Con STARTTLS la sesión empieza sin cifrar y sigue en ${plain}.`,
  },
  'wk-family-odd-one': {
    stem: (family) =>
      `Hay cuatro faroles (sockets en escucha) encendidos. Según el registro, un puerto no pertenece a la familia «${family}». ¿Cuál?`,
    explain: (port, name, family) =>
      `El puerto ${port} está registrado como \`${name}\`; los otros tres son de «${family}». Qué programas escuchan de verdad solo lo dice \`ss -tlnp\` en el host.`,
  },
  'wk-match-four': {
    stem: 'Cuatro puertas, cuatro placas. ¿Qué servicio da el registro (IANA) a cada puerto?',
    explain: (port, name, other, otherName) =>
      `\`${port}\` es \`${name}\` y \`${other}\` es \`${otherName}\`: parecidos o emparentados, pero cada número tiene su propia entrada.`,
  },
  'wk-role-pair': {
    stem: (packet, listener) => `Se envía ${packet}. ¿En qué puerto lo espera ${listener}?`,
    packets: {
      'dhcp-request': 'un DHCP request (IPv4)',
      'dhcp-offer': 'un DHCP offer (IPv4)',
      'dhcpv6-solicit': 'un mensaje DHCPv6 Solicit',
      'dhcpv6-advertise': 'un mensaje DHCPv6 Advertise',
      'snmp-query': 'un mensaje SNMP de consulta',
      'snmp-trap': 'un SNMP trap',
      'radius-access': 'un RADIUS Access-Request',
      'radius-accounting': 'un RADIUS Accounting-Request',
      'ftp-command': 'un comando de FTP (como `USER`)',
      'sip-tls': 'un SIP INVITE sobre TLS',
      'dns-answer': 'una respuesta de DNS por UDP',
      'snmp-response': 'un mensaje SNMP de respuesta',
    },
    listeners: {
      'dhcp-request': 'el servidor DHCP',
      'dhcp-offer': 'el cliente DHCP',
      'dhcpv6-solicit': 'el servidor DHCPv6',
      'dhcpv6-advertise': 'el cliente DHCPv6',
      'snmp-query': 'el agente SNMP',
      'snmp-trap': 'el gestor SNMP',
      'radius-access': 'el servidor RADIUS',
      'radius-accounting': 'el servidor RADIUS',
      'ftp-command': 'el servidor FTP',
      'sip-tls': 'el proxy SIP',
      'dns-answer': 'el cliente DNS que preguntó',
      'snmp-response': 'el gestor SNMP que preguntó',
    },
    only: (port) => `en el puerto ${port}`,
    either: (low, high) => `en ${low} o ${high}, el que esté libre`,
    ephemeral: 'en un puerto efímero propio',
    explain: (port, name, listener) =>
      `El puerto de destino nombra el papel de quien recibe: \`${port}\` (\`${name}\`) es donde espera ${listener}.`,
    explainAnswer: (port) =>
      `El puerto de origen de la pregunta pasa a ser el de destino de la respuesta: un puerto efímero que eligió el sistema del cliente. En ${port} solo espera el otro lado.`,
  },
  'wk-role-needs': {
    stem: (server) =>
      `${server} Se ven todos sus sockets en escucha. ¿Qué puertos debe dejar abiertos el filtro de paquetes a desconocidos de internet?`,
    servers: {
      web: 'Un servidor web público para direcciones `http://` y `https://`, HTTP/3 incluido.',
      mail: 'Un servidor de correo: otros servidores le entregan correo y las apps de sus usuarios lo envían desde cualquier lugar, con STARTTLS o con TLS desde el primer byte.',
      dns: 'Un servidor DNS público que responde por sus propias zonas.',
      vpn: 'La entrada de una VPN WireGuard para gente que está de viaje.',
    },
    explain: (ports) =>
      `El puerto de destino y el protocolo deciden juntos: los desconocidos necesitan ${list(ports.map((one) => `\`${one}\``))}. Las bases de datos y la administración llevan reglas con una dirección de origen.`,
  },
  'wk-url-port': {
    stem: (url) => `Se ejecuta \`curl ${url}\`, sin proxy. ¿A qué puerto de destino va el primer SYN?`,
    explain: (port, scheme, written) =>
      written
        ? `Puerto de destino ${port}: un puerto escrito en la URL vale más que el habitual de \`${scheme}\`. El esquema dice qué se habla; el puerto, dónde.`
        : `Puerto de destino ${port}: la URL no nombra ningún puerto, así que vale el habitual del esquema \`${scheme}\`.`,
  },
  'wk-order-numbers': {
    stem: 'Ordena estos servicios por el número de puerto que les da el registro (IANA), primero el menor.',
    explain: (ports) => `Por sus números registrados, el orden es ${list(ports)}.`,
  },
}
