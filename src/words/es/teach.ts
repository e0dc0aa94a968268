import type { Words } from '..'

const sheet: Words['teach']['sheet'] = {
  source: (source) => `Fuente: ${source}`,
  position: (place) => `Lugar ${place}`,
  nowhere: 'sin lugar',
  splitStem: (stem, option) => `${stem} ¿Es correcto: ${option}?`,
  yes: 'sí',
  no: 'no',
  doors: {
    door: (place) => `puerta ${place}`,
    lamp: (local, program) => (program ? `farol ${local} (${program})` : `farol ${local}`),
    window: (peer) => `ventana ${peer}`,
  },
}

export const teach: Words['teach'] = {
  title: 'Para docentes',
  sheet,
}
