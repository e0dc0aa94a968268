import type { QuestionWords } from '../../questions'

export const refusals: QuestionWords['refusals'] = {
  'rf-what-comes-back': {
    stem: 'Llega este paquete. No hay ningún filtro delante. ¿Qué pasa con él?',
    hostUnreachable: 'respondido con ICMP de host inalcanzable',
    explain: (protocol, port, inConnection) =>
      protocol === 'udp'
        ? `Puerto de destino ${port}/udp: nadie espera allí, y UDP no sabe rechazar. El host lo comunica con ICMP de puerto inalcanzable.`
        : inConnection
          ? `Puerto de destino ${port}/tcp: ninguna conexión tiene este segmento, y no es un SYN. El propio TCP responde con RST.`
          : `Puerto de destino ${port}/tcp: nadie escucha allí. Un puerto TCP cerrado responde enseguida, con RST.`,
  },
  'rf-scan-state': {
    stem: (protocol, port, answered) =>
      `Un escaneo ${protocol === 'tcp' ? 'SYN' : 'UDP'} pregunta al puerto ${port}/${protocol}. ${
        answered ? 'Esto es lo que ve el escáner.' : 'No vuelve nada, tampoco al repetir.'
      } ¿Qué estado muestra nmap?`,
    explain: (protocol, reason) => {
      switch (reason) {
        case 'syn-ack':
          return 'Flags [S.]: alguien escucha y acepta la conexión, así que el puerto está abierto, sea cual sea su número.'
        case 'reset':
          return 'Flags [R.]: el host responde que nadie escucha allí, así que el puerto está cerrado. El host está en marcha.'
        case 'port-unreach':
          return protocol === 'udp'
            ? 'Con ICMP de puerto inalcanzable comunica un host que un puerto UDP está cerrado: nmap muestra closed.'
            : 'ICMP: un puerto TCP cerrado respondería con RST. Un error ICMP por un SYN viene de un filtro: nmap muestra filtered.'
        case 'admin-prohibited':
          return 'ICMP admin prohibited: lo dice un filtro, no el puerto. No se sabe si detrás escucha alguien: filtered.'
        default:
          return protocol === 'udp'
            ? 'Sin respuesta a UDP: un puerto abierto puede callar, y un filtro puede haber descartado la sonda. nmap muestra open|filtered.'
            : 'Sin respuesta a un SYN: los puertos abiertos y los cerrados responden, así que algo se traga los paquetes. nmap muestra filtered.'
      }
    },
  },
  'rf-match-states': {
    stem: 'Un escaneo SYN y uno UDP de unos puertos, como se ven en el cable. ¿Qué estado muestra nmap para cada puerto?',
    explain:
      'La respuesta decide: SYN y ACK, open; RST, o puerto inalcanzable en UDP, closed; otro error ICMP, filtered. El silencio es filtered en TCP y open|filtered en UDP.',
  },
  'rf-refused-or-timeout': {
    stem: (address, port) =>
      `El servidor web de \`${address}\`, puerto ${port}, debería responder. ¿Cuál es la mejor primera sospecha?`,
    faults: {
      listener: 'nadie escucha en este puerto',
      filter: 'un filtro descarta los paquetes',
      route: 'no hay ninguna ruta al servidor',
    },
    off: 'el servidor está apagado',
    full: 'otro cliente ha ocupado el puerto',
    ping: (port) => `el ping al puerto ${port} está bloqueado`,
    noRule: 'ninguna regla nombra el puerto: así rechaza un filtro',
    explain: (fault, message) =>
      fault === 'listener'
        ? `«${message}»: volvió un RST, así que el servidor está en marcha y es alcanzable. Mira con \`ss -tln\` si alguien escucha.`
        : fault === 'filter'
          ? `«${message}»: no volvió nada, ni siquiera un rechazo. Un puerto cerrado habría respondido: mira los filtros del camino.`
          : `«${message}»: este mismo host o, como aquí, un router con ICMP no conoce camino a la dirección. El servidor no vio el SYN.`,
  },
  'rf-who-refused': {
    stem: (port, protocol) =>
      `Se rechaza una sonda a ${port}/${protocol}; luego se llama al puerto abierto 443 del mismo host. ¿Quién rechazó la sonda?`,
    host: 'el host: nadie escucha allí',
    filter: 'un filtro de delante, por una regla',
    down: 'nadie: el host está caído',
    busy: 'el programa de allí: está ocupado',
    explain: (byHost, icmp, protocol, source, ttl, hostTtl) =>
      byHost
        ? protocol === 'udp'
          ? `TTL ${ttl}, como la otra respuesta del host, y desde su propia dirección: el host comunica su puerto UDP cerrado con ICMP de puerto inalcanzable.`
          : `TTL ${ttl}, como la otra respuesta del host: este RST es suyo. Un puerto TCP cerrado responde.`
        : icmp
          ? `El origen \`${source}\` no es el host: respondió un equipo de delante con ICMP, como hace una regla reject.`
          : `TTL ${ttl}, pero la respuesta propia del host llega con ${hostTtl}: un equipo de delante envió este RST en su nombre, como hace \`reject with tcp reset\`.`,
  },
}
