import type { PortRange } from '../../ports/range'
import { capital } from '../facts'
import type { Reasons } from '../reasons'
import { number } from './number'

const RANGES: Record<PortRange, string> = { system: 'de sistema', user: 'de usuario', dynamic: 'dinámico' }

export const reasons: Reasons = {
  fields: {
    protocol: 'El protocolo',
    source: 'La dirección de origen',
    sourcePort: 'El puerto de origen',
    destination: 'La dirección de destino',
    destinationPort: 'El puerto de destino',
    flags: 'El campo de flags',
    type: 'El tipo ICMP',
    options: 'El campo de opciones',
    user: 'El usuario',
    count: 'La cuenta',
    rule: 'Regla',
    answer: 'La respuesta',
    payload: 'Primeros bytes',
  },
  range: (range, first, last) => `de ${first} a ${last} es el rango ${RANGES[range]}`,
  where: {
    listener: (protocol, port) => `el puerto ${port} de ${protocol} es su puerta`,
    connection: (window) => `la ventana de ${window} es su sitio`,
    stranger: 'ninguna ventana lleva esta etiqueta, y un farol solo recibe SYN, así que TCP responde RST',
    rst: (port) => `nadie escucha en ${port}/tcp, así que TCP responde RST`,
    rstHere: (port, address) => `en ${address} no cuelga ningún farol de ${port}/tcp, así que TCP responde RST`,
    icmp: (port) => `nadie escucha en ${port}/udp, así que ICMP dice: puerto inalcanzable`,
    icmpHere: (port, address) =>
      `en ${address} no cuelga ningún farol de ${port}/udp, así que ICMP dice: puerto inalcanzable`,
    ping: 'a un ping responde el propio host',
    nothing: 'el host no dice nada',
    filtered: (port: number) => `la garita descarta ${port} y nadie se entera`,
    range: (port, range) => `${port} está en el rango ${RANGES[range]}`,
    reply: (from, to) => `de ${from} a ${to}`,
  },
  wrong: {
    'source-port-is-door': ({ sourcePort, port, truth }) =>
      truth === 'listener'
        ? `El puerto de destino ${port} decide. El puerto de origen ${sourcePort} es solo el remite.`
        : `El puerto de destino ${port} decide, y ahí nadie escucha; ${sourcePort} es solo el remite.`,
    'tcp-udp-share-space': ({ protocol, port, truth }) =>
      truth === 'listener'
        ? `El protocolo ${protocol} decide: ${port}/tcp y ${port}/udp son dos puertas.`
        : `El protocolo ${protocol} decide: el ${port} del otro protocolo está encendido, este no.`,
    'dns-is-udp-only': ({ port }) =>
      `Protocolo TCP en el puerto ${port}: por aquí llegan las respuestas largas y las transferencias de zona.`,
    'https-is-tcp-only': ({ port }) =>
      `Protocolo UDP en el puerto ${port}: HTTP/3 va sobre QUIC. Sin respuesta, el navegador espera y vuelve a TCP.`,
    'icmp-has-port': ({ truth, window }) =>
      truth === 'echo-reply'
        ? 'El protocolo ICMP tiene tipo y código, pero no puerto: a un ping responde el propio host.'
        : truth === 'connection'
          ? `El protocolo ICMP no tiene puerto: el paquete que cita iba a ${window} y dice de quién es el error.`
          : 'El protocolo: esto no es un ping. Solo una petición de eco ICMP recibe respuesta de eco.',
    'closed-is-silent': ({ port, truth }) =>
      truth === 'rst'
        ? `El puerto de destino ${port} está cerrado, y un puerto TCP cerrado lo dice con RST. Callar es cosa de filtros.`
        : truth === 'icmp'
          ? `El puerto de destino ${port} está cerrado, y el host lo dice con ICMP. Callar es cosa de filtros.`
          : truth === 'echo-reply'
            ? 'Protocolo ICMP, petición de eco: un host en marcha responde.'
            : `El puerto de destino ${port} tiene el farol encendido: alguien espera esto.`,
    'udp-closed-sends-rst': ({ port }) =>
      `Protocolo UDP: RST es un flag de TCP. Por un ${port}/udp cerrado responde ICMP.`,
    'closed-tcp-sends-icmp': ({ port }) => `Protocolo TCP: un ${port}/tcp cerrado lo rechaza el propio TCP, con RST.`,
    'port-zero-usable': () =>
      'El puerto de destino 0 está reservado: nadie puede escuchar ahí, así que TCP responde RST.',
    'secure-twin-mixup': ({ port, chosen }) =>
      `El puerto de destino ${port} decide; ${chosen} es su gemelo, otro número.`,
    'neighbour-mixup': ({ port, chosen, name }) =>
      `El puerto de destino ${port}${name && ` (${name})`} decide; ${chosen} es el número de otro producto.`,
    'above-1023-is-ephemeral': ({ port, range, truth }) =>
      truth === 'range'
        ? `Puerto de destino ${port}: ${range}.`
        : `El puerto de destino ${port} está encendido. Un servidor puede escuchar en cualquier número, también por encima de 1023.`,
    'popular-means-well-known': ({ port, range }) => `Puerto de destino ${port}: ${range}, por muy famoso que sea.`,
    'one-connection-per-port': ({ port }) =>
      `El puerto de destino ${port} sigue encendido: una puerta atiende a cuantas visitas lleguen.`,
    'listener-carries-data': ({ port, truth }) =>
      truth === 'connection'
        ? `Flags sin SYN: es de una conexión abierta de ${port}, no del socket en escucha.`
        : `Flags sin SYN y ninguna conexión así: el socket en escucha de ${port} solo recibe SYN.`,
    'dport-alone-selects': ({ sourcePort, where }) =>
      `El puerto de origen ${sourcePort} decide entre quienes llaman: ${where}.`,
    'source-ip-alone-selects': ({ sourcePort, where, truth }) =>
      truth === 'reply'
        ? `La dirección de destino: la respuesta va ${where}.`
        : `El puerto de origen ${sourcePort} decide: misma dirección, otra conexión. ${capital(where)}.`,
    'source-port-alone-selects': ({ where }) =>
      `La dirección de origen decide: mismo puerto, otra visita. ${capital(where)}.`,
    'loopback-reachable-outside': ({ destination, port }) =>
      `La dirección de destino ${destination} decide: el farol de ${port} cuelga en 127.0.0.1, la entrada de servicio.`,
    'specific-bind-answers-all': ({ destination, port, truth }) =>
      truth === 'listener'
        ? `La dirección de destino ${destination} decide: ${port} en otra dirección es la puerta de otro programa.`
        : `La dirección de destino ${destination} decide: ahí no cuelga ningún farol de ${port}, y el host rechaza.`,
    'wildcard-is-localhost': ({ destination, port }) =>
      `Dirección de destino ${destination}: el farol de ${port} cuelga en 0.0.0.0, y eso son todas las direcciones del host.`,
    'ipv6-any-is-ipv6-only': ({ port }) =>
      `La dirección de origen: el farol de ${port} cuelga en :: sin v6only y recibe también IPv4, como ::ffff:a.b.c.d.`,
    'ephemeral-always-49152': ({ port }) =>
      `El puerto de destino ${port} lo eligió este cliente: Linux toma de 32768 a 60999. Su ventana está encendida.`,
    'port-is-socket': ({ port, truth }) =>
      truth === 'rst'
        ? `Flags: un SYN quiere un farol, y el de ${port} está apagado. Sus ventanas siguen, pero no reciben a nadie nuevo.`
        : `Flags: un SYN quiere un socket nuevo, y lo crea el farol de ${port}. Una ventana no recibe a nadie nuevo.`,
    'reply-keeps-ports': ({ sourcePort, port }) =>
      `El puerto de destino de la respuesta es ${sourcePort}, donde espera el cliente; sale de ${port}. Intercambia ambas parejas.`,
    'client-uses-service-port': ({ sourcePort, port }) =>
      `El puerto de origen de la respuesta es ${port}, el del servicio; ${sourcePort} es solo del cliente.`,
    'port-identifies-program': ({ port, where, truth }) =>
      truth === 'listener'
        ? `El puerto de destino ${port} decide, parezca lo que parezca el paquete.`
        : `El puerto de destino ${port} decide: ${where}.`,
  },
  decides: (field, where) => `${field} decide: ${where}.`,
  right: {
    entrance: ({ destination, port }) => `Destino ${destination}, puerto ${port}: este es el farol que cuelga ahí.`,
    protocol: ({ protocol, port }) =>
      `Protocolo ${protocol}, puerto de destino ${port}: el otro ${port} es otra puerta.`,
    door: ({ port, name }) => `Puerto de destino ${port}${name && ` (${name})`}: su farol está encendido.`,
    error: ({ window }) => `Protocolo ICMP, sin puerto: el paquete que cita salió de aquí hacia ${window}.`,
    window: ({ window, port }) => `De ${window} al puerto ${port}: los cinco campos encajan con esta ventana.`,
    range: ({ port, range }) => `Puerto de destino ${port}: ${range}.`,
    reply: ({ where }) => `Ambas parejas intercambiadas: ${where}.`,
    nothing: (field, where) => `${field}: ${where}.`,
  },
  bind: {
    everyEntrance: (address) => `${address}, todas las entradas`,
    staffEntrance: (address) => `${address}, la entrada de servicio`,
    permission: (uid) =>
      `El usuario ${uid} decide: por debajo de 1024 solo asocia root, o quien tiene CAP_NET_BIND_SERVICE.`,
    noInterface: (address) => `La dirección ${address} decide: ninguna interfaz de este host la tiene.`,
    anyPort: 'El puerto 0 pide un número libre cualquiera: uno que no ocupe ningún socket del mismo protocolo.',
    overlap: (entrance, place) => `Dirección ${entrance}: se solapa con un farol de ${place} ya encendido.`,
    sharedByBoth: 'Opciones: SO_REUSEPORT comparte una puerta solo si ambos sockets lo activan, con el mismo usuario.',
    timeWait: (place) => `Opciones: TIME-WAIT retiene todavía ${place}, sin programa detrás; con SO_REUSEADDR valdría.`,
    taken: (place, address) =>
      `El puerto ${place} de ${address} ya tiene farol: protocolo, dirección y puerto juntos deben estar libres.`,
    otherProtocol: (protocol, port) => `El protocolo ${protocol} decide: el otro ${port} es otra puerta.`,
    shared:
      'Opciones: ambos activan SO_REUSEPORT con el mismo usuario; el kernel reparte las conexiones, cada una a uno solo.',
    stepsOver: 'Opciones: SO_REUSEADDR pasa por encima de lo que espera en TIME-WAIT.',
    elsewhere: (address, place) =>
      `Dirección ${address}: lo que espera en TIME-WAIT está en otra dirección, así que ${place} está libre aquí.`,
    free: (place, entrance, program) => `${place} en ${entrance} está libre: ${program} tiene su farol.`,
  },
  connect: {
    right: (port, to) => `Puerto de origen ${port}: hacia ${to} no lo usa nadie más, así que la 5-tupla es nueva.`,
    exhausted: (to) => `Puerto de origen: los ocho están ocupados hacia ${to}. Hacia otro servidor aún valdrían.`,
    freeTowards: (port, to) =>
      `El puerto de origen ${port} está ocupado en otra parte, pero libre hacia ${to}: solo la 5-tupla entera debe ser única.`,
    ownRange: 'Puerto de origen: el lado del cliente no necesita un número acordado. Toma uno de su propio rango.',
    timeWait: (port, to) =>
      `El puerto de origen ${port} espera aún en TIME-WAIT hacia ${to}: el kernel lo guarda un rato.`,
    taken: (port, to) => `El destino ${to} decide: desde ${port} ya hay una conexión con él.`,
  },
  count: (callers, port, ports, sockets) =>
    `La cuenta: ${number(callers)} visitas, ${number(callers)} 5-tuplas y siempre el mismo ${port}. ${ports} puertos, ${number(sockets)} sockets.`,
}
