import type { QuizScreenWords } from '../quiz-screens'
import { number, share } from './number'

const questions = (count: number) => `${number(count)} ${count === 1 ? 'pregunta' : 'preguntas'}`

export const quiz: QuizScreenWords = {
  topics: {
    'well-known': { name: 'Puertos conocidos', about: 'Los servicios y sus números', plate: '443' },
    'port-or-socket': { name: '¿Puerto o socket?', about: 'Un número, muchos sockets', plate: '1:n' },
    transports: { name: 'TCP y UDP', about: 'Dos espacios de números', plate: 'udp' },
    ranges: { name: 'Rangos', about: 'De sistema, de usuario, dinámicos', plate: '65535' },
    binding: { name: 'Asociar', about: 'Qué dirección contesta', plate: '*:22' },
    filters: { name: 'Filtros', about: 'Reglas, rechazo o silencio', plate: 'DROP' },
    nat: { name: 'NAT', about: 'Traducciones y reenvíos', plate: 'NAT' },
    containers: { name: 'Contenedores', about: 'Publicar, Service, balanceador', plate: '-p' },
    security: { name: 'Seguridad', about: 'Escaneos y exposición', plate: 'nmap' },
  },
  mixed: 'Mezcla',
  several: (topics) => `${topics} temas`,

  home: {
    headline: 'Nadie se aprende estas soluciones.',
    about:
      'Números nuevos en cada pregunta, y contesta el modelo de red. Una respuesta incorrecta te enseña la idea que hay detrás.',
    topicsTitle: '¿Sobre qué tema?',
    everything: 'Todo',
    everythingAbout: 'La mezcla cuesta más y se olvida menos',
    recommended: 'recomendado',
    lengthTitle: '¿Cuántas preguntas?',
    length: questions,
    clockTitle: 'Reloj',
    clock: (seconds) => (seconds === undefined ? 'Con calma, sin reloj' : `${seconds} s cada una`),
    start: (count) => `Empezar ${questions(count)}`,
    startHint: 'o pulsa Intro',
    waysTitle: 'Otros caminos',
    checkTitle: 'Descubre dónde estás',
    checkAbout: 'Doce preguntas que se adaptan a tus respuestas. Seis minutos.',
    ideasTitle: 'Tus ideas',
    ideasNone: 'Después de una ronda: qué está firme y qué es dudoso.',
    ideasSome: (firm, shaky, open) =>
      `${number(firm)} ${firm === 1 ? 'firme' : 'firmes'}, ${number(shaky)} ${shaky === 1 ? 'dudosa' : 'dudosas'}, ${number(open)} por ver`,
    pairTitle: 'Antes y después de un curso',
    pairAbout: 'Doce preguntas dos veces: ¿qué ha aportado?',
    pairOpen: 'Ya has empezado. Haz la segunda parte después del curso.',
    teachTitle: 'Para docentes',
    teachAbout: 'Crea una serie, imprímela, expórtala, envía un enlace.',
  },

  round: {
    place: (at, of) => `${at}\u00a0de\u00a0${of}`,
    question: (at, of) => `Pregunta ${at} de ${of}`,
    views: 'Lo que ves',
    viewsAfter: 'Lo que decide',
    doors: 'Puertas y ventanas',
  },

  how: {
    choose: 'Elige una.',
    predict: 'Predice: elige una antes de que el mundo conteste.',
    several: 'Elige todas las que se cumplen y entrega.',
    type: 'Escribe tu respuesta.',
    order: 'Ponlas en orden. Lo que no tiene sitio se queda donde está.',
    match: 'Da a cada una su pareja. Una pareja puede servir para varias.',
  },
  keys: {
    choose: (count) => `Teclas 1 a ${count}.`,
    several: (count) => `Teclas 1 a ${count}; Intro entrega.`,
    type: 'Intro entrega.',
    order: (count) => `Las teclas 1 a ${count} colocan y quitan; Intro entrega.`,
    match: (count) => `Las teclas 1 a ${count} dan pareja; Retroceso vuelve atrás; Intro entrega.`,
  },
  handIn: 'Entregar',
  typed: { port: 'Puerto', number: 'Número', text: 'Respuesta' },
  unreadable: {
    port: 'Eso no es un número de puerto. Escribe cifras, como 443, tcp/443 o 443/tcp. No se ha perdido nada.',
    number: 'Eso no es un número entero. Escribe solo cifras. No se ha perdido nada.',
    text: 'Todavía no hay nada que entregar. Escribe tu respuesta.',
  },
  order: {
    tray: 'Sin colocar',
    trayEmpty: 'Todas están colocadas.',
    list: 'Tu orden',
    notPlaced: 'sin colocar',
    placed: (text, place) => `${text} está en el lugar ${place}`,
    returned: (text) => `${text} está sin colocar`,
    up: (text) => `Subir ${text}`,
    down: (text) => `Bajar ${text}`,
    placeOf: (place, of) => `lugar ${place} de ${of}`,
    missing: (left) =>
      `${left === 1 ? 'Queda una' : `Quedan ${number(left)}`} sin colocar. Entrega otra vez si es lo que quieres.`,
    first: 'Coloca al menos una.',
    right: 'El orden correcto',
    nowhere: 'no tiene sitio',
    belongs: (place) => `va en el ${place}`,
  },
  match: {
    left: 'Busca pareja para',
    right: 'Parejas',
    open: 'sin pareja todavía',
    pair: (left, right) => `${left}: ${right}`,
    partnerFor: (left) => `para ${left}`,
    missing: (left) => `${left === 1 ? 'Queda una' : `Quedan ${number(left)}`} sin pareja.`,
    rightIs: (right) => `correcto: ${right}`,
  },

  marks: {
    right: 'Correcto',
    wrong: 'Incorrecto',
    noAnswer: 'Sin respuesta a tiempo',
    yours: 'tu respuesta',
    solution: 'correcta',
    yoursRight: 'tu respuesta, correcta',
    leftOut: 'te faltó',
    wronglyChosen: 'no se cumple',
  },
  feedback: {
    why: 'Por qué',
    answerIs: 'La respuesta',
    you: 'Tú',
    right: 'Correcto',
    believed: 'Muchos creen',
    fact: 'En realidad',
    seen: 'Se ve en',
    idea: 'La idea que hay detrás',
    goOn: 'Seguir',
    toEnd: 'Ver el resultado',
    showMe: 'Muéstramelo',
  },
  show: {
    title: 'Lo que hace el host',
    loading: 'Se está montando el escenario.',
    failed: 'No se pudo montar el escenario. La explicación dice lo mismo con palabras.',
    again: 'Otra vez',
    back: 'Volver a la pregunta',
  },

  clock: {
    left: (seconds) => `${seconds} s`,
    name: 'Tiempo que queda',
    more: 'El triple de tiempo',
  },

  doors: {
    listener: (port, protocol, address, program) =>
      `Puerta ${port}/${protocol}, farol encendido: un socket en escucha en ${address}${program ? ` (${program})` : ''}.`,
    out: (port, protocol) => `Puerto ${port}/${protocol}, sin farol: una conexión sin socket en escucha.`,
    windows: (count) =>
      count === 0 ? 'Ninguna ventana.' : `${number(count)} ${count === 1 ? 'ventana' : 'ventanas'}:`,
    window: (peer, local, state) => `${peer} en ${local}, ${state}`,
    more: (count) => `y ${number(count)} más`,
    none: 'Ninguna puerta tiene farol y ninguna ventana está encendida: aquí no hay nada asociado.',
    calls: 'llama fuera',
    everywhere: 'todas las direcciones',
    inside: 'solo este host',
    lit: 'Esto es lo que decide.',
  },

  end: {
    heading: (right, of) => `${number(right)} de ${number(of)} correctas`,
    perfect: 'Todo correcto. El portero se quita la gorra.',
    good: 'Una noche sin sobresaltos.',
    some: 'Lo incorrecto tiene un motivo. Míralo más abajo.',
    late: (count) =>
      `${questions(count)} sin respuesta a tiempo: no ${count === 1 ? 'cuenta' : 'cuentan'} ni a favor ni en contra.`,
    ideas: 'Qué está firme y qué es dudoso',
    ideasAbout: 'Cuántas veces seguiste cada idea cuando una pregunta la ofrecía. Pocas respuestas, barra ancha.',
    next: 'Otra ronda, hecha a partir de esta',
    nextAbout: (ideas) =>
      ideas === 0
        ? 'Nada es dudoso: la próxima ronda es una mezcla.'
        : `Primero pregunta por ${ideas === 1 ? 'la idea que aún no está firme' : `las ${number(ideas)} ideas que aún no están firmes`}.`,
    missed: 'Para mirar otra vez',
    nothingMissed: 'Nada que mirar otra vez.',
    copy: 'Copiar el enlace de esta ronda',
    copied: 'Enlace copiado. Quien lo abra tendrá las mismas preguntas.',
    copyFailed: 'El navegador no nos dejó copiar. El enlace está en la barra de direcciones.',
    back: 'Al quiz',
    retry: 'La misma ronda otra vez',
  },

  ideas: {
    title: 'Tus ideas',
    about: 'Cada pregunta que contestaste por primera vez dice algo de las ideas que ofrecía.',
    none: 'Todavía no se sabe nada.',
    noneAbout: 'Juega una ronda o haz el diagnóstico: entonces cada idea tendrá aquí su barra.',
    idea: 'Idea equivocada',
    followed: 'Seguida',
    range: 'Probablemente',
    standing: 'Hasta ahora',
    standings: { firm: 'firme', shaky: 'dudosa', open: 'por ver' },
    standingsAbout: {
      firm: 'muy probablemente ya no la crees',
      shaky: 'muy probablemente la crees',
      open: 'se ha preguntado demasiado poco',
    },
    of: (chosen, offered) => `${number(chosen)} de ${number(offered)}`,
    between: (low, high) => `de ${share(low)} a ${share(high)}`,
    scale: 'Cuántas veces se siguió la idea cuando una pregunta la ofrecía',
    all: (count) => `Mostrar las ${number(count)}`,
    fewer: 'Mostrar menos',
    answered: (count, right) =>
      `${questions(count)} ${count === 1 ? 'contestada' : 'contestadas'}, ${number(right)} ${right === 1 ? 'correcta' : 'correctas'}.`,
    build: 'Hacer una ronda a partir de esto',
  },

  check: {
    title: 'Dónde estás',
    heading: 'Dónde estás',
    noneHeld: 'En doce preguntas no se ha mostrado ninguna idea equivocada.',
    noneClear: 'No todo fue correcto, pero ninguna idea equivocada lo explica por sí sola.',
    held: 'Las crees, según parece',
    heldAbout: 'Llevaron a respuestas más de una vez, o ninguna otra cosa explica esas respuestas.',
    suspected: 'Quizá',
    suspectedAbout: 'Se mostraron una vez. Más preguntas lo dirían.',
    cleared: 'Descartadas',
    clearedAbout: (count) =>
      count === 1
        ? 'tus respuestas hablan en contra de una idea.'
        : `tus respuestas hablan en contra de ${number(count)} ideas.`,
    open: (count) =>
      count === 1 ? 'Por una idea nadie preguntó esta vez.' : `Por ${number(count)} ideas nadie preguntó esta vez.`,
    first: 'Haz esto primero',
    firstAbout: 'Lo que enseña lo contrario, en este orden.',
    level: (id, title) => `Nivel ${id}: ${title}`,
    deck: 'Practica los puertos conocidos',
    round: 'Una ronda de estas ideas',
    nothingFirst: 'Nada es urgente. Una ronda larga y mezclada encuentra lo que doce preguntas no vieron.',
    certain: (belief) => `${share(Math.min(belief, 0.99))} de probabilidad`,
    again: 'Hacerlo otra vez con otras preguntas',
  },

  pair: {
    title: { before: 'Antes del curso', after: 'Después del curso' },
    done: { before: 'La primera parte está hecha.', after: 'Las dos partes están hechas.' },
    score: (right, of) => `${number(right)} de ${number(of)} correctas`,
    link: 'Abre este enlace después del curso, en este dispositivo:',
    copy: 'Copiar el enlace de la segunda parte',
    gain: 'Lo que ha aportado el curso',
    before: 'Antes',
    after: 'Después',
    points: (low, high) => `entre ${signed(low)} y ${signed(high)} puntos (${share(0.95)})`,
    amount: (difference) => `${signed(difference)} puntos`,
    clear: 'Más de lo que explica el azar.',
    unclear: 'Con tan pocas preguntas no se distingue del azar.',
    worse: 'Menos que antes, y más de lo que explica el azar.',
    missing: 'La primera parte no se hizo en este dispositivo, así que no hay con qué comparar.',
  },

  broken: {
    unreadable: 'El enlace está dañado: falta o sobra una letra. Pídelo otra vez o prepara tú una ronda.',
    'unknown-topic': 'El enlace nombra un tema que aquí no existe. Quizá viene de otra versión: recarga la página.',
    'unknown-template':
      'El enlace nombra una pregunta que aquí no existe. Quizá viene de otra versión: recarga la página.',
  },
  brokenSet: {
    unreadable: 'El enlace de esta serie de preguntas está dañado: falta o sobra una letra. Pídelo otra vez.',
    empty: 'Esta serie no tiene preguntas. Pide a quien la envió que la revise.',
    'own-questions': 'Esta serie tiene preguntas que ningún enlace puede llevar. Pídelas en papel o en un archivo.',
    'unknown-template': 'Esta serie pregunta algo que aquí no existe. Quizá viene de otra versión: recarga la página.',
  },
  setUntitled: 'Serie de preguntas',
  toQuiz: 'Al quiz',
  full: 'El almacenamiento del navegador está lleno: tus respuestas no se guardan. Libera espacio y contesta otra pregunta.',
}

function signed(difference: number): string {
  const points = Math.round(difference * 100)
  return points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'
}
