import type { SocketState } from '../../../net/socket'
import type { ServerCall } from '../../../net/server-calls'
import type { QuestionWords } from '../../questions'
import { number } from '../number'

const list = (numbers: readonly number[]): string => new Intl.ListFormat('es').format(numbers.map(String))

const gives: Readonly<Record<ServerCall, (port: number) => string>> = {
  socket: () => 'un socket sin puerto',
  bind: (port) => `el puerto ${port} para este socket`,
  listen: () => 'el farol se enciende: LISTEN, se aceptan SYN',
  accept: () => 'un segundo socket, conectado: ESTAB',
  recv: () => 'bytes del socket conectado',
  recvfrom: () => 'un datagrama y quién lo envió',
}

const stages: Readonly<Partial<Record<SocketState | 'CLOSED', string>>> = {
  'SYN-RECV':
    'Los flags: llegó un SYN y el servidor respondió SYN+ACK. La ventana (socket conectado) existe desde ahora, como `SYN-RECV`, hasta el último ACK. El socket en escucha sigue.',
  ESTAB:
    'Los flags: el último ACK completa el saludo. La conexión tiene su propio socket, `ESTAB`, en el mismo puerto local. El socket en escucha sigue a su lado.',
  'CLOSE-WAIT':
    'Los flags: el FIN del cliente llegó primero. El socket del servidor queda en `CLOSE-WAIT` hasta que su programa también cierre. El socket en escucha no cambia.',
  'FIN-WAIT-2':
    'Los flags: el FIN del servidor fue el primero y está confirmado. Su socket espera en `FIN-WAIT-2` el FIN del cliente. El socket en escucha no cambia.',
  'TIME-WAIT':
    'Los flags: los dos FIN están confirmados, y el del servidor fue el primero. `TIME-WAIT` queda en el extremo que cerró primero. El socket en escucha no cambia.',
  CLOSED:
    'Los flags: el FIN del cliente fue el primero, así que `TIME-WAIT` queda en el cliente. En el servidor este socket desaparece con el último ACK; el socket en escucha no cambió.',
}

export const sockets: QuestionWords['sockets'] = {
  'ps-which-window': {
    stem: 'Llega un segmento con datos. ¿Adónde va?',
    explain: (peer, door, found) =>
      found
        ? `La dirección y el puerto de origen juntos eligen entre las ventanas (sockets conectados) del puerto ${door}: esta es la de \`${peer}\`.`
        : `La dirección y el puerto de origen juntos eligen entre las ventanas (sockets conectados) del puerto ${door}. Ninguna tiene \`${peer}\`, y los datos no son un SYN: la respuesta es RST.`,
  },
  'ps-syn-or-data': {
    stem: 'Llega un segmento. ¿Adónde va?',
    freshPort: (local) => `a una ventana nueva en ${local} (socket conectado)`,
    explain: {
      listener: (peer, door) =>
        `Los flags: un SYN sin ACK pide una conexión nueva, y ninguna ventana tiene \`${peer}\`. El farol (socket en escucha) del puerto ${door} lo recibe y abre una.`,
      window: (peer, door) =>
        `Los flags: no es un SYN, así que es de una conexión. Lo recibe la ventana (socket conectado) del puerto ${door} que tiene \`${peer}\` al otro lado.`,
      stray: (peer, door) =>
        `Los flags: no es un SYN, así que el farol (socket en escucha) del puerto ${door} no lo recibe. Ninguna ventana tiene \`${peer}\`, y TCP responde RST.`,
    },
  },
  'ps-one-window-closes': {
    stem: 'La primera línea es un reset: termina su conexión en el acto. Después llega la segunda. ¿Adónde va?',
    stays: (peer) =>
      `La dirección y el puerto de origen nombran la ventana (socket conectado) de \`${peer}\`. El reset terminó una sola 5-tupla; el socket en escucha y las demás ventanas siguen.`,
    gone: (peer) =>
      `La dirección y el puerto de origen nombran \`${peer}\`, cuya ventana (socket conectado) ya no existe. Los datos no son un SYN: el socket en escucha no los recibe, y TCP responde RST.`,
  },
  'ps-lamp-goes-out': {
    stem: (program, door) =>
      `\`${program}\` cerró su socket en escucha del puerto ${door} y conserva sus conexiones abiertas. Ahora llegan dos segmentos: datos y después un SYN. ¿Qué pasa con cada uno?`,
    fates: {
      window: 'a su ventana',
      accepted: 'a una ventana nueva',
      rst: 'respuesta RST',
      silence: 'sin respuesta',
    },
    both: (data, syn) => `los datos: ${data}; el SYN: ${syn}`,
    explain: (peer, known) =>
      known
        ? `Los flags: un SYN necesita un socket en escucha, y no lo hay: RST. Los datos solo necesitan su ventana (socket conectado), y la de \`${peer}\` sigue abierta.`
        : `Los flags: un SYN necesita un socket en escucha, y no lo hay: RST. Los datos necesitan su ventana (socket conectado), y ninguna tiene \`${peer}\`: también RST.`,
  },
  'ps-restart': {
    stem: (program, asks) =>
      `El servidor se quedó sin corriente y ya arrancó de nuevo. \`${program}\` escucha como antes, y algunos clientes se conectaron otra vez. Un cliente antiguo ${asks ? 'llama de nuevo desde su puerto de origen de antes' : 'no notó nada y envía esto por su conexión de antes'}. ¿Adónde va?`,
    refused: (peer) =>
      `Los flags: no es un SYN, así que es de una conexión, y ninguna ventana (socket conectado) tiene ya \`${peer}\`. El socket en escucha solo recibe SYN: TCP responde RST, aunque el puerto esté abierto.`,
    taken: (peer) =>
      `Los flags: un SYN pide una conexión nueva. Ninguna ventana (socket conectado) tiene ya \`${peer}\`; nada se lo impide, y el socket en escucha lo recibe.`,
  },
  'ps-same-source-port': {
    stem: (source) =>
      `Todas estas llamadas vienen del puerto de origen ${source}. ¿Qué ventanas (sockets conectados) tiene el servidor cuando todos los saludos han terminado?`,
    outcomes: {
      each: (count) => (count === 1 ? '1 ventana, para una de las llamadas' : `${count} ventanas, una por llamada`),
      some: (count, door) =>
        `${count === 1 ? '1 ventana' : `${count} ventanas`} en el puerto ${door}; lo demás se rechaza`,
      shared: '1 ventana, compartida por todas',
      moved: (count, door) => `${count} ventanas: una en el puerto ${door}, las demás en puertos nuevos`,
      lamp: (door) => `ninguna: el farol del puerto ${door} recibe todos los datos`,
    },
    addresses: (source, callers) =>
      `La dirección de origen es parte de la 5-tupla, y es distinta. Con el puerto de origen ${source} son ${callers} extremos remotos: ${callers} ventanas (sockets conectados), todas en el puerto del socket en escucha.`,
    doors: (count) =>
      `El puerto de destino también es parte de la 5-tupla: un cliente tiene dos llamadas, que se distinguen en él. Así hay ${count} ventanas (sockets conectados).`,
    closed: (port, count) =>
      `Puerto de destino ${port}: allí no escucha nadie, y ese SYN recibe RST. Cada una de las otras llamadas tiene su propia 5-tupla y su propia ventana (socket conectado): ${count}.`,
  },
  'ps-count-windows': {
    stem: (program, door) =>
      `¿Cuántas conexiones establecidas tiene \`${program}\` en su puerto ${door} en este momento?`,
    explain: (door) =>
      `El estado y el puerto local: cuenta las líneas \`ESTAB\` con puerto local ${door}. \`LISTEN\` es el farol (socket en escucha), \`TIME-WAIT\` ya terminó, y ${door} a la derecha es una llamada a otro host.`,
  },
  'ps-count-ports': {
    stem: (clients, ports) =>
      `${number(clients)} clientes están conectados a este servidor, que escucha en ${ports.length === 1 ? 'el puerto' : 'los puertos'} ${list(ports)}. ¿Cuántos números de puerto del servidor ocupan todos estos sockets juntos?`,
    explain: (sockets, ports) =>
      `El puerto local de una conexión es el de su socket en escucha: ${number(sockets)} sockets, y del lado del servidor solo ${list(ports)}. \`accept()\` crea sockets, no puertos.`,
  },
  'ps-count-sockets': {
    tcp: (clients, program, door) =>
      `Así está \`${program}\` antes de que llame nadie. Ahora ${clients} clientes están conectados al puerto ${door}. ¿Cuántos sockets tiene allí, contando el que se ve?`,
    udp: (clients, program, door) =>
      `Este es \`${program}\`, que nunca llama a \`connect()\`. Ahora ${clients} clientes envían datagramas al puerto ${door} y reciben respuestas. ¿Cuántos sockets tiene allí?`,
    explainTcp: (clients) =>
      `El protocolo decide. TCP: cada cliente aceptado tiene su propio socket conectado, además del socket en escucha: ${clients} + 1.`,
    explainUdp:
      'El protocolo decide. UDP no tiene conexiones ni `accept()`: un solo socket sin conectar lee los datagramas de todos los clientes.',
  },
  'ps-max-from-one-address': {
    stem: (client, target) =>
      `Un cliente tiene una sola dirección, \`${client}\`, y su sistema elige cada puerto de origen según este ajuste. ¿Cuántas conexiones con \`${target}\` puede tener a la vez, como máximo?`,
    count: number,
    explain: (low, high) =>
      `El puerto de origen es lo único que aún puede variar: ${high} − ${low} + 1 números. Una segunda dirección del cliente, o un segundo puerto del servidor, lo duplica.`,
  },
  'ps-server-limit': {
    stem: (local) =>
      `Unos clientes se conectan a \`${local}\`, y al servidor le sobra memoria. ¿Cuántas de estas conexiones pueden estar abiertas a la vez, como máximo?`,
    facts: {
      addresses: 'Direcciones de clientes que ve el servidor',
      behind: (computers) => `1 (una NAT con ${computers} equipos detrás)`,
      ports: 'Puertos de origen que usa cada dirección',
      each: 'Cuántos puertos de origen son',
    },
    count: number,
    explain: (addresses, each, total) =>
      `La dirección y el puerto del cliente forman el par que cuenta: ${number(addresses)} × ${number(each)} = ${number(total)} 5-tuplas distintas, todas en un puerto del servidor.`,
  },
  'ps-count-conversations': {
    stem: (local) =>
      `Una captura en \`${local}\`. ¿Cuántas conversaciones hay en estas líneas, si los dos sentidos de una cuentan juntos?`,
    explain:
      'El protocolo, las dos direcciones y los dos puertos forman una clave. Con los dos extremos intercambiados es la vuelta de la misma conversación; otro campo distinto hace otra.',
  },
  'ps-local-port-after-accept': {
    stem: (peer) =>
      `El saludo con \`${peer}\` está completo, y el servidor aceptó la conexión. ¿Qué línea nueva muestra allí \`ss -tan\`?`,
    explain: (door, peer) =>
      `El puerto local sigue siendo ${door}: \`accept()\` crea un socket nuevo con el puerto del socket en escucha. Lo que lo distingue de otros es su otro extremo, \`${peer}\`.`,
  },
  'ps-lamps-or-windows': {
    stem: '¿Cuáles de estos sockets son faroles: cuáles esperan a quien llegue, sea quien sea?',
    explain:
      'El estado y el otro extremo deciden. `LISTEN` (TCP) o `UNCONN` (UDP) con `0.0.0.0:*` al otro lado espera a cualquiera; una línea con otro extremo es una conversación, viva o terminada.',
  },
  'ps-vocabulary': {
    stem: 'Une cada cosa con lo que la muestra. Dos sobran.',
    terms: {
      port: 'el puerto de un servicio',
      ephemeral: 'un puerto efímero de un cliente',
      listener: 'un socket en escucha',
      connected: 'un socket conectado',
      connection: 'una conexión, con sus dos extremos',
      service: 'el nombre registrado de un servicio',
    },
    explain:
      'El protocolo, la dirección, el puerto y el estado juntos hacen un socket; un número solo es un puerto. Dos sockets conectados que se reflejan son los extremos de una conexión.',
  },
  'ps-call-order': {
    stem: (protocol, door) =>
      `Un servidor ${protocol} va a atender en el puerto ${door}. Ordena sus llamadas hasta los primeros bytes de un cliente. Deja fuera lo que no le sirve.`,
    gives,
    explainTcp:
      '`bind()` da al socket su puerto, `listen()` enciende el farol (socket en escucha), `accept()` da un segundo socket para un cliente, y solo ese tiene bytes que leer.',
    explainUdp:
      '`bind()` da al socket su puerto, y enseguida se leen de él datagramas. UDP no tiene conexiones: no hay nada que escuchar ni que aceptar.',
  },
  'ps-other-end': {
    stem: 'Esta es una conexión en el tablón del cliente. ¿Qué línea es la misma conexión en el tablón del servidor?',
    explain:
      'El extremo local y el otro cambian de lugar: cada host muestra primero su dirección y su puerto. Los dos pares siguen enteros, dirección con puerto.',
  },
  'ps-accept-trace': {
    stem: (door) =>
      `Estos son todos los segmentos entre un servidor, que escucha en el puerto ${door}, y un cliente. ¿Qué muestra \`ss -tan\` en el servidor sobre el puerto ${door} justo después del último?`,
    both: (lines) => lines.join(' y '),
    only: (line) => `solo ${line}`,
    nothing: 'nada',
    explain: stages,
  },
  'ps-same-conversation': {
    stem: '¿Cuál de estas cabeceras es de la misma conversación que este paquete?',
    explain: (client, local) =>
      `El protocolo, las direcciones y los puertos: la conversación es TCP entre \`${client}\` y \`${local}\`. La vuelta lleva los dos extremos intercambiados, cada uno con su puerto.`,
  },
  'ps-which-change': {
    stem: 'Este segmento es de una conexión abierta. ¿Cuáles de estos cambios, cada uno por sí solo, lo sacarían de esa conexión?',
    sourcePort: (port) => `puerto de origen ${port}`,
    source: (address) => `dirección de origen ${address}`,
    protocol: 'protocolo UDP, con los mismos puertos',
    destination: (address) => `dirección de destino ${address}, también del servidor`,
    destinationPort: (port) => `puerto de destino ${port}`,
    exchanged: (from, to) => `los dos extremos intercambiados: de ${from} a ${to}`,
    flags: 'los flags `[F.]` en lugar de `[P.]`',
    explain:
      'Cinco campos forman la clave: protocolo, dirección y puerto de origen, dirección y puerto de destino. Los flags no están entre ellos, y con los extremos intercambiados es la misma conversación.',
  },
  'ps-reuseport': {
    stem: (workers, door, clients) =>
      `${workers} procesos arrancan uno tras otro. Cada uno asocia \`0.0.0.0:${door}\` y escucha. Después se conectan ${number(clients)} clientes. ¿Qué reciben los procesos?`,
    facts: { first: 'Opción del primer proceso', others: 'Opción de los demás', users: 'Los ejecuta' },
    none: 'ninguna',
    users: { same: 'un mismo usuario', own: 'un usuario distinto cada uno' },
    shared: (each) => `cada uno recibe unas ${number(each)}: cada cliente está con un solo proceso`,
    copies: (clients) => `cada uno recibe las ${number(clients)}: una copia para cada proceso`,
    last: (clients) => `el último en arrancar recibe las ${number(clients)}, los demás ninguna`,
    first: (clients) => `el primero recibe las ${number(clients)}, los demás no pueden arrancar`,
    busy: 'una conexión cada vez; los demás clientes esperan',
    moved: (each) => `cada uno recibe unas ${number(each)}, en un puerto propio`,
    explain: (workers) =>
      `Todos activan \`SO_REUSEPORT\`, con un mismo usuario: ${workers} sockets en escucha comparten el puerto. El kernel elige uno de ellos para cada SYN, con un hash de sus direcciones y puertos.`,
    explainFirst: {
      option: (option) =>
        `Opción del primer proceso, ${option}: un puerto solo se comparte si todos sus sockets activan \`SO_REUSEPORT\`. Los demás reciben «Address already in use».`,
      address:
        '`SO_REUSEADDR` no es `SO_REUSEPORT`: no deja que dos sockets TCP escuchen en la misma dirección y puerto. Todos menos el primero reciben «Address already in use».',
      user: 'Decide el usuario: `SO_REUSEPORT` solo comparte un puerto entre sockets de un mismo usuario, para que nadie se quede con conexiones ajenas. Los demás reciben «Address already in use».',
    },
  },
}
