import { number } from './number'

export const settings = {
  title: 'Settings',
  language: 'Language',
  languageSystem: 'As the browser says',
  sound: 'Sound',
  volume: 'Volume',
  motion: 'Motion',
  motions: { system: 'As the system says', full: 'Full', reduced: 'Reduced' },
  speed: 'Speed of the pictures',
  times: (speed: number) => (speed === 1 ? 'Normal' : `${speed} times`),
  textSize: 'Text size',
  percent: (size: number) => `${size}%`,
  keys: 'Single keys act (digits, R, I, E, X, B, M)',
  progress: 'Your progress',
  save: 'Save my progress to a file',
  take: 'Take progress from a file',
  taken: (file: string, levels: number, answers: number) =>
    `${file}: ${levels} ${levels === 1 ? 'level' : 'levels'} and ${number(answers)} ${answers === 1 ? 'answer' : 'answers'} of the quiz taken over. What was better here has stayed.`,
  notTaken: {
    'not-json': (file: string) => `${file} is cut off or no JSON. Save it once more where it came from.`,
    'not-progress': (file: string) => `${file} holds no progress of this game. Choose a file that was saved here.`,
    'newer-version': (file: string) =>
      `${file} comes from a newer version of the game. Reload this page, then try again.`,
    'too-large': (file: string) => `${file} is too large to be a file of progress. Choose another one.`,
  },
  reset: 'Forget all progress',
  resetSure: 'Forget it all? Press once more',
  resetDone: 'Forgotten',
  close: 'Done',
}
