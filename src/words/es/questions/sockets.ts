import type { QuestionWords } from '../../questions'

export const sockets: QuestionWords['sockets'] = {
  'ps-which-window': {
    stem: 'Llega un segmento con datos. ¿Adónde va?',
    explain: (peer, door, why) =>
      why === 'connection'
        ? `La dirección y el puerto de origen juntos eligen entre las ventanas de la puerta ${door}: esta es la de \`${peer}\`.`
        : `La dirección y el puerto de origen juntos eligen entre las ventanas de la puerta ${door}. Ninguna tiene \`${peer}\`, y los datos no son un SYN: la respuesta es RST.`,
  },
}
