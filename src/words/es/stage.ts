import type { Words } from '..'

export const stage: Words['stage'] = {
  nobody: 'nadie',
  out: 'llama fuera',
  closeUp: {
    protocol: 'Protocolo',
    localAddress: 'Dirección local',
    localPort: 'Puerto local',
    remoteAddress: 'Dirección remota',
    remotePort: 'Puerto remoto',
    said: (protocol, here, there) => `Una ventana, cinco campos: ${protocol}, ${here}, ${there}.`,
  },
}
