import type { PracticeAskWords } from '../practice-asks'
import { MNEMONICS, WATCH, textAt } from './deck-texts'
import { NAMES as COMMON } from './services'

/** Names that would give the answer away, or say too much for one transport. */
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
  mnemonic: (fact, english) => (english === undefined ? undefined : textAt(MNEMONICS, fact)),
  watch: (fact, english) => (english === undefined ? undefined : textAt(WATCH, fact)),
  number: {
    type: (service, protocol) => `${service}: ¿qué puerto ${upper(protocol)}?`,
    pair: (service, protocol) => `Dos que se confunden con facilidad. ¿Cuál es ${service} (${upper(protocol)})?`,
    door: (service, protocol) => `${service} (${upper(protocol)}): ¿qué puerta es?`,
  },
  name: {
    type: (port) => `¿Qué se encuentra normalmente en \`${port}\`?`,
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
    options: { system: 'de sistema (conocidos)', user: 'de usuario (registrados)', dynamic: 'dinámicos (privados)' },
    explain: (range, low, high) =>
      `El número decide por sí solo: los puertos ${range} van de \`${low}\` a \`${high}\`.`,
  },
  custom: 'Uso habitual',
  nearly: {
    is: (place, services) => `\`${place}\` es ${list(services)}.`,
    over: (service, protocol) => `${service} (${upper(protocol)})`,
    nothing: (port) => `\`${port}\` no es ninguno de los puertos que practicas.`,
    transport: (port, protocol) => `El número \`${port}\` es correcto, pero la pregunta es sobre ${upper(protocol)}.`,
    slip: (name) => `Se escribe \`${name}\`.`,
    vague: (typed) => `«${typed}» encaja con varios servicios. Di cuál.`,
  },
  drill: {
    stem: (service, port) =>
      `Un servidor en internet. ${service} escucha en \`${port}\`. ¿Lo dejas como está o lo cierras a los desconocidos?`,
    leave: (reason) => `Déjalo: ${reason}`,
    close: (reason) => `Ciérralo: ${reason}`,
    reasons: {
      'clear-text': 'lo que se envía, contraseñas incluidas, viaja en texto claro.',
      'no-login': 'atiende a cualquiera que se conecte, sin contraseña o con una vacía.',
      guessing: 'sus contraseñas se adivinan o siguen siendo las de fábrica.',
      control: 'quien entra controla la máquina, o más de una.',
      tells: 'cuenta a los desconocidos lo que no deben saber.',
      inner: 'está para los programas de dentro, nunca para desconocidos.',
      trust: 'se fía de direcciones en lugar de fiarse de personas.',
      holes: 'por fallos conocidos se entra antes de cualquier contraseña.',
      amplifies: 'responde a remitentes falsos con mucho más de lo que enviaron.',
      relay: 'los desconocidos pasan por él sus propias conexiones.',
      cost: 'los desconocidos llaman por teléfono a tu costa.',
      broken: 'su cifrado está roto desde hace años.',
      public: 'está para los desconocidos.',
      loopback: 'solo el propio host llega hasta él.',
      filtered: 'el filtro descarta lo que le envían los desconocidos.',
      listening: 'a lo que muestra LISTEN o UNCONN llega todo internet.',
      'let-through': 'los desconocidos llegan en cuanto un filtro deja pasar el puerto.',
      localhost: '`0.0.0.0` es el propio host y nadie más.',
      password: 'tiene contraseña, y eso basta.',
      unseen: 'nadie mira un número tan alto.',
      official: 'por debajo de 1024 todo es oficial y de confianza.',
      'secure-443': '443 es el puerto seguro, escuche lo que escuche.',
      'close-all': 'con todos los puertos cerrados el servidor sería seguro.',
    },
    exposed: (service, port, meant) =>
      meant
        ? `La dirección \`0.0.0.0\` deja que los desconocidos lleguen a \`${port}\`, y ${service} es para ellos.`
        : `La dirección \`0.0.0.0\` deja que los desconocidos lleguen a \`${port}\`, y ${service} no es para ellos.`,
    unreachable: {
      open: 'Ningún desconocido llega hasta él.',
      loopback: 'La dirección decide: a lo asociado a `127.0.0.1` solo llega este host, diga lo que diga el filtro.',
      filtered: 'El filtro decide: ninguna regla acepta este puerto, y la política descarta el resto.',
    },
  },
}
