import type { Words } from '..'

const FLOORS: Readonly<Record<number, { readonly name: string; readonly about: string }>> = {
  1: { name: 'El vestíbulo', about: 'Una puerta es protocolo más puerto de destino.' },
  2: { name: 'Las ventanas', about: 'Una puerta, muchas conexiones: la 5-tupla.' },
  3: { name: 'Las entradas', about: 'Un farol cuelga en una dirección, no solo en un número.' },
  4: { name: 'La garita', about: 'Se alcanza lo que las reglas dejan pasar y un farol recibe.' },
  5: { name: 'La puerta de la calle', about: 'Los números pueden reescribirse por el camino.' },
  6: { name: 'La recepción', about: 'Una puerta a la vista, muchas alas.' },
  7: { name: 'El archivo', about: 'Noches grabadas, byte a byte.' },
}

export const home: Words['home'] = {
  name: 'Port Authority',
  skip: 'Saltar al contenido',
  first: 'Turno de noche. Un servidor, una dirección.',
  headline: 'Cada paquete lleva sus papeles.',
  allLit: 'Todas las plantas tienen luz.',
  about: 'Lee la 5-tupla. Encuentra la puerta. Que el servidor no pare.',
  start: 'Empezar el turno',
  startHint: 'o pulsa Intro',
  goOn: (id, title) => `Seguir: ${id} ${title}`,
  again: (id, title) => `Repetir ${id}: ${title}`,
  stars: (stars, all) => `${stars} de ${all} estrellas`,
  settings: 'Ajustes',
  building: 'El edificio',
  address: '192.0.2.10',
  floor: (floor) => FLOORS[floor] ?? { name: '', about: '' },
  floorState: { locked: ', todavía a oscuras', finished: ', todo hecho', open: '' },
  archive: 'El archivo',
  modes: {
    today: { title: 'El turno de hoy', about: 'Los mismos 60 paquetes para todos, hasta medianoche UTC.' },
    night: { title: 'Turno sin fin', about: 'Acaba cuando tú quieras' },
    log: { title: 'El cuaderno del portero', about: 'Plantas con luz, placas ganadas' },
    build: { title: 'Construir un nivel', about: 'Para tu clase, como enlace' },
  },
  todayDone: (right, of) => `${right} de ${of} bien al primer intento. Mañana habrá otros.`,
  todayBegun: 'Empezado. Tu sitio está guardado.',
  streak: (days) => (days === 1 ? '1 día' : `${days} días`),
  own: 'Tu propia noche',
  ownAbout: 'Suelta un .pcap o .pcapng: sus paquetes serán un turno. Nunca sale de este navegador.',
  levelState: (open, stars, before, boss) =>
    !open
      ? ` se abre con una estrella en ${before}`
      : `${boss ? ' la gran prueba de la planta: abierta a quien se atreva' : ''}${stars > 0 ? ` ${stars} ${stars === 1 ? 'estrella' : 'estrellas'}` : ''}`,
  after: (before) => `tras ${before}`,
  drop: 'Suéltalo: este archivo será un turno',
  broken: {
    heading: 'Este enlace no lleva a ninguna parte',
    unreadable: 'El enlace está dañado: le falta o le sobra una letra. Pídelo de nuevo o empieza desde el edificio.',
    'newer-version': 'El enlace viene de una versión más nueva de Port Authority. Recarga la página y prueba otra vez.',
    'unknown-level': 'El enlace nombra un nivel que este edificio no tiene.',
    'does-not-replay': 'El enlace no encaja con su propio turno: se cambió una parte. Pídelo de nuevo.',
    page: 'Esa página no existe en este edificio.',
    home: 'Al edificio',
  },
  crashed: {
    heading: 'Algo se ha roto de nuestro lado',
    about: 'Tu progreso está a salvo. Vuelve al edificio y sigue desde allí.',
  },
  missing: {
    heading: 'Esta parte no ha llegado',
    about: 'No se pudo descargar. Comprueba la conexión y recarga la página. Tu progreso está a salvo.',
  },
  notice: {
    language: (name) =>
      `No se pudo descargar el idioma ${name}. Comprueba la conexión y recarga la página o elígelo otra vez.`,
    'set-aside': (key) =>
      `No se pudieron leer los datos guardados. Queda una copia en este navegador como «${key}»; el juego empieza de cero.`,
    blocked:
      'Este navegador no nos guarda nada (quizá es una ventana privada): el progreso dura hasta que cierres la página.',
    full: 'El almacenamiento del navegador está lleno: el progreso no se guarda. Libera espacio y termina otro nivel.',
  },
  update: { ready: 'Hay una versión nueva.', reload: 'Recargar' },
  dismiss: 'Cerrar',
}
