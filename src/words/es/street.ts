import type { StreetWhy } from '../../shift/street-plan'
import type { street as english } from '../en/street'
import type { TellFacts } from '../tell-facts'

const why: Readonly<Record<StreetWhy, (facts: TellFacts) => string>> = {
  'kept-port': ({ sourcePort, end }) =>
    `Origen ${end}: la dirección de la calle, y el ${sourcePort} está libre hacia ese servidor, así que se queda.`,
  'moved-port': ({ sourcePort, end }) =>
    `Origen ${end}: hacia ese servidor otro piso ya tiene el ${sourcePort}, así que se toma un número libre.`,
  mapped: ({ port, end }) => `Puerto de destino ${port}: la lista tiene esta respuesta para ${end}.`,
  uninvited: ({ port }) =>
    `Puerto de destino ${port}: de este remitente la lista no tiene nada, y no hay letrero. A ninguna parte.`,
  forwarded: ({ port, end }) => `Puerto de destino ${port}: su letrero dice ${end}. Se reescriben dirección y puerto.`,
  restored: ({ end }) => `Origen ${end}: al salir se deshace la traducción, así que la visita reconoce al remitente.`,
  'no-sign': ({ port }) =>
    `Puerto de destino ${port}: ningún letrero lo nombra, así que es solo para la puerta de la calle. A ninguna parte.`,
  'direct-answer': ({ end }) =>
    `Origen ${end}: el servidor responde derecho a su vecino, que llamó a otra dirección. No encaja.`,
  'sign-works': ({ seen, end }) =>
    `Puerto de destino: este letrero lleva ${seen} a ${end}, y a nadie más a ningún sitio.`,
  published: ({ port, end }) => `Puerto de destino ${port}: el letrero es para él y lleva a ${end}, en el anexo.`,
  'before-the-gate': ({ port, end }) =>
    `Puerto de destino ${port}: se reescribe a ${end} antes de que lo lea la cadena input. Esa regla no lo vio.`,
  'not-published': ({ port }) =>
    `Puerto de destino ${port}: ningún letrero del host lo tiene, diga lo que diga la imagen.`,
  'staff-sign': ({ destination, port }) =>
    `Destino ${destination}: el letrero del ${port} cuelga en 127.0.0.1, adonde no llega ninguna calle.`,
  'two-signs': ({ port, seen, end }) =>
    `Puerto de destino ${port}: el primer letrero dice ${seen}; el segundo, ${end}.`,
  'two-back': ({ seen, end }) =>
    `Origen ${end}: se deshacen ambas traducciones, primero la última. Empezó como ${seen}.`,
}

const at = ({ why: id }: TellFacts): StreetWhy =>
  Object.keys(why).find((one): one is StreetWhy => one === id) ?? 'no-sign'

const plain = (facts: TellFacts): string => why[at(facts)](facts)

export const street: typeof english = {
  how: {
    rewrite: 'Eres la puerta de la calle. Escribe la etiqueta con que sale de la casa.',
    relabel: 'Eres la puerta de la calle. Escribe la etiqueta con que va al piso.',
    flat: '¿Dónde acaba: en qué dirección y en qué número de allí?',
    hairpin: 'Un piso llama a la dirección de la propia casa. ¿Lo atienden?',
    sign: '¿Qué letrero hace funcionar esta llamada y no abre nada más?',
  },
  say: { misfit: { name: 'No encaja', about: 'responde un desconocido' } },
  why,
  ledger: { title: 'La lista', flat: 'Piso', street: 'En la calle', far: 'Llamado' },
  ribbon: 'La etiqueta en cada parada',
  places: { town: 'En la ciudad', house: 'En la casa', annex: 'En el anexo' },
  wrong: {
    relabel: {
      'router-routes-by-port': (facts) => `${plain(facts)} En la casa nadie se llama ${facts.destination}.`,
      'forward-keeps-port': (facts) => `${plain(facts)} El piso no sabe nada del ${facts.port}.`,
      'source-port-is-door': (facts) => `${plain(facts)} El origen es el remite de la visita: se queda.`,
    },
    rewrite: {
      'source-port-is-door': (facts) => `${plain(facts)} El destino es adonde va: se queda.`,
      'router-routes-by-port': (facts) => `${plain(facts)} Una dirección de la casa no dice nada en la ciudad.`,
      'source-port-alone-selects': (facts) =>
        `${plain(facts)} Con un número para dos pisos, ambas respuestas acabarían en uno.`,
      'client-uses-service-port': (facts) => `${plain(facts)} Quien llama no necesita un número acordado.`,
      'reply-keeps-ports': (facts) => `${plain(facts)} Con otra etiqueta nadie fue llamado.`,
      'forward-keeps-port': (facts) => `${plain(facts)} También vuelve el número de fuera.`,
    },
    flat: {
      'source-ip-alone-selects': (facts) => `${plain(facts)} Un servidor puede responder a varios pisos.`,
      'forward-keeps-port': (facts) => `${plain(facts)} El número no tiene por qué seguir igual.`,
      'nat-is-firewall': (facts) => `${plain(facts)} Lo que conoce la lista o un letrero entra.`,
      'unsolicited-finds-host': ({ port }) =>
        `Puerto de destino ${port}: nadie de la casa llamó a este remitente, y ningún letrero tiene el número.`,
      'router-routes-by-port': plain,
      'publish-reversed': (facts) =>
        `${plain(facts)} A la izquierda, el número del host; a la derecha, el del contenedor.`,
      'expose-publishes': (facts) => `${plain(facts)} EXPOSE es una nota para quien lee.`,
      'publish-stays-private': plain,
      'port-unique-across-hosts': (facts) => `${plain(facts)} Cada anexo tiene todos los números para sí.`,
      'loopback-reachable-outside': plain,
    },
    hairpin: { 'hairpin-always-works': plain, 'nat-is-firewall': plain },
    sign: {
      'forward-keeps-port': ({ end }) => `Número de dentro: nadie escucha en otro que el de ${end}.`,
      'publish-reversed': ({ seen, end }) =>
        `Orden: primero lo de fuera. La llamada va a ${seen}; el programa escucha en ${end}.`,
      'source-port-is-door': ({ seen }) => `Puerto de origen: lo elige quien llama. El letrero es para ${seen}.`,
      'port-unique-across-hosts': ({ seen }) =>
        `Número de fuera: el host tiene cada uno solo una vez, y esta llamada va a ${seen}.`,
      'loopback-reachable-outside': ({ seen }) =>
        `Dirección del letrero: en 127.0.0.1 nadie de la calle puede leerlo. La llamada es para ${seen}.`,
      'publish-stays-private': ({ seen }) =>
        `Dirección del letrero: este también lo lee la calle. Solo se quería ${seen}.`,
      'wildcard-is-localhost': ({ seen }) =>
        `Dirección del letrero: 0.0.0.0 son todas las entradas, también la de la calle. Solo se quería ${seen}.`,
    },
  },
}
