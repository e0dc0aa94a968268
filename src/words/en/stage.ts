/** What is painted at the doors: short. */
export const stage = {
  nobody: 'nobody listens',
  out: 'calls out',
}
