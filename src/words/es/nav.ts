import type { Words } from '..'

export const nav: Words['nav'] = {
  label: 'Partes de la casa',
  play: 'Jugar',
  quiz: 'Quiz',
  practice: 'Práctica',
  class: 'Clase',
  sandbox: 'Pruebas',
  openInSandbox: 'Abrir en pruebas',
  asPicture: 'Como dibujo, en el banco de pruebas',
  sandboxAbout: 'Monta un servidor, pega tu terminal.',
}
