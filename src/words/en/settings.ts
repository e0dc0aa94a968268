export const settings = {
  title: 'Settings',
  sound: 'Sound',
  volume: 'Volume',
  motion: 'Motion',
  motions: { system: 'As the system says', full: 'Full', reduced: 'Reduced' },
  textSize: 'Text size',
  percent: (size: number) => `${size}%`,
  keys: 'Single keys act (digits, R, I, E, X, B, M)',
  reset: 'Forget all progress',
  resetSure: 'Forget it all? Press once more',
  resetDone: 'Forgotten',
  close: 'Done',
}
