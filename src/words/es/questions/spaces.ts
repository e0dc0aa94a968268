import type { QuestionWords } from '../../questions'
import { number } from '../number'

export const spaces: QuestionWords['spaces'] = {
  'sp-two-doors': {
    stem: (protocol) =>
      protocol === 'tcp' ? 'Llega este SYN. ¿Qué pasa con él?' : 'Llega este datagrama. ¿Qué pasa con él?',
    both: 'a los dos programas que tienen este número',
    explain: (protocol, port, lit) =>
      lit
        ? `Primero cuenta el protocolo y después el puerto: \`${port}/tcp\` y \`${port}/udp\` son dos puertas, y este paquete es para \`${port}/${protocol}\`.`
        : `Primero cuenta el protocolo y después el puerto: nadie escucha en \`${port}/${protocol}\`. El socket en escucha del otro protocolo, con el mismo número, no cuenta.`,
  },
  'sp-second-program': {
    stem: (program, port) =>
      `En este host root arranca \`${program}\`, que pide el puerto \`${port}\` en \`0.0.0.0\`, sin opciones de socket. ¿Qué dice el kernel?`,
    options: {
      granted: 'concedido: recibe el puerto para sí solo',
      copies: 'concedido: los dos programas reciben cada paquete',
      next: 'concedido: pero recibe el siguiente puerto libre',
    },
    refused: (error) => `rechazado: ${error}`,
    explain: (there, wanted, granted) =>
      granted
        ? `La diferencia está en el protocolo: \`${there}\` está ocupado, pero \`${wanted}\` es otro espacio de puertos, y allí el número está libre.`
        : `Protocolo, dirección y puerto juntos deben estar libres, y \`${wanted}\` está ocupado en la misma dirección. Sin una opción de socket que lo comparta, un puerto tiene un solo dueño.`,
  },
  'sp-ping': {
    stem: 'Este paquete llega al host que tiene estos sockets en escucha. ¿Qué pasa con él?',
    explain: {
      'echo request':
        'El protocolo es ICMP: su cabecera tiene un tipo y un código donde TCP y UDP tienen puertos. No se pregunta a ningún socket; a una petición de eco responde el propio kernel.',
      'SYN to 7':
        'El protocolo es TCP, así que cuenta el puerto 7, y nadie escucha en 7/tcp: RST. Que su servicio se llame echo no lo convierte en un ping; ping es ICMP y no tiene puerto.',
      'datagram to 7':
        'El protocolo es UDP, así que cuenta el puerto 7, y nadie espera en 7/udp. Que su servicio se llame echo no lo convierte en un ping; ping es ICMP y no tiene puerto.',
    },
  },
  'sp-ping-proves': {
    stem: (address) => `Alguien prueba \`${address}\` y se ve esto. ¿Qué se sabe entonces con certeza?`,
    answers: (address) => `Un host responde en la dirección ${address}.`,
    service: (port) => `Un programa escucha en el puerto TCP ${port} de este host.`,
    reachable: (port) => `Una conexión al puerto TCP ${port} funcionaría desde aquí.`,
    echo: 'El puerto 7 (echo) de este host está abierto.',
    ping: 'Este host respondería a un ping desde aquí.',
    udp: (port, open) =>
      open
        ? `También espera un programa en el puerto UDP ${port}.`
        : `En el puerto UDP ${port} no espera ningún programa.`,
    down: (address) => `No hay ningún host activo en la dirección ${address}.`,
    all: 'Desde aquí se llega a todos los sockets en escucha de este host.',
    explain: (port) =>
      `El protocolo es ICMP, que no tiene puertos: responde el propio kernel. Si alguien escucha en el ${port}, o si un filtro te dejaría llegar a él, la respuesta no lo dice.`,
    explainAccepted: (port) =>
      `Los flags [S.] solo vienen de un socket en escucha: algún programa espera en el puerto TCP ${port}. Si se responde a un ping, a UDP o en otro puerto, no lo dicen.`,
    explainRefused: (port) =>
      `Los flags [R.] son una respuesta: algo en esta dirección está activo y rechaza el puerto TCP ${port}. Del ping, de UDP y de otros puertos no dicen nada.`,
  },
  'sp-quic': {
    stem: 'Un navegador intenta pedir una página por HTTP/3 (QUIC) y envía primero este paquete. ¿Qué pasa con él? ¿Se carga la página?',
    what: {
      lamp: 'llega al socket en escucha de 443/udp',
      tcpLamp: 'llega al socket en escucha de 443/tcp',
      silence: 'se descarta sin respuesta',
      unreachable: 'se responde con ICMP de puerto inalcanzable',
      rst: 'se rechaza con RST',
    },
    load: { udp: 'la página se carga por UDP', tcp: 'la página se carga por TCP', none: 'la página no se carga' },
    option: (what, load) => `${what}; ${load}`,
    explain: {
      lamp: 'El protocolo UDP y el puerto 443 tienen aquí su propia regla y su propio socket en escucha, así que QUIC funciona.',
      silence:
        'Protocolo UDP: ninguna regla `tcp dport` coincide con él, así que la política lo descarta. Un navegador que no recibe nada por QUIC recurre a TCP, que pasa.',
      unreachable:
        'Protocolo UDP: la regla lo deja pasar, pero nadie escucha en 443/udp, y el kernel lo dice por ICMP. El navegador recurre a TCP.',
    },
  },
  'sp-dns-long-answer': {
    stem: 'Un cliente DNS (resolver) pregunta a un servidor. La barra `|` de la respuesta es el bit TC: la respuesta no cabía y quedó cortada. ¿Qué viene después?',
    options: {
      whole: 'un SYN a 53/tcp y después la respuesta entera por TCP',
      silence: 'un SYN a 53/tcp, que se descarta sin respuesta',
      rst: 'un SYN a 53/tcp, que se rechaza con RST',
      rest: 'un segundo datagrama desde 53/udp con el resto de la respuesta',
      again: 'la misma consulta a 53/udp, hasta que quepa la respuesta',
    },
    explain: {
      whole:
        'El bit TC manda al cliente a TCP: 53/tcp tiene aquí su propia regla y su propio socket en escucha. DNS necesita ambos protocolos.',
      silence:
        'El bit TC manda al cliente a TCP, pero solo `udp dport 53` tiene una regla; la política descarta el SYN. DNS necesita ambos protocolos.',
      rst: 'El bit TC manda al cliente a TCP y la regla deja pasar su SYN, pero nadie escucha en 53/tcp. DNS necesita ambos protocolos.',
    },
  },
  'sp-how-many-doors': {
    stem: 'Un host tiene estas direcciones. ¿En cuántas combinaciones de protocolo (TCP o UDP), una de estas direcciones y puerto pueden escuchar sus programas? El puerto 0 no cuenta.',
    addresses: 'Direcciones',
    explain: (addresses, ports, doors) =>
      `Cada dirección tiene un juego completo de puertos para cada protocolo: ${addresses} × 2 × ${number(ports)} = ${number(doors)}.`,
  },
}
