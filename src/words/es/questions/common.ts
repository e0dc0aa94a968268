import type { QuestionWords } from '../../questions'

export const common: QuestionWords['common'] = {
  fields: {
    protocol: 'Protocolo',
    source: 'Dirección de origen',
    sourcePort: 'Puerto de origen',
    destination: 'Dirección de destino',
    destinationPort: 'Puerto de destino',
    flags: 'Flags',
  },
  toWindow: (peer, local) => `a la ventana de ${peer} (socket conectado en ${local})`,
  toListener: (local, program) =>
    program ? `al farol de ${local} (socket en escucha de ${program})` : `al farol de ${local} (socket en escucha)`,
  rst: 'rechazado con RST',
  portUnreachable: 'respondido con ICMP de puerto inalcanzable',
  silence: 'descartado, sin respuesta',
  echoReply: 'respondido con una respuesta de eco ICMP',
  notMine: 'ignorado: la dirección no es de este host',
  letThrough: 'se deja pasar',
  yes: 'sí',
  no: 'no',
}
