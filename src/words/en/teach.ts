export const teach = {
  title: 'For teachers',
}
