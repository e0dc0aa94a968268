import type { QuestionWords } from '../../questions'

const list = (items: readonly (string | number)[]): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} y ${items.at(-1)}`

const RANGES: Readonly<Record<string, string>> = { system: 'de sistema', user: 'de usuario', dynamic: 'dinámico' }

export const numbers: QuestionWords['numbers'] = {
  list,
  port: 'Puerto',
  ranges: {
    system: 'de sistema (puertos conocidos)',
    user: 'de usuario (puertos registrados)',
    dynamic: 'dinámico (puertos privados)',
  },
  'bs-all-or-nothing': {
    stem: 'Los desconocidos pueden llegar a este servidor web, pero no a esta base de datos. ¿En qué puede basarse un filtro de paquetes para distinguirlos, si está delante de ellos y no lee más que esto?',
    reads: 'El filtro lee',
    web: 'Servidor web',
    database: 'Base de datos',
    fields: {
      addresses: 'direcciones',
      ports: 'protocolo y puertos',
      both: 'direcciones, protocolo y puertos',
    },
    options: {
      address: 'en la dirección de destino',
      port: 'en el puerto de destino',
      either: 'en cualquiera de los dos: dirección o puerto',
      none: 'en nada: es todo o nada',
      program: 'en el programa al que van',
      sourcePort: 'en el puerto de origen',
    },
    explain: {
      address:
        'Decide lo que lee el filtro: los dos tienen direcciones distintas, así que una regla para una dirección deja fuera la otra.',
      port: 'Decide lo que lee el filtro: los dos tienen puertos distintos, así que una regla para un puerto deja fuera el otro.',
      either:
        'Decide lo que lee el filtro: los dos se distinguen en dirección y puerto, y lee ambos. Una regla para cualquiera de ellos deja fuera la base de datos.',
      none: 'Decide lo que lee el filtro: los dos tienen la misma dirección y no lee nada más. Quien puede llegar a uno llega al otro; para eso las cabeceras tienen puertos.',
    },
  },
  'wk-range': {
    stem: (port) => `¿En qué rango del registro (IANA) está el puerto ${port}?`,
    explain: (port, range, [low, high]) =>
      `Solo cuenta el número: ${port} está en ${low}-${high}, el rango ${RANGES[range] ?? range}. Que un puerto sea famoso, o quién lo use, no cambia nada.`,
  },
  'wk-system-only': {
    stem: '¿Cuáles de estos puertos son puertos conocidos (well-known) en el sentido del registro, es decir, del rango de sistema?',
    explain: (system) =>
      `El rango 0-1023 es el de sistema: aquí ${list(system)}. Los demás serán famosos, pero están por encima.`,
  },
  'bs-can-listen': {
    stem: 'Un programa de root pide a un host Linux sin nada en marcha uno de estos números de puerto, para escuchar por TCP. ¿Qué números pueden aparecer después en su línea `LISTEN`?',
    width: 'Campo de puerto en la cabecera',
    explain:
      'El campo tiene 16 bits, así que 65535 es el mayor número. El 0 está reservado: quien lo pide recibe otro puerto, libre. Del 1 al 65535 un servidor puede escuchar en cualquiera.',
  },
  'wk-hex-port': {
    stem: (protocol) =>
      `La cabecera ${protocol.toUpperCase()} de un paquete empieza con estos bytes. ¿Cuál es su puerto de destino, en decimal?`,
    explain: (bytes, high, low, port) =>
      `El puerto de destino son los bytes 2 y 3, \`${bytes}\`, primero el alto: ${high} × 256 + ${low} = ${port}. Los bytes 0 y 1 son el puerto de origen.`,
  },
  'wk-count-values': {
    stem: 'El campo de puerto de TCP y de UDP tiene 16 bits. ¿Cuál es el mayor número que cabe en él?',
    madeUp: (bits) =>
      `Un protocolo de transporte inventado tiene un campo de puerto de ${bits} bits. ¿Cuál es el mayor número que cabe en él?`,
    bits: (bits) => `${bits} bits, todos a 1`,
    explain: (bits, largest) =>
      `En ${bits} bits caben 2 elevado a ${bits} números distintos. El menor es 0, así que el mayor es ${largest}.`,
  },
  'bs-without-ports': {
    stem: 'Imagina cabeceras sin campos de puerto. Estos hosts tienen estos servicios y llegan estos paquetes, solo con direcciones. ¿De cuántos paquetes se sabe con certeza para qué servicio son?',
    explain: (certain, all) =>
      `La dirección basta solo si el host tiene un único servicio: ${certain} de ${all} paquetes. Con varios servicios tras una dirección falta una segunda coordenada, el puerto.`,
  },
  'bs-one-role': {
    stem: (count) =>
      `${count} hosts, cada uno con una dirección, y los servicios que tiene cada uno. ¿En cuántos de estos hosts bastaría la dirección para saber qué servicio quiere quien llama?`,
    explain: (count) =>
      `Decide la lista de servicios: ${count === 0 ? 'ningún host tiene' : count === 1 ? 'un host tiene' : `${count} de los hosts tienen`} uno solo, y solo entonces basta la dirección. A partir del segundo, un host necesita un número para cada uno: el puerto.`,
  },
  'bs-who-reads-ports': {
    stem: {
      router:
        'Este paquete llega a un router con estas rutas y sin filtro. ¿De qué campos depende por qué interfaz sale?',
      switch:
        'Este paquete llega a un switch Ethernet con esta tabla. ¿De qué campos depende por qué puerto del switch sale?',
      new: 'Este primer paquete de una conexión llega al host de destino. ¿De qué campos depende cuál de estos sockets en escucha lo recibe?',
      connection: 'Este paquete llega al host de destino. ¿De qué campos depende cuál de estos sockets lo recibe?',
      filter: 'Este paquete llega a un filtro de paquetes. ¿De qué campos depende que el filtro lo deje pasar?',
      'source-filter':
        'Este paquete llega a un filtro de paquetes. ¿De qué campos depende que el filtro lo deje pasar?',
      nat: 'Este paquete llega a un router doméstico. ¿De qué campos depende que el reenvío de puertos lo envíe al host de dentro?',
    },
    macName: 'MAC de destino',
    fields: {
      mac: 'dirección MAC de destino',
      protocol: 'protocolo',
      source: 'dirección de origen',
      sourcePort: 'puerto de origen',
      destination: 'dirección de destino',
      destinationPort: 'puerto de destino',
    },
    program: 'nombre del programa al que va',
    explain: {
      router:
        'La dirección de destino es lo único que un router busca en sus rutas; el mismo camino lleva a todos los puertos de un host.',
      switch:
        'La dirección MAC de destino es lo único que un switch busca en su tabla; no lee ni direcciones ni puertos de IP.',
      new: 'La dirección de destino, el protocolo y el puerto de destino encuentran el socket en escucha. De dónde venga un primer paquete no cambia eso.',
      connection:
        'Los cinco campos encuentran un socket conectado: el protocolo, y la dirección y el puerto de ambos extremos. Si cambia uno, es otra conexión o ninguna.',
      filter: 'La regla lee lo que dice y nada más: el protocolo y el puerto de destino.',
      'source-filter':
        'La regla lee lo que dice y nada más: la dirección de origen, el protocolo y el puerto de destino.',
      nat: 'El reenvío dice lo que lee: la dirección de destino, el protocolo y el puerto de destino.',
    },
  },
  'bs-same-way': {
    stem: 'Este paquete pasa por un router con estas rutas. ¿Cuál de los paquetes de abajo sale del router por la misma interfaz?',
    explain: (address, network, name) =>
      `Solo la dirección de destino elige el camino: \`${address}\` también está en \`${network}\`, que queda tras \`${name}\`. Los puertos y la dirección de origen no cuentan.`,
  },
  'wk-nmap-name-versus-truth': {
    stem: (port) =>
      `Un escaneo SYN sin detección de versión ha mostrado esto. ¿Qué se sabe con certeza de \`${port}\`?`,
    accepts: (port) => `Algún programa acepta conexiones TCP en el puerto ${port}.`,
    program: (name, port) => `El programa que escucha en el puerto ${port} es ${name}.`,
    protocol: (port, name) => `A quien se conecta al puerto ${port} se le responde en el protocolo ${name}.`,
    refuses: (port) => `A quien se conecta al puerto ${port} se le rechaza enseguida.`,
    dropped: (port) => `Un filtro descarta lo que se envía al puerto ${port}.`,
    notInstalled: (name) => `El programa ${name} no se ejecuta en este host.`,
    nobodyElse: (port) => `Ningún otro host de esta red tiene un socket en escucha en el puerto ${port}.`,
    encrypted: (port) => `Lo que se envía al puerto ${port} va cifrado por el camino.`,
    explain: (port, name) =>
      `\`${port} open\` significa que a un SYN se respondió con SYN y ACK, nada más. El nombre \`${name}\` sale de una tabla por número; del programa no se leyó nada.`,
    explainClosed: (port, name) =>
      `\`${port} closed\` significa que a un SYN se respondió con RST, nada más. El nombre \`${name}\` sale de una tabla por número; un programa así puede estar en otro puerto.`,
  },
  'wk-who-answers': {
    stem: (endpoint) =>
      `Un cliente se conecta a \`${endpoint}\` por TCP. ¿Quién recibe la conexión y qué protocolo habla?`,
    option: (program, protocol) => `${program}, que habla ${protocol}`,
    refused: (program, port) => `nadie: ${program} no puede atender el puerto ${port}`,
    explain: (port, program, protocol) =>
      `El puerto ${port} lo tiene aquí \`${program}\`, así que se responde en ${protocol}. El número es un acuerdo; el protocolo depende del programa que escucha.`,
  },
}
