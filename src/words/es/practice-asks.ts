import type { PracticeAskWords } from '../practice-asks'
import { NAMES as COMMON } from './services'

/** Nombres que darían la respuesta, o que dicen demasiado de un solo transporte. */
const NAMES: Readonly<Record<string, string>> = {
  '443/tcp': 'HTTPS',
  '443/udp': 'HTTP/3 (QUIC)',
  '853/tcp': 'DNS sobre TLS',
  '853/udp': 'DNS sobre QUIC',
  '445/tcp': 'SMB sin NetBIOS',
  'SSH, SFTP, scp': 'SSH (SFTP, scp)',
  'Kubernetes NodePort, first of the range 30000-32767': 'NodePort de Kubernetes (el primero del rango)',
}

const upper = (protocol: string) => protocol.toUpperCase()

/** `a, b y c`. */
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} y ${items.at(-1)}`

export const practiceAsks: PracticeAskWords = {
  service: (id, name) => NAMES[id] ?? NAMES[name] ?? COMMON[name] ?? name,
  number: {
    type: (service, protocol) => `${service}: ¿qué puerto ${upper(protocol)}?`,
    choose: (service, protocol) => `${service}: ¿qué puerto ${upper(protocol)}?`,
    pair: (service, protocol) => `Dos que se confunden con facilidad. ¿Cuál es ${service} (${upper(protocol)})?`,
    door: (service, protocol) => `${service} (${upper(protocol)}): ¿qué puerta es?`,
  },
  name: {
    type: (port) => `¿Qué se encuentra normalmente en \`${port}\`?`,
    choose: (port) => `¿Qué se encuentra normalmente en \`${port}\`?`,
    pair: (port) => `Dos que se confunden con facilidad. ¿Qué se encuentra normalmente en \`${port}\`?`,
    door: (port) =>
      `El farol (socket en escucha) de \`${port}\` está encendido. ¿Qué hay normalmente tras esta puerta?`,
    ss: 'La línea iluminada es un socket en escucha. ¿Qué servicio escucha ahí normalmente?',
    tcpdump: 'Un cliente llama. ¿A qué servicio se dirige normalmente?',
    hex: (protocol) => `Aquí empieza una cabecera ${upper(protocol)}. ¿A qué servicio se dirige normalmente?`,
    explain: (service, port, name) => `El número \`${port}\` está registrado como \`${name}\`: ${service}.`,
    custom: (service, port) => `Por costumbre, \`${port}\` es ${service}. El registro no le da ese número.`,
    packet: (service, port) => `El puerto de destino decide: \`${port}\` es ${service}.`,
  },
  transport: {
    stem: (service, port) => `${service} en el puerto \`${port}\`: ¿qué transporte se usa a diario?`,
    options: { tcp: 'solo TCP', udp: 'solo UDP', both: 'TCP y UDP', icmp: 'ninguno: ICMP' },
    explain: (service, ports) =>
      `El campo de protocolo decide: ${service} está en ${list(ports.map((port) => `\`${port}\``))}.`,
  },
  twin: {
    stem: (service, port) => `${service} está en \`${port}\`. ¿En qué puerto está con TLS desde el primer byte?`,
    explain: (twin, port) => `\`${twin}\` es el gemelo con TLS; \`${port}\` empieza en texto claro.`,
  },
  range: {
    stem: (port) => `¿En qué rango está el puerto \`${port}\`?`,
    name: 'Puerto',
    options: { system: 'de sistema (conocidos)', user: 'de usuario (registrados)', dynamic: 'dinámicos (privados)' },
    explain: (range, low, high) => `El número solo decide: los puertos ${range} van de \`${low}\` a \`${high}\`.`,
  },
  custom: 'Uso habitual',
  nearly: {
    is: (port, services) => `\`${port}\` es ${list(services)}.`,
    nothing: (port) => `\`${port}\` no es ninguno de los puertos que practicas.`,
    transport: (port, protocol) => `El número \`${port}\` es correcto, pero la pregunta es sobre ${upper(protocol)}.`,
    slip: (name) => `Se escribe \`${name}\`.`,
    vague: (typed) => `Hay varios servicios que se llaman «${typed}». Di cuál.`,
  },
}
