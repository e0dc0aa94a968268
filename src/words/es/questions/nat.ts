import type { QuestionWords } from '../../questions'

export const nat: QuestionWords['nat'] = {
  facts: { public: 'Dirección pública' },
  'nt-out': {
    stem: 'Este paquete sale de la red de casa por el router, que hace enmascaramiento. ¿Cómo se ve fuera?',
    otherPort: (address, port) => `tcp ${address}, desde un puerto distinto de ${port}; lo demás, igual`,
    kept: (address, port) =>
      `La dirección de origen pasa a ser ${address}. El puerto de origen ${port} se mantiene, porque ningún otro flujo hacia este servidor lo usa; el destino nunca cambia.`,
    taken: (address, port) =>
      `La dirección de origen pasa a ser ${address}. Otro host de dentro ya tiene el puerto ${port} hacia este servidor, así que el router toma otro número: si no, las respuestas no se distinguirían.`,
  },
  'nt-in': {
    stem: 'Llega un paquete a la dirección pública. ¿Quién lo recibe?',
    to: (end) => `${end}, dentro`,
    local: 'ninguno de dentro: es para el propio router',
    all: 'todos los hosts de dentro: comparten la dirección',
    finds: 'el host de dentro que escucha en ese puerto',
    mapped: (seen, inside) =>
      `El puerto de destino nombra la traducción: \`${seen}\` con este extremo remoto es de \`${inside}\`, y ese par se pone como destino.`,
    unmapped: (seen, from) =>
      `El puerto de destino tiene una traducción, pero para otro extremo remoto: desde \`${seen}\` nunca se llamó a \`${from}\`, así que el paquete es para el propio router.`,
  },
  'nt-forward': {
    stem: (to) =>
      `Llega el SYN de un desconocido. ¿Qué llega a \`${to.split(':')[0]}\`, y de dónde parece venir la respuesta?`,
    both: (tuple, from) => `${tuple}; respuesta desde ${from}`,
    nothing: 'no le llega nada, y ningún host de dentro responde',
    explain: (door, to) =>
      `La regla reescribe el destino \`${door}\` como \`${to}\`, puerto incluido. A la vuelta se deshace, y al desconocido le responde \`${door}\`.`,
    explainNothing: (called, forwarded) =>
      `Puerto de destino ${called}: la regla nombra ${forwarded}, el número de fuera, y ${called} es el de dentro. Ninguna regla coincide, así que el paquete es para el propio router.`,
  },
  'nt-unsolicited': {
    stem: (host, port) =>
      `\`${host}\`, detrás de este router, escucha en ${port}. Llega al router el SYN de un desconocido. ¿Qué pasa con él?`,
    host: (address) => `llega a ${address}`,
    all: 'llega a todos los hosts de dentro',
    local: 'no llega a ningún host de dentro',
    forwarded: (port, host) =>
      `El puerto de destino ${port} tiene un reenvío, y ese nombra a \`${host}\`. Quién más escucha dentro en ese número no importa.`,
    explain: (port) =>
      `El puerto de destino ${port} no tiene traducción ni reenvío. El router no puede adivinar qué host se busca: el paquete es para él mismo.`,
    otherRemote: (port) =>
      `El puerto de destino ${port} tiene traducción, pero para otro extremo remoto. Una traducción recuerda para quién se hizo: este paquete es para el propio router.`,
  },
  'nt-hairpin': {
    stem: (pc, door) =>
      `\`${pc}\`, dentro, abre \`${door}\`, que se reenvía a un vecino de dentro. ¿Qué hace con la respuesta?`,
    takes: 'la acepta: la ventana coincide',
    rightServer: 'la acepta: viene del servidor correcto',
    notServer: 'envía RST: el router no es el servidor',
    never: 'nunca recibe una: la NAT descarta su propia dirección',
    resets: (end) => `envía RST: ninguna ventana tiene ${end}`,
    restored: (door) =>
      `El origen de la respuesta vuelve a ser \`${door}\`: el servidor vio la dirección del router y respondió allí, así que ambas reescrituras se deshicieron.`,
    explain: (door, seen) =>
      `El origen de la respuesta es \`${seen}\`, pero la etiqueta de la ventana es \`${door}\`. El servidor vio la dirección del propio equipo y respondió sin pasar por el router.`,
  },
  'ps-nat-crowd': {
    stem: (people, address) =>
      `Una oficina de ${people} personas aparece como \`${address}\`. ¿Adónde va este segmento?`,
    cannotTell: 'no se puede saber: todos tienen la misma dirección',
    explain: (address, port) =>
      `El puerto de origen ${port} marca la diferencia: detrás de una NAT la dirección de origen \`${address}\` es igual para todos.`,
  },
  'nt-same-public-port': {
    stem: (from) => `\`${from}\` llama hacia fuera con un puerto de origen que un vecino ya usa. ¿Qué hace el router?`,
    keeps: (port) => `deja el puerto de origen ${port} a los dos`,
    other: 'le da otro puerto de origen',
    refused: 'lo rechaza: el puerto público está ocupado',
    service: (port) => `lo envía desde el puerto ${port}, el del servicio`,
    free: (port, remote) =>
      `Cuenta el par entero, no el puerto: hacia \`${remote}\` nadie usa aún ${port}, así que dos flujos pueden compartirlo.`,
    clash: (port, remote) =>
      `Cuenta el par entero: un flujo hacia \`${remote}\` ya tiene ${port}, y dos pares iguales no se distinguirían a la vuelta.`,
  },
  'nt-forward-is-open': {
    stem: (web, desk) =>
      `Dentro, \`${web}\` es una página web y \`${desk}\` un escritorio remoto. El router no tiene filtro. ¿A cuáles llega un desconocido?`,
    explain: (port) =>
      `Un reenvío es una puerta abierta: lo que su regla nombra (aquí ${port}) entra desde cualquiera. Lo que no tiene reenvío termina en el router, también los puertos traducidos de otros flujos.`,
  },
}
