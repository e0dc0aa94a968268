import type { QuestionWords } from '../../questions'

export const binding: QuestionWords['binding'] = {
  facts: {
    addresses: 'Direcciones del host',
    asks: (program) => `${program} pide`,
    of: (what, program) => `${what} de ${program}`,
    user: 'Usuario',
  },
  'bn-which-lamp': {
    stem: 'Llega un SYN a un host con dos direcciones. No hay ningún filtro delante. ¿Qué ocurre con él?',
    explain: (target, port, wide, taken) =>
      taken
        ? wide
          ? `Dirección de destino \`${target}\`: el farol (socket en escucha) de \`0.0.0.0:${port}\` cubre todas las direcciones IPv4 del host, así que recibe el SYN.`
          : `Dirección de destino \`${target}\`: solo recibe el SYN el socket en escucha asociado justo a esta dirección. El mismo puerto en otra dirección es otro lugar.`
        : `Dirección de destino \`${target}\`: ningún socket en escucha del puerto ${port} está asociado a ella ni a \`0.0.0.0\`. Para esta dirección el puerto está cerrado: vuelve RST.`,
  },
  'bn-loopback': {
    outside: (target) => `Desde otro host alguien se conecta a \`${target}\`. El filtro lo deja pasar todo. ¿Qué pasa?`,
    here: (target) => `Un programa del mismo host se conecta a \`${target}\`. El filtro lo deja pasar todo. ¿Qué pasa?`,
    explain: (bind, target, taken) =>
      taken
        ? `La dirección local \`${bind}\` significa todas las direcciones IPv4 del host: también recibe lo que se envía a \`${target}\`.`
        : `Dirección local \`${bind}\`, destino \`${target}\`: un socket en escucha recibe solo lo enviado a su dirección o, en \`0.0.0.0\`, a cualquiera. Esta es otra, y el kernel rechaza con RST.`,
  },
  'bn-can-bind': {
    stem: (program) => `\`${program}\` arranca ahora y pide su puerto al kernel. ¿Qué dice el kernel?`,
    granted: 'concedido: los dos programas escuchan',
    refused: (error) => `rechazado: ${error}`,
    takesOver: 'concedido: el primero ya no recibe nada',
    copies: 'concedido: los dos reciben copia de lo que llega',
    explain: (rivalry, granted, otherUser) => {
      switch (rivalry) {
        case 'wildcard':
          return 'La dirección: `0.0.0.0` cubre todas las direcciones IPv4, también la del otro programa. Con el mismo protocolo y puerto se solapan, y el kernel rechaza.'
        case 'addresses':
          return 'La dirección: dos direcciones distintas de un host no se solapan, así que cada una puede tener su propio socket en escucha en el mismo número.'
        case 'protocols':
          return 'El protocolo: TCP y UDP tienen espacios de puertos separados. El mismo número en cada uno es otro puerto, y cada programa recibe el suyo.'
        case 'families':
          return granted
            ? '`IPV6_V6ONLY` está activado: el socket en `::` no recibe IPv4 y deja libre el puerto IPv4 para el otro programa.'
            : '`IPV6_V6ONLY` está desactivado: el socket en `::` también recibe IPv4 y se solapa con la dirección IPv4 del otro programa.'
        default:
          return granted
            ? 'SO_REUSEPORT lo activan los dos, con el mismo usuario: comparten el puerto, y cada conexión o datagrama va a uno solo de ellos.'
            : otherUser
              ? 'SO_REUSEPORT lo activan los dos, pero con usuarios distintos. El kernel reparte un puerto solo entre sockets de un mismo usuario.'
              : 'SO_REUSEPORT tienen que activarlo los dos sockets. Uno no lo ha hecho, así que el puerto se queda con el primero.'
      }
    },
  },
  'bn-dual-stack': {
    stem: (target) => `Llega un SYN para \`${target}\`. ¿Qué ocurre, y cómo mostrará \`ss\` el otro extremo?`,
    accepted: (peer) => `aceptado; \`ss\` muestra el otro extremo como ${peer}`,
    explain: (bind, taken, peer) =>
      bind === '::'
        ? taken
          ? `\`IPV6_V6ONLY\` está desactivado: el socket en \`::\` también recibe IPv4. Ve el extremo IPv4 en forma mapeada, ${peer}.`
          : '`IPV6_V6ONLY` está activado: el socket en `::` solo recibe IPv6. Nadie escucha para IPv4, así que vuelve RST.'
        : taken
          ? `La dirección local \`0.0.0.0\` cubre todas las direcciones IPv4 del host. Un socket IPv4 muestra el otro extremo tal cual, ${peer}.`
          : 'La dirección local `0.0.0.0` solo cubre IPv4. Nadie escucha para IPv6, así que vuelve RST.',
  },
  'bn-time-wait': {
    stem: (program, port) =>
      `\`${program}\` no activa SO_REUSEADDR. Arranca de nuevo y pide \`0.0.0.0:${port}\`: «Address already in use». ¿Qué ocupa el puerto?`,
    timeWait: 'restos de conexiones antiguas, en TIME-WAIT',
    listener: (rival, place) => `el socket en escucha de ${rival} en ${place}`,
    hidden: 'un proceso que ss no muestra',
    filter: (port) => `el filtro: ninguna regla permite ${port}`,
    client: 'un cliente que sigue conectado',
    notV6: 'otra cosa: la línea con * es solo IPv6',
    notLocal: (local, any) => `otra cosa: ${local} no estorba a ${any}`,
    explain: (leftOver, cause, rival, port) =>
      leftOver
        ? `Estado TIME-WAIT: estas conexiones están cerradas y ningún proceso las tiene. Ocupan el puerto ${port} cerca de un minuto; un servidor que activa SO_REUSEADDR puede arrancar enseguida.`
        : cause === 'dual-stack'
          ? `Estado LISTEN en \`*:${port}\`: el socket de ${rival} en \`::\` también recibe IPv4 y se solapa con \`0.0.0.0:${port}\`.`
          : cause === 'narrower'
            ? `Estado LISTEN en \`127.0.0.1:${port}\`: el comodín \`0.0.0.0\` incluye esta dirección, y ${rival} ya la tiene.`
            : `Estado LISTEN: ${rival} tiene de verdad el puerto ${port}. Uno de los dos debe tomar otro puerto u otra dirección.`,
  },
  'bn-privileged': {
    stem: (host, user, program, port) =>
      `En el host \`${host}\`, el usuario \`${user}\`, sin derechos especiales, arranca \`${program}\` en el puerto ${port}. ¿Qué dice el kernel?`,
    listening: (address) => `Escucha en ${address}`,
    nothing: 'nada',
    granted: 'concedido',
    refused: (error) => `rechazado: ${error}`,
    elsewhere: 'concedido, pero en otro puerto libre',
    explain: (port, start, granted) =>
      granted
        ? `\`ip_unprivileged_port_start\` es ${start}: desde ahí puede asociar cualquier usuario, así que ${port} se concede. El ajuste es propio de este host.`
        : `\`ip_unprivileged_port_start\` es ${start}: el puerto ${port} queda por debajo y el proceso necesita CAP_NET_BIND_SERVICE, que este usuario no tiene.`,
  },
  'bn-any-port': {
    stem: (place) =>
      `Un servidor de pruebas se asocia a \`${place}\`. ¿Qué puerto puede indicar después \`getsockname()\`?`,
    error: 'ninguno: bind falla',
    explain: (low, high) =>
      `\`ip_local_port_range\` decide: el puerto 0 en \`bind()\` pide al kernel que elija, y este toma un puerto libre de ${low} a ${high}.`,
  },
  'bn-where-from': {
    stem: (port) =>
      `No hay ningún filtro delante de este host. ¿Desde dónde se alcanza el socket en escucha del puerto ${port}? Elige todas.`,
    internet: (address) => `desde internet, en ${address}`,
    office: (address) => `desde la red de la oficina, en ${address}`,
    host: (address) => `desde el propio host, en ${address}`,
    udp: (address) => `desde internet con UDP, en ${address}`,
    explain: (bind, address) =>
      bind === '0.0.0.0'
        ? 'La dirección local `0.0.0.0` cubre todas las direcciones IPv4 del host, también loopback. Es la elección más amplia. UDP es otro espacio de puertos.'
        : bind === '::'
          ? 'La dirección local `*` es `::` sin IPV6_V6ONLY: cubre todas las direcciones del host, también IPv4. UDP es otro espacio de puertos.'
          : bind === '127.0.0.1'
            ? 'Dirección local `127.0.0.1`: solo se recibe lo enviado a esta dirección, y esos paquetes vienen del propio host.'
            : `Dirección local \`${address}\`: solo se recibe lo enviado justo a esta dirección. Las demás direcciones del host no cuentan.`,
  },
}
