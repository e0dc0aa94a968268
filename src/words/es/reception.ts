import type { ReceptionWhy } from '../../shift/reception-plan'
import type { TellFacts } from '../tell-facts'
import type { reception as en } from '../en/reception'

const why: Readonly<Record<ReceptionWhy, (facts: TellFacts) => string>> = {
  'cluster-ip': ({ port, end }) => `El puerto ${port} es la puerta del Service. Detrás está ${end}: el targetPort.`,
  'node-port': ({ port, end, destination }) =>
    `El puerto ${port} es un nodePort: lo recibe cualquier nodo, también ${destination}. Sigue hasta ${end}.`,
  'no-number': ({ seen }) => `Ningún Service tiene ${seen}: un número correcto en otro sitio no es de nadie.`,
  'not-ready': ({ seen }) => `${seen} es puerta de un Service, y ningún ala de detrás está lista: rechazada.`,
  desk: ({ port, end }) => `Listener ${port}, target ${end}: dos ajustes, y un ala cuya comprobación sale bien.`,
  'desk-closed': ({ port }) =>
    `Puerto ${port}: la recepción no tiene ahí un listener, tengan lo que tengan las alas. RST.`,
  'second-call': ({ end, seen }) => `Un proxy llama en nombre propio: de ${end} a ${seen}. Dos 5-tuplas.`,
  'same-call': ({ end, seen }) => `Pasa tal cual: ${end}, quien llama, sigue en la etiqueta, hacia ${seen}.`,
  'wing-rule': ({ end, seen }) => `En el ala, ${seen} llama a ${end}. Entra eso, y nadie más de la calle.`,
  'known-id': ({ end, seen }) => `ID de conexión ${end}: es esa visita, aunque los papeles digan ${seen}.`,
  'new-id': ({ seen }) => `Cabecera larga, y un ID que nadie ha dado: ${seen} es nueva.`,
  'http3-rule': ({ end }) => `Protocolo UDP, destino ${end}: HTTP/3 es otra puerta, así que otra regla.`,
  'stops-at': ({ seen, end }) => `La etiqueta dice ${end} al llegar a ${place(seen)}. Ahí se acaba.`,
  served: ({ end }) => `La etiqueta dice ${end}, y ahí escucha un programa: atendida.`,
  repaired: ({ seen, end }) =>
    `La etiqueta decía ${end} en ${place(seen)}, donde murió. El próximo paquete llega más lejos.`,
  withdrawn: ({ seen, end }) => `El nodePort ${end} era la entrada a ${seen}. Un ClusterIP no tiene número fuera.`,
  'check-passes': ({ end }) => `La comprobación hace todo el camino hasta ${end} y recibe SYN-ACK: verde.`,
  'check-refused': ({ seen, end }) =>
    `La etiqueta dice ${end} en ${place(seen)}, y ningún socket la recibe: RST, rojo.`,
  'check-silent': ({ seen, end }) =>
    `La etiqueta dice ${end}: en ${place(seen)} ninguna regla la deja pasar. Silencio, rojo.`,
  'debug-open': ({ port, seen }) =>
    `El nodePort ${port} lleva a ${seen}, y una regla deja pasar a cualquiera. Abierto.`,
  'debug-closed': ({ port }) =>
    `Puerto ${port}: una regla lo deja pasar todavía, y ningún Service lo tiene ya. RST: cerrado.`,
  'debug-inside': ({ port }) =>
    `${port} está delante de los dos puntos: el puerto del Service, por dentro. Sin regla: filtrado.`,
  'balancer-only': ({ port }) => `Puerto ${port}: ahí ninguna regla deja pasar a un extraño. Silencio: filtrado.`,
  'desk-open': ({ port }) =>
    `Puerto ${port}: el listener del balanceador. Abierto, pase lo que pase detrás con la llamada.`,
}

/** Las cajas del camino, con su artículo. */
const place = (stop: string): string =>
  ({ balancer: 'el balanceador', gate: 'la garita', node: 'el nodo', Pod: 'el Pod', wing: 'el ala' })[stop] ?? stop

export const reception: typeof en = {
  how: {
    wing: '¿A qué ala, y a qué número de ella?',
    label: '¿Qué etiqueta lee el ala?',
    opening: '¿Qué regla hace falta, sin dejar pasar a nadie más?',
    guest: '¿De quién es esta postal? El ID está en sus primeros bytes.',
    stop: 'Mira en las cajas. ¿Hasta dónde llega esta llamada?',
    repair: 'Tu paquete de prueba ha vuelto. ¿Dónde murió, y qué único cambio ayuda?',
    close: 'Ha entrado un extraño. ¿Qué único cambio deja fuera a la calle?',
    health: 'Sale una comprobación. ¿Qué oye el balanceador?',
    reached: 'Un extraño escanea este número. ¿Qué encuentra?',
  },
  say: {
    nowhere: { name: 'A ninguna', about: 'nadie la recibe' },
    'new-guest': { name: 'Visita nueva', about: 'ningún ID nuestro' },
    healthy: { name: 'Verde', about: 'la comprobación sale bien' },
    'check-refused': { name: 'Rojo: rechazo', about: 'vuelve un RST' },
    'check-silent': { name: 'Rojo: silencio', about: 'no vuelve nada' },
    served: { name: 'Atendida', about: 'hace todo el camino' },
    'at-gate': { name: 'Hasta la garita', about: 'ninguna regla la deja pasar' },
    'at-node': { name: 'Hasta el nodo', about: 'ningún Service la recibe' },
    'at-pod': { name: 'Hasta el Pod', about: 'sin farol para ella' },
  },
  why,
  stops: { balancer: 'Balanceador', gate: 'Garita', node: 'Nodo', Pod: 'Pod', Service: 'Service', wing: 'Ala' },
  test: {
    title: 'Tu paquete de prueba',
    boxes: 'Mira en una caja',
    came: (text) => `Volvió: ${text}`,
    silence: 'No volvió nada.',
  },
  wrong: {
    wing: {
      'k8s-port-is-targetport': (facts) => `${why[at(facts)](facts)} port, targetPort, nodePort: tres sitios.`,
      'expose-publishes': ({ port }) =>
        `Puerto ${port}: un containerPort en un manifiesto es una nota. No abre ningún nodo.`,
      'dport-alone-selects': ({ destination, end, port }) =>
        `Destino ${destination}: el número ${port} solo no nombra un servicio. Aquí significa ${end}.`,
      'lb-listener-equals-target': (facts) => why[at(facts)](facts),
      'listening-means-reachable': (facts) =>
        facts.end === ''
          ? why[at(facts)](facts)
          : `Su comprobación falla, así que no se le manda a nadie nuevo. ${facts.end} está bien.`,
    },
    label: {
      'source-ip-alone-selects': (facts) => why[at(facts)](facts),
      'lb-listener-equals-target': ({ seen }) => `Al ala se la llama en ${seen}: ese es el número del target.`,
    },
    opening: {
      'lb-listener-equals-target': ({ end }) =>
        `Tras esa regla la comprobación no oye nada: rojo. Al ala se la llama en ${end}, no en el puerto del listener.`,
      'source-ip-alone-selects': ({ seen }) => `El ala nunca ve a la visita: ${seen} llama en nombre propio.`,
      'source-port-is-door': ({ end }) =>
        `El puerto de origen es adonde vuelven las respuestas. La puerta es dport: ${end}.`,
      'listening-means-reachable': ({ seen, end }) =>
        `Funciona, y deja que cualquiera se salte la recepción. Solo ${seen} tiene que llamar a ${end}.`,
      'tcp-udp-share-space': ({ end }) => `Protocolo UDP: una regla de tcp 443 no dice nada de una postal para ${end}.`,
      'secure-twin-mixup': ({ end }) => `HTTP/3 lleva TLS dentro y llama a ${end}, no a su gemelo sin cifrar.`,
    },
    guest: {
      'source-ip-alone-selects': ({ end, seen }) =>
        end === ''
          ? `Cabecera larga: alguien nuevo, llame quien llame desde esa dirección. Visto en ${seen}.`
          : `Decide el ID ${end}, no la dirección. Una visita puede mudarse, y dos compartirla: ${seen}.`,
      'dport-alone-selects': ({ end }) =>
        end === ''
          ? 'Todas las postales van al 443. Un ID que nadie ha dado es de una visita nueva.'
          : `Todas van al 443. El ID ${end} distingue a las visitas.`,
      'https-is-tcp-only': ({ end }) => `UDP al 443 es HTTP/3. El ID ${end} lo dio esta casa.`,
    },
    stop: {
      'lb-listener-equals-target': (facts) => `${why[at(facts)](facts)} Listener y target son dos números.`,
      'k8s-port-is-targetport': (facts) => `${why[at(facts)](facts)} La puerta del Pod es el targetPort.`,
      'loopback-reachable-outside': ({ end }) => `${end} llega al Pod, y 127.0.0.1 solo recibe lo propio: RST.`,
      'listening-means-reachable': (facts) => `${why[at(facts)](facts)} Un farol más allá no ayuda.`,
      'allow-rule-opens-port': (facts) => `${why[at(facts)](facts)} No la para la garita.`,
    },
    repair: {
      'lb-listener-equals-target': ({ seen, end }) =>
        `Murió en ${place(seen)} como ${end}, y sigue igual. El número del listener no es el del target.`,
      'allow-rule-opens-port': ({ seen, end }) =>
        `Llegó a ${place(seen)} como ${end}: la garita la dejó pasar. Una regla no enciende faroles.`,
      'k8s-port-is-targetport': ({ seen, end }) =>
        `Murió en ${place(seen)} como ${end}, y no llega más lejos. El targetPort es solo del Pod.`,
      'wildcard-is-localhost': ({ seen, end }) =>
        `Murió en ${place(seen)} como ${end}. El fallo no es todavía dónde escucha el Pod.`,
      'loopback-reachable-outside': ({ seen, end }) =>
        `Murió en ${place(seen)} como ${end}. Un farol en 127.0.0.1 luce solo para el Pod.`,
      'expose-publishes': ({ seen, end }) =>
        `Murió en ${place(seen)} como ${end}. Un containerPort es una nota: ni abre ni cierra.`,
    },
    close: {
      'publish-reversed': ({ seen, end }) =>
        `El extraño llamó al ${end}. ${seen} es el número de detrás, y ese no lo ve ninguna garita.`,
      'expose-publishes': ({ seen }) =>
        `Un containerPort es una nota. Quitar ${seen} no cierra nada: el Service sigue llevando ahí.`,
      'k8s-port-is-targetport': ({ end }) => `Eso cambia la tienda. El Service debug sigue teniendo ${end}.`,
    },
    health: {
      'lb-listener-equals-target': (facts) =>
        `${why[at(facts)](facts)} Comprueba el puerto del target, no el del listener.`,
      'k8s-port-is-targetport': (facts) => `${why[at(facts)](facts)} El targetPort tiene que ser el del Pod.`,
      'loopback-reachable-outside': ({ end }) => `${end} llega al Pod, y su farol cuelga en 127.0.0.1: RST, rojo.`,
      'listening-means-reachable': (facts) => why[at(facts)](facts),
      'closed-is-silent': (facts) => `${why[at(facts)](facts)} El silencio sería de la garita.`,
      'no-rule-means-allowed': (facts) => `${why[at(facts)](facts)} Lo que ninguna regla nombra, se descarta.`,
    },
    reached: {
      'publish-reversed': (facts) => `${why[at(facts)](facts)} PORT(S) imprime port:nodePort.`,
      'publish-stays-private': (facts) => why[at(facts)](facts),
      'allow-rule-opens-port': (facts) => why[at(facts)](facts),
      'listening-means-reachable': (facts) => why[at(facts)](facts),
      'lb-listener-equals-target': (facts) => why[at(facts)](facts),
      'closed-is-silent': (facts) => `${why[at(facts)](facts)} Cerrado responde RST; una garita calla.`,
    },
  },
}

function at({ why: id }: TellFacts): ReceptionWhy {
  return Object.keys(why).find((one): one is ReceptionWhy => one === id) ?? 'no-number'
}
