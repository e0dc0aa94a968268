import type { Language } from '../../shift/level'
import type { TellWhy } from '../../shift/shift'
import type { TellWords } from '../tell'
import type { TellFacts } from '../tell-facts'
import { reception } from './reception'
import { street } from './street'

const LANGUAGES: Readonly<Record<Language, string>> = {
  http: 'HTTP',
  tls: 'TLS',
  ssh: 'SSH',
  dns: 'DNS',
  mysql: 'MySQL',
}

const languageName = (text: string): string => Object.entries(LANGUAGES).find(([id]) => id === text)?.[1] ?? text

const place = ({ port, protocol }: TellFacts) => `${port}/${protocol.toLowerCase()}`

const WHY: Readonly<Record<TellWhy, (facts: TellFacts) => string>> = {
  rule: ({ rule, action }) => `La regla ${rule} es la primera que encaja: ${action}. Ahí terminó la lectura.`,
  policy: (facts) =>
    `Ninguna regla encaja con ${place(facts)} desde ${facts.source}: decide la política, ${facts.action}.`,
  'known-flow': ({ source, sourcePort, port, rule, action }) =>
    `Puerto de origen ${sourcePort}, puerto ${port}: el cuaderno tiene este flujo con ${source}. Regla ${rule}: ${action}.`,
  related: ({ rule, action }) =>
    `El ICMP cita un paquete de un flujo del cuaderno, así que es related. Regla ${rule}: ${action}.`,
  'no-flow': (facts) =>
    `Puerto ${place(facts)}: ni flujo en el cuaderno ni regla que lo nombre. Política: ${facts.action}.`,
  'by-port': ({ rule, port, action }) =>
    `Puerto de destino ${port}: la regla ${rule} es la primera que encaja: ${action}.`,
  'no-notebook': ({ port, action }) =>
    `Puerto ${port}: aquí no se recuerda nada y ninguna regla lo nombra. Política: ${action}.`,
  'syn-ack': (facts) => `SYN-ACK en ${place(facts)}: alguien escucha. Abierto.`,
  reset: (facts) => `RST en ${place(facts)}: el host vive y nadie escucha. Cerrado.`,
  'no-answer': (facts) => `Sin respuesta en ${place(facts)}: algo se tragó el SYN. Filtrado.`,
  'udp-note': (facts) => `ICMP de puerto inalcanzable para ${place(facts)}: nadie escucha. Cerrado.`,
  'udp-silence': (facts) =>
    `Sin respuesta en ${place(facts)}: un puerto UDP abierto no tiene que responder y un filtro no lo hace. No se sabe.`,
  forbidden: (facts) => `ICMP «prohibido» para ${place(facts)}: eso lo escribió una garita, no el host. Filtrado.`,
  speaks: ({ program, port, bytes }) =>
    `Primeros bytes: ${languageName(bytes)}. ${program} en ${port} lo habla, diga lo que diga el número.`,
  'other-tongue': ({ program, port, bytes }) =>
    `Primeros bytes: ${languageName(bytes)}. ${port} los llevó a ${program}, que cuelga.`,
  hole: () => 'Carga útil: el fallo estaba en el programa tras el 443, que debía seguir abierto. Lo cierra su parche.',
  stolen: () => 'Carga útil: la contraseña era correcta al primer intento. Solo un segundo factor pide más.',
  guessed: () =>
    'Carga útil: miles de contraseñas. Lo corta una entrada que espera tras cinco intentos, o que pide más.',
  'read-along': () => 'Carga útil: quien lee en el cable no aprende nada donde TLS lo cifra.',
  'sent-syn': ({ end }) =>
    `Flags [S]: ${end} envió el SYN y abrió así la conversación. Cliente, sea cual sea el número.`,
  'sent-first': ({ end }) => `Origen ${end}: de ahí vino el primer datagrama. Cliente, sea cual sea el número.`,
  'no-syn': () => 'Flags: ningún SYN en estas líneas, así que no dicen quién la abrió. Los números no prueban nada.',
  ...reception.why,
  ...street.why,
}

export const tell: TellWords = {
  how: {
    line: '¿Qué línea del tablón decide? Léelo desde arriba.',
    gate: '¿Lo deja pasar la garita?',
    knock: 'Has llamado. ¿Qué demuestra esta respuesta, y nada más?',
    hears: '¿Qué encontrará la visita ahí fuera?',
    map: '¿Qué pone en el mapa terminado del escáner?',
    speech: 'El número lo trajo aquí. ¿Se entienden estos bytes y el programa?',
    'would-stop': 'Vino por el 443, como cualquier cliente. ¿Qué lo habría parado?',
    'stopped-by': 'Vino por el 443, como cualquier cliente, y no sacó nada. ¿Qué lo paró?',
    client: '¿Quién es el cliente de esta conversación? Solo cuentan estas líneas.',
    ...reception.how,
    ...street.how,
  },
  howPlan: 'Escribe el tablón, cuelga los faroles. Luego llega la noche y lo prueba.',
  howVisit: 'La noche está ahí fuera. Ahora decide tu tablón.',
  say: {
    pass: { name: 'Pasa', about: 'la garita abre' },
    drop: { name: 'Descartar', about: 'no decir nada' },
    refuse: { name: 'Rechazar', about: 'escribir una nota' },
    open: { name: 'Abierto', about: 'alguien escucha' },
    closed: { name: 'Cerrado', about: 'nadie escucha' },
    filtered: { name: 'Filtrado', about: 'hay una garita en medio' },
    'open|filtered': { name: 'No se sabe', about: 'open|filtered' },
    unseen: { name: 'No está', about: 'nunca se encuentra' },
    understood: { name: 'Se entienden', about: 'hablan una sola lengua' },
    'hung-up': { name: 'Cuelga', about: 'otra lengua' },
    patch: { name: 'Un parche', about: 'el programa de hoy' },
    tls: { name: 'TLS', about: 'cifrar el cable' },
    'second-factor': { name: 'Segundo factor', about: 'más que una clave' },
    'try-limit': { name: 'Limitar intentos', about: 'una entrada que espera' },
    'other-port': { name: 'Otro número', about: 'mudarlo al 8443' },
    'close-rest': { name: 'Puertos cerrados', about: 'menos puertas abiertas' },
    'not-in-lines': { name: 'No se sabe', about: 'no está en las líneas' },
    ...reception.say,
    ...street.say,
  },
  line: (rule) => `Regla ${rule}`,
  policy: 'Política',
  lines: 'Líneas del tablón',
  language: languageName,
  heard: { title: 'Lo que volvió', silence: 'Nada. Esperaste y no llegó nada.' },
  sent: 'Tu llamada',
  notebook: 'El cuaderno',
  said: (text) => `dijiste: ${text}`,
  spoken: {
    tcp: (flags) => `flags ${flags}`,
    heard: (text) => `volvió: ${text}`,
    bytes: (text) => `primeros bytes: ${text}`,
  },
  why: WHY,
  wrongAt: {
    'would-stop': {
      'closed-port-secures-host': (facts: TellFacts) => `${WHY[facts.why](facts)} No le hizo falta otro.`,
      'nonstandard-port-hides': (facts: TellFacts) => `${WHY[facts.why](facts)} En otro número es igual.`,
      'open-443-is-safe': (facts: TellFacts) => `${WHY[facts.why](facts)} El 443 promete TLS, nada más.`,
      'database-open-with-password': (facts: TellFacts) => `${WHY[facts.why](facts)} No lo frenó entrada alguna.`,
    },
    'stopped-by': {
      'closed-port-secures-host': (facts: TellFacts) => `${WHY[facts.why](facts)} No le hizo falta otro.`,
      'nonstandard-port-hides': (facts: TellFacts) => `${WHY[facts.why](facts)} El número lo sabían todos.`,
      'open-443-is-safe': (facts: TellFacts) => `${WHY[facts.why](facts)} El 443 promete TLS, nada más.`,
      'database-open-with-password': (facts: TellFacts) => `${WHY[facts.why](facts)} Nunca quiso entrar.`,
    },
    client: {
      'reply-keeps-ports': (facts: TellFacts) =>
        facts.why === 'no-syn' ? WHY[facts.why](facts) : `${WHY[facts.why](facts)} La respuesta cambia ambos pares.`,
      'source-port-is-door': (facts: TellFacts) => `${WHY[facts.why](facts)} Su puerto de origen es el remite.`,
      'above-1023-is-ephemeral': (facts: TellFacts) => `${WHY[facts.why](facts)} También se sirve sobre el 1023.`,
      'ephemeral-always-49152': (facts: TellFacts) => `${WHY[facts.why](facts)} Linux elige desde el 32768.`,
      'client-uses-service-port': (facts: TellFacts) =>
        `${WHY[facts.why](facts)} Solo el lado del servidor necesita un número acordado.`,
    },
    ...reception.wrong,
    ...street.wrong,
  },
  ribbon: street.ribbon,
  stops: reception.stops,
  test: reception.test,
  ledger: street.ledger,
  places: { ...street.places, ...reception.stops },
  wrong: {
    'most-specific-rule-wins': ({ rule, action }) =>
      rule > 0
        ? `La regla ${rule} encaja primero: ${action}. Ahí terminó la lectura, por concretas que sean las demás.`
        : 'Política: ninguna regla encaja del todo con este paquete, así que ninguna habla.',
    'no-rule-means-allowed': (facts) =>
      facts.rule > 0
        ? WHY[facts.why](facts)
        : `Puerto ${place(facts)}: ninguna regla lo nombra, y lo que ninguna nombra es de la política: ${facts.action}.`,
    'tcp-udp-share-space': ({ protocol, port }) =>
      `Protocolo ${protocol}: la regla con ${port} es para el otro transporte y aquí no dice nada.`,
    'source-port-is-door': ({ sourcePort }) =>
      `Puerto de origen ${sourcePort}: eso lo escribe cualquiera. Sin flujo de este host no hay entrada en el cuaderno.`,
    'replies-need-inbound-rule': (facts) =>
      facts.why === 'known-flow' || facts.why === 'related'
        ? `El puerto ${facts.port} es el extremo propio de un flujo del cuaderno: las respuestas no necesitan regla.`
        : WHY[facts.why](facts),
    'stateless-remembers': (facts) =>
      facts.why === 'no-notebook'
        ? `Puerto ${facts.port}: sin cuaderno las reglas solo ven este paquete; quién llamó a quién no se sabe.`
        : `${WHY[facts.why](facts)} Una regla de números ve solo este paquete, no quién llamó a quién.`,
    'ftp-one-port': ({ port }) =>
      `El puerto ${port} se anunció dentro de la conexión de control. Para la garita es una visita nueva.`,
    'closed-is-silent': (facts) =>
      `${WHY[facts.why](facts)} Un puerto cerrado responde; el silencio apunta a un filtro.`,
    'udp-silence-means-open': (facts) => `${WHY[facts.why](facts)} El silencio no demuestra ningún servicio.`,
    'refused-means-host-down': (facts) => `${WHY[facts.why](facts)} Un rechazo demuestra que está en marcha.`,
    'closed-tcp-sends-icmp': (facts) => WHY[facts.why](facts),
    'udp-closed-sends-rst': (facts) => WHY[facts.why](facts),
    'nonstandard-port-hides': (facts) => `${WHY[facts.why](facts)} Se prueban las 65.535 manijas.`,
    'allow-rule-opens-port': ({ port }) =>
      `Puerto ${port}: la regla deja pasar el SYN, pero ahí no hay farol encendido. El host responde RST.`,
    'listening-means-reachable': ({ port }) =>
      `Puerto ${port}: hay un farol encendido, y la garita de delante no deja llegar ningún SYN.`,
    'closed-port-secures-host': ({ port }) =>
      `El puerto ${port} hace falta: la regla lo deja pasar y el farol lo recibe.`,
    'port-identifies-protocol': (facts) => WHY[facts.why](facts),
    'port-identifies-program': (facts) => WHY[facts.why](facts),
    'open-443-is-safe': (facts) => `${WHY[facts.why](facts)} El 443 no promete TLS.`,
    'low-port-is-trusted': (facts) => `${WHY[facts.why](facts)} Un número bajo no promete nada.`,
  },
  plan: {
    title: 'El banco de trabajo',
    board: { ip: 'Tablón IPv4', ip6: 'Tablón IPv6', inet: 'El tablón' },
    rule: (rule) => `Regla ${rule}`,
    loopback: 'iifname "lo" accept',
    from: 'De',
    to: 'Al puerto',
    does: 'Entonces',
    anyone: 'cualquiera',
    anyPort: 'cualquier puerto',
    known: 'flujos conocidos (established, related)',
    actions: { accept: 'accept', drop: 'drop' },
    policy: 'Política',
    add: 'Añadir una regla',
    remove: (rule) => `Quitar la regla ${rule}`,
    up: (rule) => `Subir la regla ${rule}`,
    down: (rule) => `Bajar la regla ${rule}`,
    drag: (rule) => `Arrastrar la regla ${rule}`,
    full: (most) => `El tablón está lleno: ${most} reglas.`,
    lamps: 'Faroles',
    lamp: (where, program) => `${where} ${program}`,
    at: (address) => `en ${address}`,
    everywhere: 'todas las entradas',
    staff: 'solo este host',
    out: 'apagado',
    needs: 'La casa necesita',
    need: {
      customer: (port) => `${port} para todos`,
      admin: (port, from) => `${port} para quien administra, en ${from}`,
      app: (port, from) => `${port} para la aplicación en ${from}`,
      local: (port) => `${port} para programas de este host`,
    },
    needAnswers: 'respuestas a sus propias llamadas',
    behind: 'Tras el 443',
    stands: {
      patched: { yes: 'con parche', no: 'nginx 1.20.0 (corregido en 1.20.1)' },
      tls: { yes: 'TLS 1.3', no: 'sin TLS' },
      secondFactor: { yes: 'contraseña y segundo factor', no: 'solo contraseña' },
      tryLimit: { yes: 'cinco intentos y espera', no: 'todos los intentos que se quiera' },
    },
    meter: (count) => `Los desconocidos alcanzan ${count} ${count === 1 ? 'puerta' : 'puertas'}`,
    nobody: 'Nada: desde la calle la casa está a oscuras.',
    send: 'Que venga la noche',
    go: 'Siguiente visita',
    run: 'Que siga la noche',
    stop: 'Parar la noche',
    lost: 'La noche se detiene.',
    pointer: 'El puntero se queda donde se decidió.',
    announce: (what) => what,
    planned: 'El tablón está colgado. Llega la noche.',
    moved: (rule, to) => `La regla ${rule} es ahora la regla ${to}.`,
  },
  who: {
    customer: 'Un cliente',
    app: 'El servidor de la aplicación',
    admin: 'Quien administra',
    answer: 'La respuesta a una llamada propia',
    local: 'Un programa de este host',
    intruder: 'Alguien',
    stranger: 'Un desconocido',
    stranger6: 'Un desconocido por IPv6',
  },
  visit: {
    served: (who, where) => `${who} en ${where}: pasó y fue atendido.`,
    keptOut: (who, where, how) => `${who} en ${where}: ${how}.`,
    how: { silence: 'encontró silencio', refused: 'fue rechazado' },
    decided: (rule) => `Decidió: ${rule}.`,
    by: {
      rule: (rule) => `la regla ${rule}`,
      policy: 'la política',
      before: 'la regla de loopback',
      nothing: 'ningún tablón',
      lamp: 'ahí no hay farol encendido',
    },
    attack: {
      lost: {
        exploit: 'Luego un fallo del programa tras el 443 le dio la tienda entera.',
        'stolen-password': 'Luego entró con una contraseña robada y se llevó la lista de clientes.',
        guessing: 'Luego probó contraseñas hasta acertar una.',
        eavesdropping: 'Luego alguien leyó la contraseña en el cable.',
      },
      held: {
        exploit: 'Probó un fallo del programa, que tiene su parche. Nada perdido.',
        'stolen-password': 'Tenía una contraseña robada y le faltó el segundo factor. Nada perdido.',
        guessing: 'Probó contraseñas; tras cinco, la entrada esperó. Nada perdido.',
        eavesdropping: 'Alguien leyó en el cable y vio ruido. Nada perdido.',
      },
    },
    lostGuest: (line) => `${line} La casa quería esta visita.`,
    letIn: (line) => `${line} Nadie quería esta visita.`,
  },
}
