import type { Words } from '..'
import { number } from './number'

export const settings: Words['settings'] = {
  title: 'Ajustes',
  language: 'Idioma',
  languageSystem: 'El del navegador',
  sound: 'Sonido',
  volume: 'Volumen',
  motion: 'Movimiento',
  motions: { system: 'El del sistema', full: 'Completo', reduced: 'Reducido' },
  speed: 'Velocidad de las animaciones',
  times: (speed) => (speed === 1 ? 'La normal' : `${speed.toLocaleString('es')} veces`),
  textSize: 'Tamaño del texto',
  percent: (size) => `${size}\u202f%`,
  keys: 'Teclas sueltas activas (cifras, R, I, E, X, B, M)',
  progress: 'Tu progreso',
  save: 'Guardar en un archivo',
  take: 'Traer de un archivo',
  taken: (file, levels, answers) =>
    `De ${file}: ${levels} ${levels === 1 ? 'nivel' : 'niveles'} y ${number(answers)} ${answers === 1 ? 'respuesta' : 'respuestas'} a preguntas. Lo que aquí era mejor no ha cambiado.`,
  notTaken: {
    'not-json': (file) => `${file} está cortado o no es JSON. Vuelve a guardarlo donde se creó.`,
    'not-progress': (file) => `${file} no contiene progreso de este juego. Elige un archivo guardado aquí.`,
    'newer-version': (file) => `${file} viene de una versión más nueva del juego. Recarga la página y prueba otra vez.`,
    'too-large': (file) => `${file} es demasiado grande para ser un archivo de progreso. Elige otro.`,
  },
  reset: 'Olvidar todo el progreso',
  resetSure: '¿Olvidarlo todo? Pulsa otra vez',
  resetDone: 'Olvidado',
  close: 'Listo',
}
