export const quiz = {
  title: 'Quiz',
}
