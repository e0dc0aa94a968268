import type { QuestionWords } from '../../questions'

export const boards: QuestionWords['boards'] = {
  'bd-sockets': {
    stem: 'Este es un servidor con cuatro conexiones. ¿Qué afirmaciones son ciertas? Elige todas.',
    explain: (port) =>
      `La dirección local y la del otro extremo, con sus puertos, nombran un socket. El puerto ${port} es un solo número, con un socket en escucha para los SYN y un socket propio para cada conexión.`,
    says: {
      'port-is-socket': (port, count) =>
        count === 1 ? `El puerto local ${port} tiene 1 socket.` : `El puerto local ${port} tiene ${count} sockets.`,
      'one-connection-per-port': (port, free) =>
        free
          ? `Un tercer cliente puede conectarse ahora al puerto ${port}.`
          : `Un tercer cliente tiene que esperar a que el puerto ${port} quede libre.`,
      'new-server-port-per-connection': (port, kept) =>
        kept
          ? `En el servidor, la próxima conexión a ${port} también tiene el puerto local ${port}.`
          : `En el servidor, la próxima conexión a ${port} recibe un puerto local nuevo.`,
      'listener-carries-data': (peer, state) => `Los datos de ${peer} van a un socket en estado ${state}.`,
      'dport-alone-selects': (port, enough) =>
        enough
          ? `El puerto de destino ${port} basta para encontrar la conexión de un segmento.`
          : `El puerto de destino ${port} no basta para encontrar la conexión de un segmento.`,
      'source-ip-alone-selects': (address, count) =>
        count === 1
          ? `Las dos líneas con ${address} son una conexión.`
          : `Las dos líneas con ${address} son dos conexiones.`,
      'source-port-alone-selects': (port, count) =>
        count === 1
          ? `Las dos líneas con el puerto remoto ${port} son una conexión.`
          : `Las dos líneas con el puerto remoto ${port} son dos conexiones.`,
      'limit-64k-connections': (port) => `Con 65.536 conexiones el puerto ${port} está lleno.`,
    },
  },
  'bd-traffic': {
    stem: 'Dos paquetes en un servidor, y lo que escucha en él. ¿Qué afirmaciones son ciertas? Elige todas.',
    explain: (port) =>
      `El puerto de destino 443 es la puerta a la que llama la línea 1; al puerto de origen ${port} va la respuesta. TCP y UDP tienen puertos separados, ICMP no tiene.`,
    says: {
      'source-port-is-door': (port) => `El paquete de la línea 1 es para el puerto ${port} del servidor.`,
      'reply-keeps-ports': (port) => `En la respuesta a la línea 1 el puerto de destino es ${port}.`,
      'client-uses-service-port': (port, both) =>
        both
          ? `El próximo que llame a ${port} tendrá ${port} también en su lado.`
          : `El próximo que llame a ${port} tendrá otro puerto en su lado.`,
      'ephemeral-always-49152': (port, usual) =>
        usual
          ? `El puerto de origen ${port} es normal: un cliente Linux elige puertos así.`
          : `El puerto de origen ${port} es sospechoso: los clientes empiezan en 49152.`,
      'ephemeral-never-shared': (address, port, shared) =>
        shared
          ? `Desde el puerto ${port}, ${address} puede llamar a la vez a otro servidor.`
          : `Mientras siga esa conexión, ${address} no puede llamar a otro servidor desde ${port}.`,
      'tcp-udp-share-space': (port, open) =>
        open ? `El puerto ${port}/udp está abierto aquí.` : `El puerto ${port}/udp está cerrado aquí.`,
      'dns-is-udp-only': (both) =>
        both
          ? 'Algunas consultas DNS llegan por TCP, así que 53/tcp hace falta.'
          : 'DNS solo usa UDP, así que 53/tcp se puede cerrar.',
      'icmp-has-port': (port) =>
        port
          ? 'La línea 2 va a un puerto, y responde lo que escucha allí.'
          : 'La línea 2 no tiene puerto: responde el propio host.',
      'https-is-tcp-only': (both) =>
        both
          ? 'El puerto 443/udp también puede llevar HTTPS, como HTTP/3.'
          : 'El puerto 443/udp no tiene nada que ver con HTTPS.',
    },
  },
  'bd-numbers': {
    stem: (a, b) =>
      `El host A es \`${a}\`, el host B es \`${b}\`: uno visto con \`ss\`, otro con \`nmap\`. ¿Qué afirmaciones son ciertas? Elige todas.`,
    explain: (port) =>
      `El puerto ${port} de A: el número es un acuerdo, y el programa decide qué se habla. Los rangos dicen quién registra un número; cada host tiene todos los números para sí.`,
    says: {
      'port-zero-usable': (usable) =>
        usable
          ? 'Un programa que se asocia al puerto 0 escucha en el puerto 0.'
          : 'Un programa que se asocia al puerto 0 recibe otro número.',
      'above-1023-is-ephemeral': (port, serves) =>
        serves ? `El puerto ${port} es aquí de un servidor.` : `El puerto ${port} es aquí de un cliente.`,
      'popular-means-well-known': (port, wellKnown) =>
        wellKnown
          ? `El puerto ${port} es un puerto conocido (de sistema).`
          : `El puerto ${port} no es un puerto conocido (de sistema).`,
      'port-identifies-protocol': (port, protocol) => `Lo que llega al puerto ${port} de A se lee como ${protocol}.`,
      'port-identifies-program': (told) =>
        told
          ? 'La línea de nmap muestra que en B funciona Apache.'
          : 'La línea de nmap no muestra qué programa funciona en B.',
      'port-unique-across-hosts': (port, both) =>
        both
          ? `Mientras A escucha en ${port}, B también puede escuchar en ${port}.`
          : `Mientras A escucha en ${port}, B tiene que tomar otro puerto.`,
      'router-routes-by-port': (byPort) =>
        byPort
          ? 'Los routers encuentran el camino a A por su dirección y el puerto de destino.'
          : 'Los routers encuentran el camino a A sin mirar el puerto de destino.',
      'secure-twin-mixup': (name, port) => `${name} con TLS desde el primer byte tiene el puerto ${port}.`,
      'neighbour-mixup': (service, port) => `${SERVICES[service] ?? ''} puerto ${port}.`,
    },
  },
  'bd-binding': {
    stem: 'No hay otro filtro delante de este host. ¿Qué afirmaciones son ciertas? Elige todas.',
    explain:
      'Local Address dice qué se recibe: `0.0.0.0`, todo IPv4; `*`, las dos familias; una dirección, solo lo suyo. TIME-WAIT ocupa un puerto sin proceso, y una tabla `ip` no ve IPv6.',
    says: {
      'wildcard-is-localhost': (address, port, open) =>
        open
          ? `Otro host puede conectarse a ${address}:${port}.`
          : `Solo los programas de este host pueden conectarse al puerto ${port}.`,
      'loopback-reachable-outside': (address, port, open) =>
        open
          ? `Otro host puede conectarse a ${address}:${port}.`
          : `Ningún otro host puede conectarse al puerto ${port}.`,
      'specific-bind-answers-all': (address, port, open) =>
        open ? `Una conexión a ${address}:${port} funciona.` : `Una conexión a ${address}:${port} falla.`,
      'wildcard-and-specific-coexist': (port, granted) =>
        granted
          ? `Un segundo programa puede escuchar en 127.0.0.1:${port}.`
          : `A un segundo programa que pide 127.0.0.1:${port} se le rechaza.`,
      'ipv6-any-is-ipv6-only': (port, open) =>
        open ? `Un cliente IPv4 puede conectarse al puerto ${port}.` : `El puerto ${port} solo acepta clientes IPv6.`,
      'ipv4-rule-covers-ipv6': (port, open) =>
        open
          ? `Por IPv6 otro host puede conectarse al puerto ${port}.`
          : `La regla cierra el puerto ${port} también para IPv6.`,
      'reuseport-copies-traffic': (port, one) =>
        one
          ? `Una conexión nueva a ${port} va a uno de los dos programas.`
          : `Una conexión nueva a ${port} va a los dos programas.`,
      'low-port-is-trusted': (port, anybody) =>
        anybody
          ? `Un programa de cualquier usuario puede tomar aquí el puerto ${port}.`
          : `Solo un programa de root puede tomar aquí el puerto ${port}.`,
      'busy-port-needs-process': (port, leftOver) =>
        leftOver
          ? `Un bind simple a ${port} falla, aunque ningún proceso tiene ese puerto.`
          : `Si un bind simple a ${port} falla, algún proceso tiene que tener ese puerto.`,
    },
  },
  'bd-outside': {
    stem: 'Un servidor en internet, con este filtro y ninguno más. ¿Qué afirmaciones son ciertas? Elige todas.',
    explain:
      'La columna State muestra lo que escucha. Un puerto TCP cerrado responde RST; uno UDP, ICMP; un filtro puede callar. Lo abierto se puede encontrar y atacar, en cualquier número.',
    says: {
      'closed-is-silent': (port, answers) =>
        answers ? `Un SYN a ${port}/tcp recibe respuesta.` : `Un SYN a ${port}/tcp no recibe respuesta.`,
      'closed-tcp-sends-icmp': (port, icmp) =>
        icmp
          ? `Por un SYN a ${port}/tcp vuelve ICMP de puerto inalcanzable.`
          : `Por un SYN a ${port}/tcp no vuelve ningún mensaje ICMP.`,
      'udp-closed-sends-rst': (port, rst) =>
        rst ? `Por un datagrama a ${port}/udp vuelve un RST.` : `Por un datagrama a ${port}/udp no vuelve ningún RST.`,
      'udp-silence-means-open': (port, proven) =>
        proven
          ? `Que ${port}/udp calle demuestra que está abierto.`
          : `Que ${port}/udp calle no demuestra que esté abierto.`,
      'refused-means-host-down': (up) =>
        up
          ? '«Connection refused» de este servidor significa que está en marcha.'
          : '«Connection refused» de este servidor significa que está caído.',
      'nonstandard-port-hides': (port, found) =>
        found
          ? `Un escaneo de todos los puertos encuentra el servidor SSH en ${port}.`
          : `Un escaneo de todos los puertos no encuentra el servidor SSH en ${port}.`,
      'closed-port-secures-host': (port, secure) =>
        secure
          ? `Con ${port}/tcp cerrado, el servidor ya no se puede atacar.`
          : `Con ${port}/tcp cerrado, el servidor aún se puede atacar.`,
      'open-443-is-safe': (safe) =>
        safe
          ? 'El puerto 443 hace seguro al programa de detrás.'
          : 'El puerto 443 no hace seguro al programa de detrás.',
      'database-open-with-password': (port, enough) =>
        enough
          ? `Con una buena contraseña, ${port}/tcp puede estar abierto para todos.`
          : `Ni con una buena contraseña debe estar ${port}/tcp abierto para todos.`,
    },
  },
  'bd-filter': {
    stem: 'Un servidor con su filtro, `input`. En otra red, `forward` filtra, sin seguimiento de conexiones, para un servidor de correo. ¿Qué afirmaciones son ciertas? Elige todas.',
    explain:
      'Donde ninguna regla coincide decide la política; si no, la primera que coincide. `established` deja entrar respuestas; sin seguimiento, cada sentido necesita su regla. Dejar pasar no es todavía escuchar.',
    says: {
      'most-specific-rule-wins': (port, through) =>
        through ? `La cadena input deja entrar un SYN a ${port}.` : `La cadena input descarta un SYN a ${port}.`,
      'replies-need-inbound-rule': (range, needed) =>
        needed
          ? `Las llamadas del propio servidor piden una regla que deje entrar ${range}.`
          : `Las llamadas del propio servidor funcionan sin una regla que deje entrar ${range}.`,
      'stateless-remembers': (port, out) =>
        out
          ? `La cadena forward deja salir por sí misma las respuestas del puerto ${port}.`
          : `La cadena forward descarta las respuestas del puerto ${port} a los clientes.`,
      'allow-rule-opens-port': (port, open) =>
        open
          ? `Una conexión al puerto ${port} del servidor funciona.`
          : `Una conexión al puerto ${port} del servidor falla.`,
      'no-rule-means-allowed': (port, through) =>
        through ? `La cadena input deja entrar un SYN a ${port}.` : `La cadena input descarta un SYN a ${port}.`,
      'listening-means-reachable': (port, open) =>
        open
          ? `Otros hosts pueden conectarse al puerto ${port} del servidor.`
          : `Otros hosts no pueden conectarse al puerto ${port} del servidor.`,
      'ftp-one-port': (same) =>
        same
          ? 'El archivo de esta sesión FTP llega por el puerto 21.'
          : 'El archivo de esta sesión FTP no llega por el puerto 21.',
      'smtp-one-port': (port) => `El programa de correo de un usuario debe entregar el correo en el puerto ${port}.`,
    },
  },
  'bd-router': {
    stem: (address) =>
      `Un router doméstico con la dirección pública \`${address}\`, dos conexiones y un reenvío. ¿Qué afirmaciones son ciertas? Elige todas.`,
    explain: (port) =>
      `\`dnat\` da al puerto ${port} un host y un puerto de dentro; una traducción hace lo mismo con las respuestas. Lo demás queda fuera, pero lo que pasa, pasa sin control.`,
    mapping: (inside) => `Conexión de ${inside}`,
    listening: (address) => `Escucha en ${address}`,
    says: {
      'nat-is-firewall': (host, safe) =>
        safe
          ? `Detrás de la NAT, ${host} está a salvo de llamadas de desconocidos.`
          : `El SYN de un desconocido puede llegar a ${host} a través del router.`,
      'forward-keeps-port': (port, host, arrives) =>
        `Lo que se envía al puerto público ${port} llega al puerto ${arrives} de ${host}.`,
      'unsolicited-finds-host': (place, host, found) =>
        found
          ? `El SYN de un desconocido a ${place} llega a ${host}.`
          : `El SYN de un desconocido a ${place} no llega a ningún host de dentro.`,
      'hairpin-always-works': (host, place, works) =>
        works
          ? `Desde ${host}, una llamada a ${place} funciona como desde fuera.`
          : `Desde ${host}, una llamada a ${place} no funciona.`,
      'source-ip-alone-selects': (host, count) =>
        count === 1
          ? `Para ${host}, las dos líneas son una conexión.`
          : `Para ${host}, las dos líneas son dos conexiones.`,
      'port-unique-across-hosts': (host, both) =>
        both ? `${host} también puede escuchar en 443.` : `${host} no puede escuchar también en 443.`,
      'reply-keeps-ports': (inside, port) =>
        `Las respuestas a ${inside} llegan al router con el puerto de destino ${port}.`,
    },
  },
  'bd-containers': {
    stem: 'Un host de contenedores, un Service y un balanceador de carga. ¿Qué afirmaciones son ciertas? Elige todas.',
    explain:
      'PORTS se lee de host a contenedor, `PORT(S)` de Service a nodo, `bind` es el balanceador y `server` el target. Cada número puede ser distinto, y lo publicado no pasa por la cadena `input`.',
    says: {
      'publish-reversed': (port) => `Los navegadores alcanzan el contenedor web en el puerto ${port} del host.`,
      'expose-publishes': (port, open) =>
        open
          ? `Otros hosts pueden alcanzar cache en el puerto ${port} de este host.`
          : `Otros hosts no pueden alcanzar cache en el puerto ${port} de este host.`,
      'publish-stays-private': (place, open) =>
        open
          ? `Otros hosts pueden alcanzar el contenedor db en ${place}.`
          : `La cadena input mantiene a otros hosts lejos de ${place}.`,
      'k8s-port-is-targetport': (port) => `En los Pods de shop el programa escucha en el puerto ${port}.`,
      'port-unique-across-hosts': (both) =>
        both
          ? 'Los dos Pods de shop pueden escuchar en un mismo número.'
          : 'Los dos Pods de shop necesitan dos números distintos.',
      'lb-listener-equals-target': (port) => `Los servidores app1 y app2 tienen que escuchar en el puerto ${port}.`,
      'client-uses-service-port': (same) =>
        same
          ? 'El balanceador llama a app1 desde el mismo puerto en que app1 escucha.'
          : 'El balanceador llama a app1 desde un puerto que elige su propio sistema.',
    },
  },
}

const SERVICES: Readonly<Record<number, string>> = {
  67: 'Un servidor DHCP escucha en el',
  68: 'Un cliente DHCP escucha en el',
  161: 'Las consultas SNMP van al',
  162: 'Los traps SNMP van al',
  3306: 'MySQL suele escuchar en el',
  5432: 'PostgreSQL suele escuchar en el',
}
