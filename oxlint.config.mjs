/** Rooms in order: each may import itself and the rooms before it. */
export const rooms = [
  'net',
  'ports',
  'lessons',
  'shift',
  'levels',
  'words',
  'quiz',
  'exchange',
  'practice',
  'sandbox',
  'room',
  'modes',
  'store',
  'stage',
  'pwa',
  'ui',
  'server',
]

const forbid = (room, files, pure) => {
  const earlier = rooms.slice(0, rooms.indexOf(room))
  const later = rooms.slice(rooms.indexOf(room) + 1)
  const order = {
    group: later.flatMap((name) => [`**/../${name}`, `**/../${name}/**`]),
    message: `src/${room} may import only the rooms before it: ${earlier.join(', ') || 'none'}.`,
  }
  const purity = { regex: '^[^.]', message: `src/${room} is pure and imports nothing from outside.` }
  return { files, rules: { 'no-restricted-imports': ['error', { patterns: pure ? [order, purity] : [order] }] } }
}

/** Tests are like their room, but may use test tools, and those of levels and rules may look at later rooms' data. */
const boundaries = rooms.flatMap((room) => [
  forbid(room, [`src/${room}/**`], room === 'net'),
  { files: [`src/${room}/**/*.test.ts`], rules: { 'no-restricted-imports': 'off' } },
])

export default {
  plugins: ['typescript', 'unicorn', 'oxc', 'import', 'promise'],
  categories: { correctness: 'error', suspicious: 'error' },
  ignorePatterns: ['dist/**', 'dist-test/**', 'node_modules/**'],
  rules: {
    'typescript/no-explicit-any': 'error',
    'typescript/no-non-null-assertion': 'error',
    'typescript/no-floating-promises': 'error',
    'typescript/ban-ts-comment': 'error',
    'import/no-cycle': 'error',
    'import/no-unassigned-import': 'off',
    'unicorn/no-array-sort': 'off',
    'no-shadow': 'off',
    // The type checker knows better whether all cases return, and zustand's methods need no `this`.
    'typescript/consistent-return': 'off',
    'typescript/unbound-method': 'off',
    'unicorn/consistent-function-scoping': 'off',
    // Mistakes strings for references, and a worker's postMessage for a window's.
    'unicorn/no-array-fill-with-reference-type': 'off',
    'unicorn/require-post-message-target-origin': 'off',
    'no-console': ['error', { allow: ['error'] }],
    'no-restricted-globals': ['error', { name: 'event', message: 'Take the event as a parameter.' }],
  },
  overrides: [
    ...boundaries,
    {
      files: ['src/{net,ports,lessons,shift,levels,words,quiz,exchange,practice,sandbox,modes}/**'],
      rules: {
        'no-restricted-properties': [
          'error',
          { object: 'Math', property: 'random', message: 'Randomness is passed in.' },
          { object: 'Date', property: 'now', message: 'Time is passed in.' },
        ],
      },
    },
    { files: ['scripts/**', 'bench/**', 'src/server/**', '*.ts', 'e2e/**'], rules: { 'no-console': 'off' } },
  ],
}
