import type { ModeWords } from '../mode-screens'
import { number } from './number'

const badges: ModeWords['log']['badge'] = {
  doors: { name: 'Ni una puerta mal', about: 'Todos los niveles de una planta sin fallo al primer intento.' },
  labels: { name: 'Las dos mitades', about: '50 etiquetas leídas hasta el final: dirección y puerto.' },
  bait: { name: 'Devuélvase al remitente', about: '40 puertos de origen que parecían puertas y se quedaron en paz.' },
  refusals: { name: 'A la manera de la casa', about: '50 rechazos, cada uno como rechaza su protocolo.' },
  replies: { name: 'El camino de vuelta', about: '25 respuestas con los dos extremos girados.' },
  requests: { name: 'Kernel en funciones', about: '40 programas escuchados y juzgados como lo haría el kernel.' },
  long: { name: 'Direcciones largas', about: '25 paquetes leídos hasta el final de una dirección IPv6.' },
  rules: { name: 'Desde arriba', about: '40 veces la línea del tablón que decide.' },
  knocks: { name: 'El silencio dice algo', about: '40 llamadas, y qué demuestra cada respuesta.' },
  rewrites: { name: 'La letra del escribiente', about: '60 paquetes seguidos a través de una traducción.' },
  wings: { name: 'Conoce las alas', about: '40 llamadas llevadas a un ala, y a su número.' },
  lines: { name: 'Lee el cable', about: '100 líneas de tcpdump.' },
  hex: { name: 'Lee bytes', about: '100 tuplas en hexadecimal. El turno sin fin las trae a quien acierta.' },
  minds: { name: 'He cambiado de idea', about: '3 ideas falsas que tenías y no has vuelto a elegir.' },
  sixty: { name: 'Sesenta ventanas', about: 'Un turno de hoy sin una sola ventana oscura.' },
  week: { name: 'Siete fechas', about: '7 turnos de hoy, en 7 días cualesquiera.' },
  night: { name: 'Hasta que vino la leche', about: '100 paquetes bien al primer intento en una noche.' },
}

const entries: Readonly<Record<number, string>> = {
  1: 'Aprendidas las puertas. Un número es una puerta, y el protocolo dice cuál de las dos. Nadie se perdió en el vestíbulo.',
  2: 'Conté ventanas hasta creérmelo. Una puerta, y tantas ventanas como llamadas tiene la ciudad.',
  3: 'Colgados los faroles en sus direcciones. Uno mira solo al patio; la calle ha preguntado toda la noche, en vano.',
  4: 'Llevé la silla a la garita. Leí el tablón desde arriba y paré en la primera línea que encaja.',
  5: 'Una puerta a la calle, muchos pisos. El escribiente pone otra etiqueta a cada paquete; ya entiendo su letra.',
  6: 'La recepción no tiene habitaciones propias. Manda a cada cual a su ala, y ninguna tiene celos.',
  7: 'El archivo está en silencio. Bytes, uno tras otro, y todos tenían una dirección.',
}

export const modes: ModeWords = {
  today: {
    title: 'El turno de hoy',
    about: 'Sesenta paquetes, los mismos para todos los que juegan hoy, de todas las plantas. Sin reloj.',
    once: 'Cuenta el primer intento del día. Después puedes jugar los mismos paquetes como práctica.',
    start: 'Empezar los sesenta',
    goOn: (done) => `Seguir: ${done} de 60 hechos`,
    practise: 'Practicar los mismos sesenta',
    done: 'El turno de hoy está hecho',
    score: (right, of) => `${right} de ${of} bien al primer intento`,
    next: (time) =>
      `Los próximos sesenta llegan a las ${time}, hora tuya. El día cambia a medianoche UTC, para todos a la vez.`,
    picture: (rows) =>
      `La casa de hoy, una ventana por paquete: ${rows.map((row, at) => `fila ${at + 1}: ${row}`).join('; ')}`,
    lit: (lit, of) => `${lit} de ${of} encendidas`,
    dark: 'La casa de hoy: sesenta ventanas, aún a oscuras',
    copyText: 'Copiar como texto',
    copyLink: 'Copiar enlace',
    watch: 'Verlo otra vez',
    missed: 'Qué falló y por qué',
    copied: 'Copiado',
    copyFailed: 'El navegador no nos dejó copiar. Selecciona el texto de abajo y cópialo a mano.',
    asText: 'El resultado como texto',
    practised: 'Esto era práctica: queda el primer intento del día.',
    text: (day, right, of, rows, address) =>
      [`Port Authority ${day}`, `${right} de ${of} al primer intento`, ...rows, address].join('\n'),
    home: 'Al edificio',
    log: 'El cuaderno del portero',
  },
  streak: {
    days: (days) => (days === 1 ? '1 día de práctica.' : `${days} días de práctica.`),
    none: 'Cuenta cualquier práctica: un turno, una pregunta, una carta.',
    free: (free) =>
      free === 0
        ? 'Los dos días libres de esta semana están usados. Semana nueva, días nuevos.'
        : free === 1
          ? 'Te queda 1 día libre esta semana.'
          : 'Tienes 2 días libres a la semana.',
  },
  night: {
    title: 'Turno sin fin',
    about: 'Todos los equipos que conoces, sin orden y sin parar. Acaba cuando tú quieras: Esc y «Acabar la noche».',
    mixed: (levels) =>
      levels === 1 ? 'Sale de 1 nivel que tienes abierto.' : `Sale de ${levels} niveles que tienes abiertos.`,
    leans: 'Insiste en lo que has fallado hace poco',
    fresh: 'Aún no sabe nada de ti. Se dará cuenta.',
    harder: 'Los aciertos traen papeles más densos: el formulario, la línea de tcpdump, los bytes.',
    start: 'Empezar la noche',
    best: 'Las mejores noches',
    none: 'Ninguna noche todavía.',
    date: 'Fecha',
    right: 'Bien al primer intento',
    streak: 'Mejor racha',
    watch: 'Ver',
    over: (right, of) => `${right} de ${of} bien al primer intento. Queda en el cuaderno.`,
    bestYet: 'Tu lista más larga hasta ahora.',
    again: 'Otra noche',
  },
  log: {
    title: 'El cuaderno del portero',
    about: 'Lo que se hizo en esta casa, por plantas. No lo lee nadie más que tú.',
    floor: (floor, name) => (name === '' ? `Planta ${floor}` : `Planta ${floor}, ${name}`),
    entry: (floor) => entries[floor] ?? 'Otra planta con las luces encendidas.',
    dark: 'Aún a oscuras.',
    some: (won, of) => `${won} de ${of} puertas tienen estrella. No se anota nada antes de la última.`,
    lit: 'encendida',
    badges: 'Placas',
    badgesAbout: 'Placas por lo que ya sabes hacer. Se pulen haciéndolo, y nadie cuenta los días.',
    badge: badges,
    earned: 'conseguida',
    progress: (have, need) => `${number(have)} de ${number(need)}`,
    days: 'Días',
    todays: (count) => (count === 1 ? '1 turno de hoy' : `${count} turnos de hoy`),
    nights: (count) => (count === 1 ? '1 noche guardada' : `${count} noches guardadas`),
  },
}
