import type { QuestionWords } from '../../questions'
import { number } from '../number'

export const replies: QuestionWords['replies'] = {
  'rp-build-reply': {
    stem: 'Este paquete se entregó. ¿Qué cabecera lleva la respuesta?',
    explain: (local, client) =>
      `El origen y el destino cambian de lugar, cada dirección con su puerto: la respuesta va de \`${local}\` a \`${client}\`.`,
  },
  'rp-reply-dport': {
    stem: 'Este paquete se entregó, y el servidor responde. ¿Qué puerto de destino lleva la respuesta?',
    explain: (source, door) =>
      `El puerto de origen de la petición, ${source}, es el remite: pasa a ser el puerto de destino de la respuesta. ${door} pasa a ser su puerto de origen.`,
  },
  'rp-fill-reply': {
    stem: 'Este paquete se entregó. ¿Qué lleva cada campo de la cabecera de la respuesta? Un número sobra.',
    explain: (local, client) =>
      `El origen y el destino cambian de lugar, cada dirección con su puerto: la respuesta va de \`${local}\` a \`${client}\`.`,
  },
  'rp-reply-arrives': {
    stem: 'Llega este paquete. ¿Adónde va?',
    back: (port, remote) =>
      `El puerto de destino ${port} no es una puerta, sino el extremo propio de una llamada que hizo este host. Con \`${remote}\` como origen, la 5-tupla entera encaja en su ventana (socket conectado).`,
    late: (port, remote) =>
      `Puerto de destino ${port}: ninguna ventana (socket conectado) lo tiene ya junto con \`${remote}\`, y nadie escucha allí. TCP responde RST.`,
  },
  'rp-who-is-client': {
    stem: 'Dos conexiones: de cada una, una línea del principio y otra posterior. ¿Qué dos extremos son los clientes?',
    explain:
      'Los flags deciden: quien envía `[S]` es el cliente, y quien envía `[S.]` es el servidor. Las líneas posteriores van en los dos sentidos, y el tamaño de un puerto no prueba nada.',
  },
  'rp-ephemeral-source': {
    stem: (system, remote) =>
      `Un cliente ${system} con los ajustes de fábrica se conecta a \`${remote}\`. ¿Cuáles de estos puertos de origen puede elegir su sistema?`,
    explain: (system, low, high) =>
      system === 'Linux'
        ? `El rango es un ajuste del sistema del cliente. Linux usa por defecto ${low} a ${high}, que no es el rango dinámico de IANA, 49152 a 65535.`
        : `El rango es un ajuste del sistema del cliente. ${system} usa el rango dinámico de IANA, ${low} a ${high}; Linux, por defecto, 32768 a 60999.`,
  },
  'rp-ephemeral-count': {
    stem: (remote) =>
      `Este es un ajuste de un cliente. ¿Desde cuántos puertos de origen distintos puede llamar a \`${remote}\`, como máximo?`,
    explain: (low, high) =>
      `Los dos extremos del rango también cuentan: ${high} − ${low} + 1. Hacia otra dirección u otro puerto de servidor se pueden usar otra vez los mismos números.`,
  },
  'ps-reuse-source-port': {
    stem: (port) =>
      `Un cliente tiene estas conexiones. ¿Para cuántos de los cinco destinos puede su sistema elegir el puerto de origen ${port} para una conexión más?`,
    target: (index) => `Destino ${index}`,
    explain: (port) =>
      `El otro extremo decide: el puerto de origen ${port} sirve otra vez, salvo si este mismo destino, con su dirección y su puerto, ya lo tiene. Entonces la 5-tupla sería la misma.`,
  },
  'rp-fewest-source-ports': {
    stem: 'Un cliente con una sola dirección va a tener todas estas conexiones a la vez. ¿Cuántos puertos de origen distintos necesita, como mínimo?',
    connections: (count) => (count === 1 ? '1 conexión' : `${number(count)} conexiones`),
    explain: (most) =>
      `El destino con más conexiones decide: tiene ${most}, y sus 5-tuplas solo se distinguen por el puerto de origen. Los demás destinos pueden usar otra vez los mismos números.`,
  },
}
