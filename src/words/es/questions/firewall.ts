import type { QuestionWords } from '../../questions'

export const firewall: QuestionWords['firewall'] = {
  'fw-which-rule': {
    stem: 'Llega este paquete. ¿Qué número tiene la regla que decide sobre él?',
    explain: (rule) =>
      `La regla ${rule} es la primera desde arriba en la que todo lo que nombra coincide con el paquete, y ahí termina la lectura.`,
  },
  'fw-verdict': {
    stem: 'Este paquete llega al filtro. ¿Qué le pasa?',
    rule: (rule) =>
      `La regla ${rule} es la primera en la que coinciden protocolo, origen y puertos, así que decide; lo de más abajo no se lee.`,
    policy: (policy) =>
      `Decide la política, aquí \`${policy}\`: ninguna regla coincide a la vez en protocolo, origen y puertos.`,
  },
  'fw-reorder': {
    stem: (goal) => `Pon las reglas en un orden en el que ${goal}.`,
    goals: {
      admin: 'solo el administrador llegue al 22, y al 443 lleguen todos menos el indeseado',
      exception: 'el rango 8000 a 8100 esté abierto para todos, salvo el 8080, que es solo del administrador',
      replies:
        'pasen las respuestas a las llamadas del propio host, las llamadas nuevas solo al 443, y nada del indeseado',
    },
    facts: { admin: 'Administrador', bad: 'Indeseado', policy: 'Política' },
    explain:
      'Decide la primera regla que coincide: una excepción va encima de la regla de la que es excepción, y una regla que coincide con todo va la última.',
  },
  'fw-return-traffic': {
    stem: (remote) => `El propio host llamó a \`${remote}\`. ¿Entra la respuesta, la segunda línea?`,
    known: 'sí: una regla deja entrar lo de un flujo conocido',
    fromPort: (port) => `sí: una regla deja entrar lo que viene del puerto ${port}`,
    toPort: (port) => `sí: una regla deja entrar lo que va al puerto ${port}`,
    noRule: (port) => `no: ninguna regla deja entrar este paquete al puerto ${port}`,
    notOpen: (port) => `no: el puerto ${port} no está abierto en este host`,
    closed: (port) => `no: el puerto ${port} está cerrado, se envía RST`,
    explain: {
      known: (port) =>
        `Decide el estado: la respuesta es de un flujo que empezó el host, así que es \`established\`, y no hace falta nombrar el puerto ${port}.`,
      fromPort: (port) =>
        `Decide el puerto de origen ${port}: la regla no pide nada más. También deja entrar a cualquier desconocido que elija ese puerto de origen; es mejor una regla sobre el estado.`,
      toPort: (port) =>
        `Decide el puerto de destino ${port}: está en el rango que nombra la regla. Por ahí también pueden entrar desconocidos; es mejor una regla sobre el estado.`,
      noRule: (port) =>
        `Decide la política: ninguna regla mira el estado, y el puerto de destino ${port} no aparece. Un filtro deja entrar respuestas solo si una regla lo dice.`,
    },
  },
  'fw-stateless': {
    stem: 'Este filtro no guarda estado. Un cliente llama a 443. ¿Qué pasa?',
    works: (port) => `funciona: la respuesta al puerto ${port} puede salir`,
    failsBack: (port) => `falla: la respuesta al puerto ${port} no puede salir`,
    failsIn: (port) => `falla: la llamada desde el puerto ${port} no puede entrar`,
    worksFree: 'funciona: una respuesta no necesita regla propia',
    explain: (port) =>
      `El puerto de destino de la respuesta es el del cliente, ${port}. Sin memoria, una regla de salida tiene que cubrir ese número, y aquí la hay.`,
    explainNot: (port) =>
      `El puerto de destino de la respuesta es el del cliente, ${port}, y ninguna regla de salida lo cubre. Sin memoria, una respuesta es un paquete cualquiera.`,
  },
  'fw-allowed-but-nobody': {
    stem: (port) => `Una regla deja pasar \`tcp dport ${port}\`. Llega de fuera un SYN para ${port}. ¿Qué pasa con él?`,
    opened: 'aceptado: la regla ha abierto el puerto',
    noAnswer: 'llega al programa, pero ninguna regla deja salir la respuesta',
    explainTaken: (port) =>
      `La regla deja pasar el paquete, y un socket TCP escucha en el puerto ${port} en todas las direcciones: hacen falta las dos cosas, y las dos están.`,
    explain: (port, loopback) =>
      loopback
        ? 'Decide la dirección local: quien escucha en 127.0.0.1 no recibe nada de fuera. La regla solo deja pasar el paquete, y TCP responde RST.'
        : `Una regla solo deja pasar el paquete. Ningún socket TCP escucha en el puerto ${port}, así que el host responde RST.`,
  },
  'fw-ipv6-gap': {
    stem: (port) =>
      `Dos filtros, uno por familia, y un socket en escucha en \`*:${port}\`. ¿Quién llega al puerto ${port}?`,
    who: {
      nobody: 'nadie',
      four: 'solo quien llama por IPv4',
      six: 'solo quien llama por IPv6',
      everyone: 'todos, por IPv4 y por IPv6',
    },
    explain: (who, policy) =>
      `La familia de direcciones decide qué reglas se leen: \`iptables\` nunca ve un paquete IPv6. \`ip6tables\` tiene la política \`${policy.toUpperCase()}\` y sus propias reglas, así que la respuesta es: ${who}.`,
  },
  'fw-reach-chain': {
    stem: (door) => `¿Llega un desconocido de internet a ${door} de este host?`,
    route: 'Camino',
    routes: (route, publicAddress, address, port) =>
      route === 'public'
        ? `el host tiene la dirección pública ${address}`
        : route === 'forward'
          ? `NAT en ${publicAddress}, el puerto ${port} se reenvía a ${address}:${port}`
          : `NAT en ${publicAddress}, sin reenvío a ${address}`,
    yes: 'sí: el camino, el filtro y el socket lo permiten',
    stops: {
      forward: 'no: el router no tiene ningún reenvío hacia allí',
      gatehouse: 'no: el filtro no lo deja pasar',
      lamp: 'no: ningún socket espera en esa dirección con ese protocolo',
    },
    yesFinds: 'sí: la NAT encuentra el host por el puerto',
    yesNumber: 'sí: una regla nombra este número',
    yesFree: 'sí: ninguna regla lo prohíbe',
    noHigh: 'no: los puertos altos son de los clientes',
    explain: {
      forward:
        'Decide el camino: la NAT no tiene reenvío, así que el paquete nunca llega al host. De las tres barreras (camino, filtro, socket) cuenta la primera que falla.',
      gatehouse:
        'Decide el filtro: protocolo y puerto no coinciden con ninguna regla que acepte, y la política descarta el paquete. De las tres barreras (camino, filtro, socket) cuenta la primera que falla.',
      lamp: 'Decide el socket: el paquete pasa el filtro, pero ningún socket de este protocolo espera en esta dirección. Las tres barreras (camino, filtro, socket) deben estar abiertas.',
      none: 'Camino, filtro y socket lo permiten: el camino lleva al host, una regla acepta protocolo y puerto, y un socket espera allí.',
    },
  },
  'fw-source-rule': {
    stem: (app, db, port) =>
      `Solo \`${app}\` debe llegar a la base de datos en \`${db}\`, y solo a su puerto ${port}. ¿Qué reglas, cada una por sí sola, lo logran?`,
    facts: { app: 'Aplicación', db: 'Base de datos', policy: 'Política' },
    explain: (port) =>
      `Hay que nombrar la dirección de origen y el puerto de destino ${port}/tcp. El puerto de origen lo elige quien llama y no prueba nada.`,
  },
}
