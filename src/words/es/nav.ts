import type { Words } from '..'

export const nav: Words['nav'] = {
  label: 'Partes de la casa',
  play: 'Jugar',
  quiz: 'Quiz',
  practice: 'Práctica',
  class: 'Clase',
  sandbox: 'Pruebas',
  openInSandbox: 'Abrir en pruebas',
  sandboxAbout: 'Monta un servidor, pega tu terminal.',
}
