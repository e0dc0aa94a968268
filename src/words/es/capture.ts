import type { Words } from '..'
import { number, share } from './number'

const packets = (value: number) => `${number(value)} ${value === 1 ? 'paquete' : 'paquetes'}`

export const capture: Words['capture'] = {
  title: 'Tu propia noche',
  about:
    'Trae una grabación de tráfico real: .pcap o .pcapng, con o sin gzip. Se lee en este navegador y nunca sale de él.',
  choose: 'Elegir un archivo',
  orDrop: 'o suéltalo aquí',
  sample: 'Usar la muestra',
  sampleName: 'sample.pcap',
  other: 'Elegir otro archivo',
  sampleAbout: 'Un servidor pequeño, un minuto de su noche.',
  back: 'Volver al edificio',
  reading: (file) => `Leyendo ${file}`,
  progress: (part, count) => `${share(part)}, ${packets(count)}`,
  cancel: 'Cancelar',
  cancelled: 'Cancelado. No se ha guardado nada.',
  found: (file, count, hosts) =>
    `${file}: ${packets(count)}, ${number(hosts)} ${hosts === 1 ? 'dirección' : 'direcciones'}`,
  damaged: 'Lo que se pudo leer se puede jugar.',
  who: '¿Qué dirección es el edificio?',
  host: (inbound, doors) => `${packets(inbound)} de entrada, ${number(doors)} ${doors === 1 ? 'puerta' : 'puertas'}`,
  proposed: 'el servidor con más tráfico',
  count: 'Paquetes para jugar',
  start: 'Empezar el turno',
  none: 'Ningún paquete de este archivo llegó a una dirección por TCP o UDP: no hay nada que repartir. Prueba otra grabación.',
  noneFor: (address) => `Nada de lo que llegó a ${address} tuvo respuesta o se puede leer. Elige otra dirección.`,
  notAsked: (unreadable, unanswered) =>
    [
      unanswered > 0 ? `${packets(unanswered)} sin respuesta: nadie puede decir qué es lo correcto` : '',
      unreadable > 0 ? `${packets(unreadable)} sin puertos legibles` : '',
    ]
      .filter(Boolean)
      .join('; '),
  failed: 'No se pudo abrir el archivo. Quizá se movió o cambió mientras se leía: elígelo otra vez.',
}
