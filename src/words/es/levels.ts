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
  '4.1': {
    title: 'Silencio',
    intro: 'Ahora estás fuera y el edificio está a oscuras. Llama y di qué demuestra cada respuesta, y nada más.',
    goal: 'Nombra el estado que hay tras dieciséis llamadas.',
    debrief: 'Un RST demuestra un host y una puerta a oscuras. El silencio, que algo se lo tragó; con UDP, ni eso.',
  },
  '4.2': {
    title: 'La primera que encaja',
    intro:
      'Una garita. El portero lee su tablón desde arriba y se para en la primera regla que encaja; el resto es política.',
    goal: 'Encuentra la línea que decide en dieciocho paquetes.',
    debrief:
      'El orden es el sentido: una regla concreta bajo una amplia nunca habla, y una de udp no dice nada de tcp.',
  },
  '4.3': {
    title: 'La garita recuerda',
    intro: 'El host llama y las respuestas vuelven a puertos sin regla. El portero tiene un cuaderno. Luego ya no.',
    goal: 'Juzga diecinueve paquetes, con cuaderno y sin él.',
    debrief:
      'Con estado, la 5-tupla es el pase. Sin estado, la vuelta también pide reglas y deja pasar a quien se parezca.',
  },
  '4.4': {
    title: 'Todas las manijas',
    intro: 'Una visita prueba cada manija. Alguien movió ssh al 48222 y lo llama escondido. Actúa como el host.',
    goal: 'Responde a dieciocho llamadas y di qué pone en el mapa.',
    debrief:
      'El escáner halló el 48222 y leyó su saludo. Una puerta movida es puerta: ayudan claves, parches y reglas de origen.',
  },
  '4.5': {
    title: 'Apaga los faroles',
    intro:
      'El edificio es tuyo. Tienda, aplicación y administración necesitan su puerta; los demás son de algún intruso.',
    goal: 'Planea reglas y faroles. Luego las prueban veinticuatro visitas.',
    debrief:
      'Menos puertas, orígenes más estrechos, ambas familias. Lo abierto pide aún parches, cifrado y contraseña.',
  },
  '4.6': {
    title: 'Otro número',
    intro: 'Alguien barajó los programas. El kernel entrega por número; que ambos lados se entiendan es otra cosa.',
    goal: 'Entrega y predice quién entiende a quién, dieciocho veces.',
    debrief: 'El número es una cita; los primeros bytes, la lengua. Ni el 443 ni un número bajo hacen nada seguro.',
  },
  '4.7': {
    title: 'Guardia de noche',
    intro: 'Escribe el tablón y mira. Esta noche perderás algo que ningún puerto habría salvado. Averigua por qué.',
    goal: 'Atiende a quien toca y a nadie más; luego lee un tablón ajeno.',
    debrief:
      'Garita, TLS, contraseña y parches paran cada uno lo que los otros no. Cerrar solo deja menos que defender.',
  },
  '5.1': {
    title: 'Una puerta a la calle',
    intro: 'Tres pisos y una dirección. Lo que sale lleva la de la calle y un número libre; tu lista sabe de quién es.',
    goal: 'Reescribe y devuelve dieciocho paquetes sin confundir dos pisos.',
    debrief:
      'El puerto público vale por un piso y su puerto. Desde la calle todos parecen uno; lo no pedido no tiene piso.',
  },
  '5.2': {
    title: 'El letrero',
    intro:
      'Un letrero dice: aquí 8443 es 443 en el piso 20. Fuera y dentro pueden diferir. Cada letrero es una puerta abierta.',
    goal: 'Cuelga un letrero y traduce en ambos sentidos, diecinueve en total.',
    debrief:
      'Al entrar se reescribe el destino; al salir vuelve el origen. Ese piso ya se alcanza como una casa de la calle.',
  },
  '5.3': {
    title: 'El anexo del tejado',
    intro: 'Cada anexo tiene todas sus puertas: dos pueden usar el 80. El letrero de la calle dice host:contenedor.',
    goal: 'Cuelga los letreros y di dónde acaban dieciséis visitas.',
    debrief:
      '8080:80: llama al 8080 y te atiende el 80. Solo el lado de la calle es único. EXPOSE es una nota, no un letrero.',
  },
  '5.4': {
    title: 'Solo para el personal',
    intro: 'El portero debía descartar el 5432 y aun así entran desconocidos. Mira cuándo se lee el letrero.',
    goal: 'Predice dieciséis visitas y escribe un letrero solo para el personal.',
    debrief: 'Lo publicado se reescribe antes de las reglas de entrada. Escribe la dirección en el letrero.',
  },
  '5.5': {
    title: 'El bloque de pisos',
    intro: 'Un paquete para 443 pasa a ser para 8080 y luego para 80, y la respuesta hace todo el camino de vuelta.',
    goal: 'Sigue treinta y un paquetes por dos letreros y de vuelta a casa.',
    debrief:
      'Cada caja reescribió la etiqueta y lo deshizo al salir. En cada parada: ¿qué par lleva ahora la etiqueta?',
  },
  '6.1': {
    title: 'Tres números, un Service',
    intro:
      'Dentro se marca el puerto del Service; fuera, el nodePort de cualquier nodo. El ala contesta en targetPort.',
    goal: 'Manda dieciocho llamadas a un ala y su número, o a ninguna.',
    debrief: 'Tres números para tres sitios. get svc muestra port:nodePort; get endpoints, las alas mismas.',
  },
  '6.2': {
    title: 'La recepción',
    intro:
      'La recepción recibe en el 443 y pregunta a un ala en el 8080. Como proxy hace una segunda llamada, en su nombre.',
    goal: 'Reparte veinte llamadas y elige la única regla que necesitan las alas.',
    debrief: 'Puerto del listener y del target son dos ajustes. Con un proxy, el ala ve la recepción y no la visita.',
  },
  '6.3': {
    title: 'Postales que conversan',
    intro:
      'Ahora llaman postales al 443. Un farol UDP atiende a todas las visitas, y QUIC escribe dentro un ID propio.',
    goal: 'Atiende dieciocho envíos y abre la única regla que necesita HTTP/3.',
    debrief:
      'HTTP/3 es UDP 443: otra puerta, otra regla. El ID distingue visitas: quien se muda sigue siendo la misma.',
  },
  '6.4': {
    title: 'Despliegue de viernes',
    intro: 'El jueves funcionaba. Envía un paquete de prueba, mira dónde muere y arregla ese ajuste. Sin adivinar.',
    goal: 'Halla cinco fallos por dónde muere el paquete; dos arreglos malos como mucho.',
    debrief: 'Rechazo, silencio o rojo: cada uno señala otra caja. La etiqueta de cada parada enseña el fallo.',
  },
  '7.1': {
    title: 'Papel en bruto',
    intro:
      'Sin formularios. El byte 9 de IPv4 es el protocolo; los puertos, los cuatro primeros bytes tras la cabecera.',
    goal: 'Entrega quince envíos a partir de sus bytes.',
    debrief: 'Dieciséis bits cada uno, primero el byte alto. Leíste 01 bb y pensaste 443: ya nada te separa del cable.',
  },
  '7.2': {
    title: 'Una noche grabada',
    intro: 'Esto pasó de verdad, en un portátil, en pocos segundos. Lleva cada paquete a su conversación.',
    goal: 'Ordena 23 paquetes por conversaciones y di quién es el cliente en siete.',
    debrief: 'Un clic, diez conversaciones. A cada una la sostenían solo cinco campos.',
  },
  '7.3': {
    title: 'La noche entera',
    intro:
      'Todas las puertas, todas las ventanas, una noche. El tráfico sabe dónde dudaste. Puedes parar cuando quieras.',
    goal: 'Sesenta encargos por todo el puerto.',
    debrief: 'Repartes por campos, no por intuición. Mañana será otra noche; tu idea más débil volverá más a menudo.',
  },
  '7.4': {
    title: 'Tu propia noche',
    intro:
      'Estos paquetes llegaron de verdad. Los datos, a la ventana con su etiqueta; un primer paquete, a su puerta.',
    goal: 'Reparte lo que la grabación trajo a esta dirección.',
    debrief: 'Una captura muestra puertos, no programas: ss -p en la máquina los diría.',
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
