import type { QuestionWords } from '../../questions'

export const containers: QuestionWords['containers'] = {
  none: 'ninguna',
  facts: {
    server: 'Servidor',
    container: (name) => `Dirección interna de ${name}`,
    program: 'El programa del contenedor escucha en',
    door: 'Las visitas deben llamar a la puerta',
    whom: 'Quién debe poder entrar',
    anywhere: 'visitas de cualquier parte',
    here: 'solo programas de este servidor',
  },
  'ct-read-ports': {
    stem: (name) => `¿Qué dirección abre una visita desde otro equipo para alcanzar el programa de \`${name}\`?`,
    everywhere: (door, inside) =>
      `A la izquierda de la flecha está la puerta del host con su dirección: todas, así que \`${door}\` desde fuera. El ${inside} de la derecha es la puerta del contenedor.`,
    here: (address) =>
      `A la izquierda de la flecha está la dirección del host: \`${address}\` es la entrada de servicio (loopback), y por ella no pasa ninguna visita de otro equipo.`,
    exposed: (port) =>
      `No hay flecha: \`${port}\` solo dice en qué puerto escucha el programa. Sin \`-p\`, ninguna puerta del host lleva hasta allí.`,
  },
  'ct-write-publish': {
    stem: '¿Qué texto va detrás de `docker run -p`?',
    explain: (spec, outside, inside) =>
      `A la izquierda del último signo de dos puntos está la puerta del host y a la derecha la del contenedor: \`${spec}\` lleva del ${outside} de fuera al ${inside} de dentro.`,
    local: (spec) =>
      `La dirección que va delante decide quién entra: con \`127.0.0.1\`, solo los programas del servidor alcanzan \`${spec}\`; sin ella, todo el mundo.`,
    udp: (spec) =>
      `El protocolo detrás de la barra decide: sin \`/udp\`, el motor publica TCP, y para datagramas hace falta \`${spec}\`.`,
  },
  'ct-local-publish': {
    stem: (name) => `¿Quién puede alcanzar la base de datos del contenedor \`${name}\`?`,
    everyone: 'todo el que pueda alcanzar el servidor',
    host: 'solo los programas del propio servidor',
    nobody: 'nadie, ni siquiera el propio servidor',
    everyoneWhy:
      'El lado del host no nombra ninguna dirección, así que todas las del servidor reciben visitas. El motor reescribe el destino antes de la cadena input, que nunca las ve.',
    hostWhy: (address) =>
      `El lado del host es \`${address}\`: solo los programas del servidor pueden llamar ahí. No hace falta ninguna regla, y ninguna lo abriría.`,
    nobodyWhy: (address) =>
      `La dirección asociada dentro es 127.0.0.1, el loopback del propio contenedor. Lo que el motor envía va dirigido a \`${address}\`, y allí nadie escucha.`,
  },
  'ct-two-eighties': {
    stem: (inside, spec) =>
      `\`blue\` está en marcha. En \`green\` el programa también escucha en ${inside}, y lo arrancas con \`-p ${spec}\`. ¿Qué pasa?`,
    both: 'funcionan los dos, cada uno tras su puerta',
    taken: 'green falla: esa puerta del host está ocupada',
    used: (inside) => `green falla: solo un contenedor puede usar el ${inside}`,
    share: 'funcionan los dos y se reparten las llamadas',
    moved: 'green arranca, en otra puerta del host',
    free: (door) =>
      `Solo el lado del host debe estar libre, y \`${door}\` lo está: nadie ocupa esa dirección, protocolo y número. Dentro, cada contenedor tiene sus propios puertos.`,
    clash: (door) =>
      `El lado del host \`${door}\` ya está ocupado, como muestra \`blue\`: el motor lo asocia allí, y una misma dirección, protocolo y número no pueden tener dos sockets en escucha.`,
  },
  'ct-order-path': {
    stem: (door) => `Una visita de fuera envía un SYN a \`${door}\`. ¿Cuáles de estas cosas ocurren, y en qué orden?`,
    arrives: (end) => `llega, dirigido a ${end}`,
    rewritten: (end) => `el destino pasa a ser ${end}`,
    forward: 'se consulta la cadena forward del servidor',
    input: 'se consulta la cadena input del servidor',
    inContainer: 'lo recoge el farol (socket en escucha) del contenedor',
    onHost: 'lo recoge un farol (socket en escucha) del propio servidor',
    published: (inside) =>
      `El destino se reescribe primero, a \`${inside}\`. Desde ahí el paquete es para otro host: se consulta la cadena forward y nunca la cadena input.`,
    own: (door) =>
      `El destino \`${door}\` no es un puerto publicado, así que no cambia: el paquete es para el propio servidor, y la cadena input se consulta antes de que lo reciba el socket.`,
  },
  'k8-three-numbers': {
    stem: (name) => `El Service \`${name}\` está delante de un Pod. Une cada llamada con su número.`,
    pod: 'un Pod llama al Service en su dirección del clúster',
    stranger: 'un desconocido llama a un nodo',
    program: 'el programa del Pod se alcanza en',
    explain: (port, target, node) =>
      `El campo \`port\` (${port}) es del Service, \`nodePort\` (${node}) de cada nodo y \`targetPort\` (${target}) del Pod: el puerto de destino se reescribe por el camino.`,
  },
  'k8-read-get-svc': {
    node: (name) => `¿A qué puerto de un nodo llama un desconocido para alcanzar \`${name}\`?`,
    pod: (name) => `¿A qué puerto de \`${name}\` llama otro Pod del clúster?`,
    explainNode: (port, node) =>
      `PORT(S) se lee port:nodePort, así que ${node} es la puerta de cada nodo. Al revés que en \`docker -p\`, el número de dentro, ${port}, está a la izquierda.`,
    explainPod: (port, node) =>
      `PORT(S) se lee port:nodePort, así que ${port} es del Service y sirve a quien llama desde dentro. ${node} es para los desconocidos que llaman a un nodo.`,
  },
  'k8-broken-target': {
    stem: (call) => `Otro Pod llama a \`${call}\`. ¿Qué pasa?`,
    answered: 'responde el programa del Pod',
    podRefuses: 'rechazada: en ese puerto del Pod no hay nadie',
    noEndpoint: 'rechazada: el Service no tiene Pod al que enviarla',
    silence: 'sin respuesta hasta que quien llama se rinde',
    answeredWhy: (target) =>
      `El campo \`targetPort\` lleva al ${target}, y allí escucha el Pod. Lo que dice \`containerPort\` no cuenta.`,
    podRefusesWhy: (target, listens) =>
      `El campo \`targetPort\` lleva al ${target}, pero el Pod escucha en ${listens}, así que su kernel responde RST. Lo que dice \`containerPort\` no abre nada.`,
    namedAnswers: (name, target) =>
      `El campo \`targetPort\` es el nombre \`${name}\`, y el manifiesto del Pod le da el número ${target}. Allí escucha el Pod.`,
    namedRefuses: (name, target, listens) =>
      `El campo \`targetPort\` es el nombre \`${name}\`, y el manifiesto del Pod le da el número ${target}. Pero el Pod escucha en ${listens}, así que su kernel responde RST.`,
    notReadyWhy: (ready) =>
      `La columna READY dice \`${ready}\`: un Pod que no está listo no es endpoint, y un Service sin endpoints rechaza al momento.`,
    unknownName: (name) =>
      `El campo \`targetPort\` es el nombre \`${name}\`, y ningún puerto del contenedor del Pod lo lleva. Así que el Service no tiene endpoint y rechaza.`,
  },
}
