import type { QuestionWords } from '../../questions'

export const balancing: QuestionWords['balancing'] = {
  modes: { proxy: 'modo proxy', passthrough: 'modo passthrough' },
  'lb-target-rule': {
    stem: (name, mode) =>
      `El balanceador \`${name}\` (${mode}) debe atender a quienes llaman. ¿Qué regla les falta aún a los targets en su cadena input?`,
    none: 'ninguna: lo que envía el balanceador entra por sí solo',
    proxy: (port, address) =>
      `El puerto de destino en el target es ${port}. Quien llama al target es el propio balanceador, así que el origen es \`${address}\` y la regla puede ser así de estrecha.`,
    passthrough: (port) =>
      `El puerto de destino en el target es ${port}. El balanceador deja el origen como está, así que la regla debe dejar pasar llamadas de todas partes.`,
  },
  'lb-two-connections': {
    stem: (name, mode, target) =>
      `El balanceador \`${name}\` (${mode}) atiende esta llamada. ¿Qué línea aparece entonces en el tablón de \`${target}\`?`,
    proxy: (address) =>
      `El otro extremo es \`${address}\`: el balanceador termina la conexión de quien llama y abre otra hacia el target, desde un puerto efímero propio.`,
    passthrough: (caller) =>
      `El otro extremo es quien llama, \`${caller}\`: el balanceador solo reescribe el destino. Hay una sola conexión, y su origen no cambia.`,
  },
}
