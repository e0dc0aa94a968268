import type { Words } from '..'
import type { LevelWords, WordedLevel } from '../en/levels'

const words: Record<WordedLevel, LevelWords> = {
  '1.1': {
    title: 'Primeras puertas',
    intro: 'Turno de noche. Un servidor, una dirección. Cada paquete lleva un número, y cada número es una puerta.',
    goal: 'Lleva diez paquetes a la puerta que nombra su puerto de destino.',
    debrief: 'Una dirección, tres servicios. El número de los papeles eligió la puerta. Un puerto no es más que eso.',
  },
  '1.2': {
    title: 'El remite',
    intro: 'Quien envía escribe dos puertos: adónde va el paquete y adónde vuelve la respuesta. Uno es tu puerta.',
    goal: 'Entrega catorce paquetes, y ninguno en su puerto de origen.',
    debrief:
      'Puerto de origen: remite, lo elige el cliente. Puerto de destino: tu puerta. Un número alto puede ser ambos.',
  },
  '1.3': {
    title: 'Paquete o postal',
    intro: 'Los paquetes son TCP; las postales, UDP, con puertas propias. Un número puede estar en dos de ellas.',
    goal: 'Lleva dieciséis envíos al número correcto de la fila correcta.',
    debrief: 'Primero el protocolo, luego el puerto. 53/tcp y 53/udp son puertas distintas, y DNS usa las dos.',
  },
  '1.4': {
    title: 'Tapiada',
    intro: 'Sin farol no hay servicio. Pero un puerto cerrado no calla: TCP rechaza con RST; UDP, con una nota ICMP.',
    goal: 'Entrega o rechaza dieciocho envíos, cada uno a la manera de su protocolo.',
    debrief:
      'Rechazado: el host vive y nadie escucha ahí. El silencio es cosa de los filtros. Y un ping no tiene puerto.',
  },
  '1.5': {
    title: 'Tres distritos',
    intro: 'El registro dice quién suele vivir dónde. Hoy placas y papeles muestran nombres; la tecla B abre el libro.',
    goal: 'Une nombres y números, y di en qué rango están cuatro puertos.',
    debrief:
      'El registro es un acuerdo, no un candado: el cliente sabe adónde llamar; la puerta la puede tener cualquiera.',
  },
  '1.6': {
    title: 'Prisas en recepción',
    intro:
      'Ha llegado un barco. Protocolo, puerto de destino, farol, en ese orden. Lo último, tal como sale en la terminal.',
    goal: 'Despacha tres oleadas en diez puertas con cinco fallos a la primera como mucho.',
    debrief: 'Has hecho lo que hace un kernel con cada primer paquete. Mañana, muchas visitas ante una misma puerta.',
  },
  '2.1': {
    title: 'Una puerta, mil ventanas',
    intro:
      'Una puerta atiende a muchas visitas. Un SYN enciende una ventana; los datos van a la que lleva su etiqueta.',
    goal: 'Enciende ventanas y lleva los datos a las correctas: dieciséis paquetes.',
    debrief:
      '443 siguió siendo un número y las ventanas crecían. Cada una es un socket: la misma puerta, otro extremo.',
  },
  '2.2': {
    title: 'Misma calle, otro piso',
    intro:
      'Toda una oficina comparte dirección, y dos desconocidos eligieron por azar un mismo puerto. Lee las dos mitades.',
    goal: 'Entrega dieciocho paquetes parecidos sin confundir dos ventanas.',
    debrief: 'Ni la dirección ni el puerto nombran una conexión; lo hace la pareja, junto con la puerta.',
  },
  '2.3': {
    title: 'Farol o ventana',
    intro:
      'El farol espera a quien llega y no lleva datos. La ventana lleva datos y no recibe a nadie. El tablón los muestra.',
    goal: 'Dieciocho paquetes: una línea LISTEN recibe los SYN; una ESTAB, los datos; el resto, RST.',
    debrief:
      'Un farol se apaga y sus ventanas siguen. Datos sin línea ESTAB propia reciben RST, aun con la puerta abierta.',
  },
  '2.4': {
    title: 'El camino de vuelta',
    intro: 'Toda petición quiere respuesta: origen y destino cambian de sitio. Luego te toca el otro extremo.',
    goal: 'Dirige ocho respuestas y después recibe ocho en tu propio portátil.',
    debrief: 'El servidor habla siempre desde su puerto; el del cliente lo elige su sistema: en Linux, 32768 a 60999.',
  },
  '2.5': {
    title: 'Lleno total',
    intro: 'Hoy vienen todos a la vez. Antes de la última oleada apuestas cuántos puertos y sockets usará el edificio.',
    goal: 'Cuarenta ventanas en una puerta, y un contador que no para.',
    debrief:
      'Dos puertos, decenas de miles de sockets. El límite nunca fueron los puertos, sino las 5-tuplas distintas.',
  },
  '3.1': {
    title: 'Por qué entrada',
    intro:
      'Cada farol tiene su dirección. 0.0.0.0: todas las entradas; a 127.0.0.1, la de servicio, no llega ninguna calle.',
    goal: 'Reparte dieciocho visitas por dirección y puerto.',
    debrief:
      'La dirección de destino cuenta en la elección. La base de datos estaba a salvo de la calle sin ninguna regla.',
  },
  '3.2': {
    title: 'Direcciones largas',
    intro: 'Las mismas puertas, direcciones más largas. Un farol en :: recibe también IPv4, si no dice v6only.',
    goal: 'Reparte dieciséis envíos de ambas familias.',
    debrief: 'Los puertos son los mismos 16 bits en IPv6. Que :: reciba IPv4 es una opción del socket, IPV6_V6ONLY.',
  },
  '3.3': {
    title: 'Colgar los faroles',
    intro: 'Eres el kernel. Protocolo, dirección y número juntos deben estar libres, y algunos números piden permiso.',
    goal: 'Juzga diecisiete peticiones como lo haría el kernel.',
    debrief: 'El comodín cubre cada entrada y choca con todas. TIME-WAIT retiene una puerta sin que quede programa.',
  },
  '3.4': {
    title: 'Salir',
    intro: 'Alguien tiene que elegir el remite. Tu rango es hoy mínimo: hacia un servidor, cada número sirve una vez.',
    goal: 'Da puerto de origen a catorce llamadas. Repite un número donde la 5-tupla lo permita.',
    debrief: 'Solo la 5-tupla entera tiene que ser única. Ocho números sirvieron a más de ocho llamadas.',
  },
  '3.5': {
    title: 'Día de mudanza',
    intro:
      'Unos programas paran, caen o llegan mientras siguen las visitas. Faroles y ventanas van por libre: fíate del tablón.',
    goal: 'Mantén el tablón al día durante tres oleadas.',
    debrief: 'Un farol, sus ventanas y su dirección viven cada uno su vida. Ya sabes leer cualquier línea de ss.',
  },
  '7.4': {
    title: 'Tu propia noche',
    intro:
      'Estos paquetes llegaron de verdad. Los datos, a la ventana con su etiqueta; un primer paquete, a su puerta.',
    goal: 'Reparte lo que la grabación trajo a esta dirección.',
    debrief:
      'Una captura muestra puertos, no programas: ss -p en la máquina los diría. ¿Conoces a todos los que llamaron?',
  },
  today: {
    title: 'El turno de hoy',
    intro: 'Sesenta paquetes de todas las plantas, hoy los mismos para todos. Cuenta un intento; no hay reloj.',
    goal: 'Sesenta paquetes. Cuenta el primer veredicto de cada uno.',
    debrief: 'Sesenta paquetes: hoy todos han tenido estos mismos. Mañana habrá otros.',
  },
  night: {
    title: 'Turno sin fin',
    intro: 'Todos los equipos que conoces, sin orden, y más de lo que fallas. Acaba cuando tú lo digas.',
    goal: 'Los que quieras. Pulsa Esc cuando tengas bastante.',
    debrief: 'Has cerrado tú. Los paquetes habrían seguido llegando.',
  },
}

const named: Readonly<Record<string, LevelWords>> = words

export const levels: Words['levels'] = (id) => named[id] ?? { title: id, intro: '', goal: '', debrief: '' }
