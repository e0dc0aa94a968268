/** Rooms in order: each may import itself and the rooms before it. */
export const rooms = ['net', 'ports', 'lessons', 'shift', 'levels', 'words', 'store', 'stage', 'ui', 'server']

const forbid = (room) => {
  const later = rooms.slice(rooms.indexOf(room) + 1)
  return {
    files: [`src/${room}/**`],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: later.flatMap((name) => [`**/${name}`, `**/${name}/**`]),
              message: `src/${room} may import only the rooms before it: ${rooms.slice(0, rooms.indexOf(room)).join(', ') || 'none'}.`,
            },
            ...(room === 'net' ? [{ regex: '^[^.]', message: 'src/net is pure and imports nothing from outside.' }] : []),
          ],
        },
      ],
    },
  }
}

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
    'no-console': ['error', { allow: ['error'] }],
    'no-restricted-globals': ['error', { name: 'event', message: 'Take the event as a parameter.' }],
  },
  overrides: [
    ...rooms.map(forbid),
    { files: ['src/{net,ports,lessons,shift,levels,words}/**'], rules: { 'no-restricted-properties': ['error', { object: 'Math', property: 'random', message: 'Randomness is passed in.' }, { object: 'Date', property: 'now', message: 'Time is passed in.' }] } },
    { files: ['scripts/**', 'bench/**', 'src/server/**', '*.ts', 'e2e/**'], rules: { 'no-console': 'off' } },
  ],
}
