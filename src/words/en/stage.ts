/** What is painted at the doors: short. */
export const stage = {
  nobody: 'nobody listens',
  out: 'calls out',
  closeUp: {
    protocol: 'Protocol',
    localAddress: 'Local address',
    localPort: 'Local port',
    remoteAddress: 'Remote address',
    remotePort: 'Remote port',
    said: (protocol: string, here: string, there: string) => `One window, five fields: ${protocol}, ${here}, ${there}.`,
  },
}
