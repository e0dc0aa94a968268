/** The ways through the house, on every screen but the shift. */
export const nav = {
  label: 'Parts of the house',
  play: 'Play',
  quiz: 'Quiz',
  practice: 'Practice',
  class: 'Class',
  sandbox: 'Sandbox',
  openInSandbox: 'Open in sandbox',
  asPicture: 'As a picture, in the sandbox',
  sandboxAbout: 'Build a server, paste your terminal.',
}
