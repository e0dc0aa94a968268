import type { QuestionWords } from '../../questions'

/** `a, b y c`. */
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} y ${items.at(-1)}`

export const exposure: QuestionWords['exposure'] = {
  facts: {
    server: 'Servidor',
    job: 'Este host atiende a desconocidos con',
    listed: (port) => `¿Está ${port} entre los 1000 puertos comunes de nmap?`,
  },
  'wk-watch-list': {
    stem: 'Así se ve este host desde internet. ¿A cuáles de estas puertas no debería poder llegar un desconocido?',
    job: 'web, correo y los nombres de su propio dominio',
    explain: (ports) =>
      `El puerto de cada servicio dice qué suele haber detrás: ${list(ports)} dan datos o control a quien llame, y los desconocidos no tienen nada que hacer allí.`,
  },
  'ex-who-is-reachable': {
    stem: (address) =>
      `La interfaz hacia internet tiene la dirección \`${address}\`. ¿A cuáles puede llegar un desconocido (IPv4)?`,
    loopback: (program) =>
      `La dirección asociada de \`${program}\` es 127.0.0.1: ninguna regla lleva hasta allí a nadie de fuera. Se alcanza lo que escucha en una dirección de este lado y lo que las reglas dejan pasar.`,
    private: (program, address) =>
      `La dirección asociada de \`${program}\` es \`${address}\`, de otro lado. Se alcanza lo que escucha en una dirección a la que se puede llamar desde fuera y lo que las reglas dejan pasar.`,
    filtered: (program) =>
      `El socket en escucha de \`${program}\` espera en una dirección de este lado, pero la cadena no deja pasar a los desconocidos. Hacen falta ambas cosas, con el mismo protocolo y puerto.`,
    all: 'Las reglas y la dirección asociada deben dejar entrar a los desconocidos, con el mismo protocolo y puerto. Un puerto permitido donde nadie escucha sigue cerrado.',
  },
  'ex-close-doors': {
    stem: 'Delante de este host no hay ningún filtro. ¿Qué faroles (sockets en escucha) apagas, pasas a 127.0.0.1 o restringes?',
    jobs: {
      shop: 'una tienda web, con HTTP/3',
      mail: 'correo (retransmisión, envío, IMAP)',
      dns: 'DNS de su propio dominio',
    },
    explain: (ports) =>
      `La dirección asociada deja entrar a cualquiera por ${list(ports)}, y el trabajo no necesita ninguna. Lo necesario se queda, y lo que está en 127.0.0.1 ya no se alcanza.`,
  },
  'ex-moved-ssh': {
    stem: (port, command) =>
      `La administradora pasó sshd del 22 al ${port}. Un desconocido ejecuta \`${command}\`. ¿Qué averigua sobre ${port}?`,
    notAsked: 'nada: este escaneo no pregunta allí',
    openAndSsh: 'que está abierto y que habla SSH',
    open: 'que está abierto, pero no qué hay allí',
    client: 'que es el puerto de un cliente',
    off: 'que SSH se ha desactivado',
    closed: 'que está cerrado',
    found: (port) =>
      `Al puerto ${port} se le preguntó y respondió, y con \`-sV\` nmap además leyó el banner. Un escaneo de todos los puertos encuentra un servicio mudado igual que uno en su número habitual.`,
    justOpen: (port) =>
      `El puerto ${port} está entre los que pregunta este escaneo, y respondió. Sin \`-sV\` el escaneo no habla con el programa.`,
    missed: (port) =>
      `El puerto ${port} no está entre los que pregunta este escaneo. Es pura suerte: con una opción más, \`-p-\`, aparece.`,
  },
  'ex-what-still-helps': {
    stem: (port, service) =>
      `Tras la puerta \`${port}\`, que debe seguir abierta, hay ${service}. ¿Qué medidas protegen ese servicio?`,
    services: {
      web: 'una aplicación web para el público',
      ssh: 'sshd para tres administradores',
      mail: 'el envío de correo para todo el personal',
    },
    measures: {
      patch: 'instalar los parches del programa',
      tls: 'TLS con un certificado válido',
      keys: 'claves en lugar de contraseñas',
      second: 'un segundo factor al iniciar sesión',
      limit: 'limitar los intentos de inicio de sesión',
      sources: 'una regla que solo deje pasar la red de los administradores',
      move: 'mudarlo a un número poco habitual',
      others: 'cerrar todos los demás puertos del host',
      ping: 'descartar los pings',
      trust: 'confiar en el número estándar',
    },
    explain: (door) =>
      `La puerta \`${door}\` sigue abierta, así que debe resistir lo que hay detrás: parches, cifrado, inicio de sesión y quién puede llamar. Ni su número ni las otras puertas cambian nada ahí.`,
  },
  'ex-443-proof': {
    stem: (address) => `Esto es todo lo que mostró un escaneo de \`${address}\`. ¿Qué afirmación demuestra?`,
    open: 'algo acepta conexiones en 443/tcp',
    named: (version) => `algo en 443/tcp dice ser ${version}`,
    closed: 'algo rechaza conexiones a 443/tcp',
    filtered: 'nada sobre un programa: no llegó respuesta',
    safe: 'lo que hay allí va cifrado, y por eso es seguro',
    clients: 'solo entran clientes con certificado',
    http3: 'allí también hay HTTP/3 (443/udp)',
    others: 'el host es seguro: sus otros puertos están cerrados',
    down: 'el host está apagado',
    dropped: 'un filtro descarta lo que se envía a 443/tcp',
    nobody: 'nadie escucha en 443/tcp',
    noHttp3: 'tampoco hay HTTP/3 (443/udp)',
    openWhy: 'El estado open dice que a un SYN se respondió con SYN y ACK. No dice qué programa es ni si es seguro.',
    namedWhy:
      'El estado open dice que se respondió a un SYN; la columna VERSION, lo que el programa dice de sí mismo. Ninguno dice que sea cierto ni que sea seguro.',
    closedWhy:
      'El estado closed significa que volvió un reset: algo está en marcha y rechaza. Vale solo para TCP 443; a UDP 443 no se le preguntó.',
    filteredWhy:
      'El estado filtered significa que no llegó respuesta, o un error ICMP. Un filtro en el camino o una pérdida: no se vio si alguien escucha detrás.',
  },
  'ex-surface-change': {
    stem: (action, port) => `${action} ¿Qué muestra para \`${port}\` el próximo escaneo desde fuera?`,
    stop: 'Detienes el programa.',
    drop: 'Añades una regla que descarta las llamadas a este puerto.',
    reset: 'Añades una regla que rechaza las llamadas a este puerto con un reset TCP.',
    unreachable: 'Añades una regla que rechaza las llamadas a este puerto con ICMP de puerto inalcanzable.',
    loopback: 'Asocias el programa a 127.0.0.1.',
    move: (port) => `Pasas el programa al ${port}.`,
    password: 'Pones una buena contraseña en el programa.',
    sources: 'Dejas pasar una sola red privada y descartas el resto.',
    open: 'El estado sigue siendo open: al SYN se responde igual. La contraseña la pide después el programa, y un escaneo de puertos no ve nada de eso.',
    closed: (reason) =>
      `El motivo es \`${reason}\`: volvió un reset, y eso es closed. Si allí no escucha nadie o si lo envió una regla, el escaneo no lo puede ver.`,
    filtered: (reason) =>
      `El motivo es \`${reason}\`: no volvió ni SYN-ACK ni reset, así que el escaneo no ve qué hay detrás de la regla, y eso es filtered.`,
  },
  'ex-defence-layers': {
    stem: (call, request) =>
      `Un desconocido llama a \`${call}\` y ${request}. ¿Qué atraviesa su llamada, y en qué orden?`,
    requests: {
      web: 'pide una página de una cuenta',
      mail: 'entrega un correo como si fuera del personal',
    },
    layers: {
      forward: 'el reenvío reescribe el destino',
      publish: 'la publicación del contenedor reescribe el destino',
      rule: 'una regla del filtro lo deja pasar',
      listener: 'lo recoge un socket en escucha en esa dirección y ese puerto',
      tls: 'el saludo TLS',
      login: 'el inicio de sesión',
      permission: 'el permiso dentro de la aplicación',
      registry: 'el registro nombra el servicio del puerto',
      sourcePort: 'el puerto de origen debe ser el del servicio',
    },
    explain:
      'La dirección y el puerto de destino se leen primero: los leen las reglas y el kernel que busca un socket en escucha. Todo lo demás lo decide lo que lleva la conexión.',
  },
}
