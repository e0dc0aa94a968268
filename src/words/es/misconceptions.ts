import type { Cluster } from '../../lessons/cluster'
import type { MisconceptionId } from '../../lessons/misconception'
import type { ClusterWords, Misconception } from '../en/misconceptions'

export const clusters: Record<Cluster, ClusterWords> = {
  sockets: {
    name: 'Puertos y sockets',
    about: 'Puerto y socket, escucha y conexión, qué elige una conexión',
  },
  replies: {
    name: 'Respuestas y puertos efímeros',
    about: 'Origen y destino, su intercambio en las respuestas, los puertos efímeros',
  },
  numbers: {
    name: 'Números y rangos',
    about: 'El espacio de números, sus rangos, y qué promete y qué no un número',
  },
  'well-known': { name: 'Puertos conocidos', about: 'Recordar qué número es de qué servicio' },
  spaces: { name: 'TCP, UDP e ICMP', about: 'TCP, UDP, ICMP y QUIC como espacios separados' },
  binding: {
    name: 'Direcciones de escucha',
    about: 'Direcciones asociadas, dirección en uso, puertos privilegiados, doble pila IPv6',
  },
  refusals: { name: 'Cerrado, filtrado, rechazado', about: 'Cerrado, filtrado, rechazado, en silencio' },
  firewall: { name: 'Filtros de paquetes', about: 'Orden de las reglas, política, estado, alcance' },
  nat: { name: 'NAT y reenvíos', about: 'Traducción de direcciones y puertos, reenvíos, hairpin' },
  containers: { name: 'Contenedores y clústeres', about: 'Puertos publicados y Services de Kubernetes' },
  balancing: { name: 'Balanceadores de carga', about: 'Los listeners y los targets de un balanceador' },
  exposure: { name: 'Exposición y escaneos', about: 'Escaneo, superficie de ataque, exposición mínima' },
  protocols: { name: 'Protocolos con varios puertos', about: 'Protocolos que usan más de un puerto' },
}

export const misconceptions: Record<MisconceptionId, Misconception> = {
  'port-is-socket': {
    name: 'Puerto y socket son lo mismo',
    wrong: 'Puerto y socket son dos palabras para la misma cosa.',
    right:
      'Un puerto es un número de 16 bits en una cabecera; un socket es un extremo (protocolo, dirección y puerto locales y, una vez conectado, dirección y puerto remotos), así que un puerto puede llevar muchos sockets.',
    evidence:
      'Un puerto, tres sockets en `ss -tan`: `LISTEN 0.0.0.0:443 0.0.0.0:*`, `ESTAB 192.0.2.10:443 203.0.113.7:51514`, `ESTAB 192.0.2.10:443 198.51.100.4:40022`.',
    source: 'RFC 9293, sección 3.3.1 y glosario (socket, connection); socket(2)',
  },
  'one-connection-per-port': {
    name: 'Una conexión llena el puerto',
    wrong:
      'Un puerto queda ocupado en cuanto se conecta un cliente; el siguiente tiene que esperar o usar otro puerto.',
    right:
      'Un puerto en escucha acepta cualquier número de conexiones, porque a cada una la distinguen su dirección y su puerto remotos.',
    evidence:
      'Contraste: `ESTAB 192.0.2.10:22 203.0.113.7:50100` junto a `ESTAB 192.0.2.10:22 203.0.113.8:50100`: las dos vivas, con el mismo puerto local 22.',
    source: 'RFC 9293, sección 3.3.1; accept(2)',
  },
  'new-server-port-per-connection': {
    name: 'Un puerto nuevo por cada cliente',
    wrong:
      'Después de accept() el servidor pasa a cada cliente a un puerto propio y nuevo, y 443 queda libre otra vez.',
    right:
      'accept() devuelve un socket nuevo con el mismo puerto local que el socket en escucha; solo es nuevo el descriptor.',
    evidence:
      '`tcpdump`: todos los paquetes de la sesión, del primero al último, dicen `192.0.2.10.443 > 203.0.113.7.51514`; el lado del servidor nunca deja el 443.',
    source: 'accept(2); RFC 9293, sección 3.9.1 (passive OPEN)',
  },
  'listener-carries-data': {
    name: 'El socket en escucha lleva los datos',
    wrong: 'El socket en escucha es la conexión: por él pasan los datos de todos los clientes.',
    right:
      'Un socket TCP en escucha solo recibe SYN nuevos; cada conexión establecida tiene su propio socket y sus datos nunca tocan el de escucha.',
    evidence:
      'En `ss -tan`, el Recv-Q de la línea LISTEN cuenta conexiones que esperan a accept(), y el de una línea ESTAB cuenta bytes.',
    source: 'ss(8); listen(2); accept(2)',
  },
  'dport-alone-selects': {
    name: 'El puerto de destino elige por sí solo',
    wrong: 'El puerto de destino basta para saber de qué conexión es un segmento.',
    right:
      'El puerto de destino encuentra la puerta; la 5-tupla entera (protocolo, dirección y puerto de origen, dirección y puerto de destino) encuentra la conexión que hay detrás.',
    evidence:
      'Dos segmentos para 192.0.2.10:443, de 203.0.113.7:51514 y de 203.0.113.7:51515: la misma puerta, dos ventanas.',
    source: 'RFC 9293, sección 3.3.1; RFC 6335, sección 3 (the quintuple)',
  },
  'source-ip-alone-selects': {
    name: 'La dirección de origen basta',
    wrong: 'Todo lo que llega de una misma dirección de origen es un solo cliente y, por tanto, una sola conexión.',
    right:
      'Una dirección puede tener muchas conexiones a la vez y, detrás de una NAT, hasta muchas personas; las separa el puerto de origen.',
    evidence:
      '`203.0.113.7:61001 > 192.0.2.10:443` y `203.0.113.7:61002 > 192.0.2.10:443` son dos sockets, quizá de dos personas de una oficina.',
    source: 'RFC 3022, sección 2.2 (NAPT); RFC 9293, sección 3.3.1',
  },
  'source-port-alone-selects': {
    name: 'El puerto de origen basta',
    wrong: 'Dos segmentos con el mismo puerto de origen tienen que ser de la misma conexión.',
    right:
      'Cada cliente elige su puerto de origen por su cuenta, así que dos pueden tener el mismo número; los separa la dirección de origen.',
    evidence:
      '`198.51.100.4:50000 > 192.0.2.10:80` y `198.51.100.9:50000 > 192.0.2.10:80`: el mismo puerto de origen, dos conexiones.',
    source: 'RFC 9293, sección 3.3.1; RFC 6056, sección 2',
  },
  'limit-64k-connections': {
    name: '64.000 conexiones como máximo',
    wrong: 'Un servidor puede tener unas 64.000 conexiones como mucho, porque solo hay 65.536 puertos.',
    right:
      'El límite del espacio de números vale para una sola terna (dirección del cliente, dirección y puerto del servidor); con muchos clientes el límite son la memoria y los descriptores, no los puertos.',
    evidence:
      "`ss -tan 'sport = :443' | wc -l` muestra 200001 en un proxy muy usado: un puerto de servidor, muchas más conexiones que números de puerto.",
    source: 'RFC 9293, sección 3.3.1; RFC 6056, sección 2; ulimit y file-max en proc(5)',
  },
  'source-port-is-door': {
    name: 'El puerto de origen es la puerta',
    wrong: 'El puerto que decide adónde va un paquete que llega es el de origen (o simplemente el primero que sale).',
    right: 'Un paquete que llega se entrega por su puerto de destino; el puerto de origen es el remite.',
    evidence:
      '`203.0.113.7.443 > 192.0.2.10.51514` es una respuesta que vuelve a un cliente, no una visita a la puerta 443 de 192.0.2.10.',
    source: 'RFC 768 (Fields); RFC 9293, sección 3.1',
  },
  'reply-keeps-ports': {
    name: 'La respuesta conserva los puertos',
    wrong: 'Una respuesta lleva el mismo puerto de origen y el mismo de destino que la petición.',
    right:
      'Una respuesta intercambia las dos parejas: el destino de la petición pasa a ser el origen de la respuesta, y al revés.',
    evidence: 'Petición `203.0.113.7.51514 > 192.0.2.10.443`, respuesta `192.0.2.10.443 > 203.0.113.7.51514`.',
    source: 'RFC 768 (el puerto de origen es adonde se dirige la respuesta); RFC 9293, sección 3.1',
  },
  'client-uses-service-port': {
    name: 'El cliente usa el puerto del servicio',
    wrong: 'Para llegar a un servidor web, los dos extremos usan el puerto 443.',
    right:
      'Solo el lado del servidor necesita el número acordado; el sistema del cliente suele elegir un puerto efímero para el suyo.',
    evidence: '`ss -tn` en el cliente: `ESTAB 203.0.113.7:51514 192.0.2.10:443`; el lado local es 51514, no 443.',
    source: 'RFC 6335, sección 6; ip(7), ip_local_port_range',
  },
  'ephemeral-always-49152': {
    name: 'El cliente empieza siempre en 49152',
    wrong: 'Los puertos de cliente son siempre de 49152 a 65535; un puerto de origen menor es sospechoso.',
    right: '49152-65535 es el rango dinámico de IANA; cada sistema elige el suyo, y Linux viene con 32768-60999.',
    evidence:
      '`cat /proc/sys/net/ipv4/ip_local_port_range` muestra `32768 60999`; `netsh int ipv4 show dynamicport tcp` en Windows empieza en 49152.',
    source: 'RFC 6335, sección 6; RFC 6056, sección 3.2; ip-sysctl del kernel de Linux, ip_local_port_range',
  },
  'ephemeral-never-shared': {
    name: 'Un puerto efímero sirve una sola vez',
    wrong: 'Un cliente puede usar un puerto efímero para una sola conexión a la vez.',
    right:
      'Lo que debe ser único es la 5-tupla entera, así que un puerto local puede servir a la vez para conexiones con servidores distintos.',
    evidence:
      '`ESTAB 203.0.113.7:40000 192.0.2.10:443` junto a `ESTAB 203.0.113.7:40000 192.0.2.20:443`: válido, pues cambia la dirección remota.',
    source: 'RFC 6056, sección 2 (Ephemeral Ports); RFC 9293, sección 3.3.1; ip(7), IP_BIND_ADDRESS_NO_PORT',
  },
  'port-zero-usable': {
    name: 'Se puede escuchar en el puerto 0',
    wrong: 'Los puertos van de 0 a 65535, así que un servicio puede escuchar en el puerto 0 (o en el 65536).',
    right:
      'El campo tiene 16 bits, así que 65535 es el mayor valor, y 0 está reservado: asociar el 0 pide al sistema que elija un puerto libre.',
    evidence: "`bind(('0.0.0.0', 0))` y después `getsockname()` devuelve por ejemplo `('0.0.0.0', 41723)`.",
    source: 'RFC 6335, sección 6; registro de IANA de nombres de servicio y números de puerto, entrada 0; ip(7)',
  },
  'above-1023-is-ephemeral': {
    name: 'Por encima de 1023 solo hay clientes',
    wrong: 'Los puertos hasta 1023 son de los servidores y todo lo que queda por encima es de los clientes.',
    right:
      'Hay tres rangos: de sistema 0-1023, de usuario (registrados) 1024-49151 y dinámico 49152-65535; los servidores escuchan a menudo en el registrado, y el kernel les deja escuchar en cualquiera de los tres.',
    evidence:
      '`LISTEN 0.0.0.0:5432` y `LISTEN 0.0.0.0:51820` son servidores; `ESTAB 203.0.113.7:33000` es un cliente dentro del rango registrado.',
    source: 'RFC 6335, sección 6; registro de puertos de IANA',
  },
  'popular-means-well-known': {
    name: 'Famoso quiere decir bien conocido',
    wrong: 'Un puerto que todo el mundo conoce, como 3306, 3389 u 8080, es un puerto conocido (well-known).',
    right:
      'Conocido (well-known, de sistema) es un rango, 0-1023, y no una medida de fama; 3306, 3389 y 8080 son puertos registrados (de usuario).',
    evidence:
      'Contraste: 443 (rango de sistema) y 8443 (rango de usuario): los dos famosos, pero para el registro solo uno es well-known.',
    source: 'RFC 6335, sección 6; registro de puertos de IANA, entradas 3306, 3389, 8080',
  },
  'port-identifies-protocol': {
    name: 'El puerto fija el protocolo',
    wrong: 'El número de puerto fija el protocolo: todo lo que llega a 443 es HTTPS.',
    right:
      'Un número de puerto es un acuerdo entre cliente y servidor; los bytes siguen el protocolo que hable el programa que escucha.',
    evidence:
      '`nc -l 443` y `sshd -p 443` arrancan sin problema; `nmap -sV` dice `443/tcp open ssh` porque lee el banner, no el número.',
    source:
      'Registro de puertos de IANA, notas iniciales; RFC 6335, sección 6 y Security Considerations; nmap(1), version detection',
  },
  'port-identifies-program': {
    name: 'El puerto dice qué programa es',
    wrong: 'Si el puerto 80 está abierto, ahí corre Apache.',
    right:
      'Un puerto dice como mucho qué servicio es lo usual; el programa solo se sabe por el proceso que tiene el socket.',
    evidence:
      '`ss -tlnp` en tres hosts: `:80 users:(("nginx",...))`, `:80 users:(("caddy",...))`, `:80 users:(("python3",...))`.',
    source: 'ss(8), opción -p; nmap(1), nota sobre el archivo services',
  },
  'port-unique-across-hosts': {
    name: 'Un puerto se ocupa en toda la red',
    wrong: 'Si una máquina (o un contenedor) usa el puerto 80, ninguna otra de la red puede usarlo.',
    right:
      'Cada dirección tiene su propio juego completo de puertos para cada protocolo de transporte, así que cada host y cada espacio de nombres de red tiene su propio puerto 80.',
    evidence:
      '`192.0.2.10:80` y `192.0.2.11:80` escuchan los dos; dos contenedores escuchan en 80, cada uno en su espacio de nombres.',
    source: 'RFC 9293, sección 3.3.1; network_namespaces(7)',
  },
  'router-routes-by-port': {
    name: 'Los routers encaminan por puertos',
    wrong: 'Los routers usan los números de puerto para encontrar el camino al destino.',
    right:
      'Los routers reenvían por la dirección IP de destino; el puerto se lee en el host final y, por el camino, solo en los equipos que quieren mirarlo: firewalls, NAT y balanceadores de carga.',
    evidence:
      '`ip route get 192.0.2.10` no admite ningún puerto: la ruta a 192.0.2.10:22 y a 192.0.2.10:443 es la misma línea.',
    source: 'RFC 1812, sección 5.2; RFC 1122, sección 1.1.3; ip-route(8)',
  },
  'secure-twin-mixup': {
    name: 'Puerto simple y puerto TLS confundidos',
    wrong:
      'La versión cifrada de un protocolo vive en el mismo número que la simple, o los dos números se pueden intercambiar.',
    right:
      'Los protocolos con TLS desde el primer byte suelen tener un segundo número (80 y 443, 143 y 993, 389 y 636); con STARTTLS se queda en el primero.',
    evidence: '`openssl s_client -connect mail.example:993` habla TLS enseguida; en 143 necesita `-starttls imap`.',
    source: 'RFC 8314, sección 3; registro de puertos de IANA, entradas 80/443, 110/995, 143/993, 389/636',
  },
  'neighbour-mixup': {
    name: 'Números vecinos confundidos',
    wrong: 'Los números cercanos o de una familia se pueden intercambiar: 67 o 68, 161 o 162, 3306 o 5432.',
    right:
      'Los números vecinos nombran papeles distintos o productos distintos; cada uno tiene su entrada en el registro.',
    evidence:
      'En 67/udp escucha un servidor DHCP y en 68/udp el cliente; 161/udp recibe consultas SNMP y 162/udp notificaciones.',
    source:
      'Registro de puertos de IANA, entradas 67, 68, 161, 162, 3306, 5432; RFC 2131, sección 4.1; RFC 3417, sección 3.1',
  },
  'tcp-udp-share-space': {
    name: 'TCP y UDP comparten puertos',
    wrong: 'El puerto 53 es una sola puerta: si TCP/53 está abierto, UDP/53 también, y solo un programa puede tenerlo.',
    right:
      'TCP y UDP tienen espacios de puertos separados; el mismo número en cada uno es otra puerta, quizá con otro programa y otras reglas.',
    evidence:
      '`tcp LISTEN 192.0.2.10:53` y `udp UNCONN 192.0.2.10:53` son dos líneas de `ss -tuln`, y una regla para `tcp dport 53` no toca `udp dport 53`.',
    source: 'RFC 768; RFC 9293, sección 3.1; RFC 6335, sección 6; ss(8)',
  },
  'dns-is-udp-only': {
    name: 'DNS es solo UDP',
    wrong: 'DNS usa solo UDP 53, así que TCP 53 se puede cerrar.',
    right:
      'DNS necesita los dos: UDP para la mayoría de las consultas, TCP para respuestas truncadas, registros grandes y transferencias de zona.',
    evidence: '`dig` muestra `;; Truncated, retrying in TCP mode.` y entonces lo consigue por 53/tcp.',
    source: 'RFC 7766, secciones 1 y 5; RFC 1035, sección 4.2',
  },
  'icmp-has-port': {
    name: 'Un ping tiene puerto',
    wrong:
      'Un ping va a un puerto, así que se puede bloquear o escanear por número, y su respuesta muestra que un servicio está en marcha.',
    right:
      'ICMP es un protocolo propio junto a TCP y UDP, con tipos y códigos pero sin puertos; una respuesta de eco dice que el host responde, y nada de ningún servicio.',
    evidence:
      '`tcpdump`: `IP 203.0.113.7 > 192.0.2.10: ICMP echo request, id 4711, seq 1`, sin puerto tras ninguna dirección.',
    source: 'RFC 792 (Echo); RFC 4443, sección 4',
  },
  'https-is-tcp-only': {
    name: 'HTTPS es solo TCP',
    wrong: 'HTTPS es TCP 443; UDP hacia 443 es un ataque o un error.',
    right:
      'HTTP/3 va sobre QUIC, normalmente en 443/udp; un servidor web puede muy bien tener las dos puertas encendidas.',
    evidence:
      '`ss -uln` en un servidor HTTP/3: `UNCONN 0.0.0.0:443`; la respuesta por TCP lo anunció con `alt-svc: h3=":443"`.',
    source: 'RFC 9114, sección 3.1; RFC 9000; registro de puertos de IANA, 443/udp',
  },
  'wildcard-is-localhost': {
    name: '0.0.0.0 es localhost',
    wrong: 'Escuchar en 0.0.0.0 quiere decir solo en localhost (o en ninguna dirección).',
    right:
      'Al asociar, 0.0.0.0 quiere decir todas las direcciones IPv4 de este host; es la elección más amplia, no la más estrecha.',
    evidence:
      'Contraste: `LISTEN 0.0.0.0:5432`, que responde también en 192.0.2.10, y `LISTEN 127.0.0.1:5432`, que no.',
    source: 'ip(7), INADDR_ANY; RFC 1122, sección 3.2.1.3',
  },
  'loopback-reachable-outside': {
    name: '127.0.0.1 se alcanza desde fuera',
    wrong: 'A un servicio en 127.0.0.1:5432 se llega desde la red siempre que el firewall deje pasar 5432.',
    right:
      'Un socket asociado a 127.0.0.1 solo recibe paquetes dirigidos a 127.0.0.1, y esos nunca llegan de fuera; a un cliente remoto se le rechaza, permita lo que permita el firewall.',
    evidence: '`LISTEN 127.0.0.1:5432`, y desde otro host: `connect to 192.0.2.10 port 5432: Connection refused`.',
    source: 'RFC 1122, sección 3.2.1.3 (g); ip(7)',
  },
  'specific-bind-answers-all': {
    name: 'Una dirección responde por todas',
    wrong: 'Un servicio que escucha en una dirección del host responde en todas las direcciones del host.',
    right:
      'Un socket asociado a una dirección solo recibe paquetes para esa dirección exacta; en otra dirección del mismo host el puerto está cerrado.',
    evidence:
      '`LISTEN 192.0.2.10:80` en un host que también tiene 192.0.2.11: `curl 192.0.2.11` da Connection refused.',
    source: 'bind(2); ip(7); RFC 9293, sección 3.9.1 (OPEN, local address)',
  },
  'wildcard-and-specific-coexist': {
    name: '0.0.0.0 y una dirección no chocan',
    wrong:
      'El puerto 80 en 0.0.0.0 y el puerto 80 en 192.0.2.10 son distintos, así que dos servidores TCP sin relación pueden arrancar en ambos.',
    right:
      'Un socket en escucha en el comodín ocupa el puerto en todas las direcciones: sin SO_REUSEPORT, un segundo en el mismo puerto falla con EADDRINUSE; dos direcciones concretas distintas sí conviven.',
    evidence:
      '`0.0.0.0:80` en escucha, luego `bind 192.0.2.10:80`: Address already in use. Pero `192.0.2.10:80` y `192.0.2.11:80` juntos: bien.',
    source: 'socket(7), SO_REUSEADDR; ip(7); bind(2), EADDRINUSE',
  },
  'ipv6-any-is-ipv6-only': {
    name: ':: recibe solo IPv6',
    wrong: 'Un socket en escucha en [::]:443 atiende solo IPv6; para IPv4 hace falta siempre un segundo.',
    right:
      'Si no se activa IPV6_V6ONLY, un socket asociado a :: recibe también conexiones IPv4, que se ven como direcciones IPv4 mapeadas; en Linux la opción viene desactivada.',
    evidence: '`ss -tan`: `LISTEN *:443 *:*` y `ESTAB [::ffff:192.0.2.10]:443 [::ffff:203.0.113.7]:51514`.',
    source: 'RFC 3493, secciones 3.7 y 5.3; ipv6(7), IPV6_V6ONLY; ip-sysctl de Linux, bindv6only',
  },
  'ipv4-rule-covers-ipv6': {
    name: 'Una regla IPv4 cubre IPv6',
    wrong: 'Un puerto cerrado en el firewall de IPv4 está cerrado también para IPv6.',
    right:
      'iptables solo ve IPv4 e ip6tables solo IPv6; una tabla de nftables cubre los dos únicamente si su familia es inet.',
    evidence: '`iptables -A INPUT -p tcp --dport 22 -j DROP`, y aun así `ssh 2001:db8::10` se conecta.',
    source: 'iptables(8) e ip6tables(8); nft(8), address families',
  },
  'reuseport-copies-traffic': {
    name: 'SO_REUSEPORT copia el tráfico',
    wrong:
      'Con SO_REUSEPORT cada proceso del puerto recibe una copia de cada conexión (o el último en arrancar se queda con todas).',
    right:
      'SO_REUSEPORT reparte conexiones o datagramas entre los sockets con un hash; cada uno va a uno solo, y todos los sockets deben haber activado la opción con el mismo usuario efectivo.',
    evidence:
      'Cuatro procesos con `LISTEN 0.0.0.0:8080` en `ss -tlnp`: de 1000 conexiones tocan a cada uno unas 250, y ninguna llega dos veces.',
    source: 'socket(7), SO_REUSEPORT',
  },
  'low-port-is-trusted': {
    name: 'Un puerto bajo es de fiar',
    wrong:
      'Lo que está en un puerto por debajo de 1024 es oficial y de un administrador de confianza, y solo root puede usarlo.',
    right:
      'En Linux un proceso necesita CAP_NET_BIND_SERVICE para los puertos por debajo de ip_unprivileged_port_start (por defecto, 1024), que es un ajuste local y no dice nada de quién está al otro lado.',
    evidence:
      '`sysctl net.ipv4.ip_unprivileged_port_start=80`, y un usuario corriente arranca `python3 -m http.server 80`.',
    source: 'capabilities(7); ip-sysctl de Linux, ip_unprivileged_port_start; RFC 6335, sección 6',
  },
  'busy-port-needs-process': {
    name: 'Puerto ocupado: siempre hay un proceso',
    wrong: '«Address already in use» quiere decir siempre que otro proceso sigue en ese puerto.',
    right:
      'Las conexiones cerradas quedan un rato en TIME-WAIT y, sin SO_REUSEADDR, pueden impedir asociar de nuevo el mismo puerto, aunque ya no quede ningún proceso.',
    evidence:
      '`ss -tlnp | grep 8080` sale vacío, `ss -tan | grep 8080` muestra `TIME-WAIT 192.0.2.10:8080 203.0.113.7:50222`.',
    source: 'RFC 9293, secciones 3.3.2 y 3.6.1; socket(7), SO_REUSEADDR; bind(2)',
  },
  'closed-is-silent': {
    name: 'Un puerto cerrado calla',
    wrong: 'Un puerto cerrado simplemente no responde, así que silencio quiere decir cerrado.',
    right:
      'Un puerto TCP cerrado responde enseguida con RST y uno UDP con ICMP de puerto inalcanzable; el silencio apunta a un filtro o a una pérdida.',
    evidence: '`22/tcp closed ssh reset ttl 64` frente a `22/tcp filtered ssh no-response` en `nmap --reason`.',
    source: 'RFC 9293, sección 3.10.7.1; RFC 1122, sección 4.1.3.1; nmap(1), port states',
  },
  'udp-closed-sends-rst': {
    name: 'Un puerto UDP cerrado envía RST',
    wrong: 'Un puerto UDP cerrado responde con RST, como TCP.',
    right:
      'RST es un flag de TCP; en UDP el host avisa de un puerto cerrado con ICMP destination unreachable, código 3 (port), o con tipo 1 y código 4 en ICMPv6.',
    evidence: '`IP 192.0.2.10 > 203.0.113.7: ICMP 192.0.2.10 udp port 161 unreachable`.',
    source: 'RFC 1122, sección 4.1.3.1; RFC 792; RFC 4443, sección 3.1',
  },
  'udp-silence-means-open': {
    name: 'El silencio de UDP quiere decir abierto',
    wrong: 'UDP no tiene saludo, así que no recibir respuesta a una sonda UDP demuestra que el puerto está abierto.',
    right:
      'El silencio de UDP es ambiguo: quizá al programa no le gustó la sonda, o un filtro la descartó; por eso nmap dice open|filtered.',
    evidence: '`nmap -sU -p 123,161`: `123/udp open|filtered ntp`; solo una respuesta lo vuelve `open`.',
    source: 'nmap(1), UDP scan',
  },
  'refused-means-host-down': {
    name: 'Rechazado: el host está caído',
    wrong: '«Connection refused» quiere decir que la máquina está apagada o que la red está rota.',
    right:
      'Rechazado quiere decir que volvió un RST: el host está en marcha y es alcanzable, y ahí no escucha nadie (o un firewall rechaza a propósito).',
    evidence: '`Connection refused` al cabo de 1 ms frente a `Connection timed out` a los dos minutos.',
    source: 'RFC 9293, sección 3.5.2; connect(2), ECONNREFUSED y ETIMEDOUT',
  },
  'most-specific-rule-wins': {
    name: 'Gana la regla más específica',
    wrong: 'El firewall elige la regla más específica (o la más estricta) que coincida, esté donde esté.',
    right:
      'En una cadena de iptables o de nft las reglas se leen de arriba abajo, y decide la primera que coincide y tiene un veredicto final.',
    evidence:
      'Regla 1 `tcp dport 1-1024 accept`, regla 2 `tcp dport 23 drop`: telnet entra; con el orden invertido, no.',
    source: 'iptables(8); nft(8), verdict statements; contraste: pf.conf(5), donde gana la última salvo con `quick`',
  },
  'replies-need-inbound-rule': {
    name: 'Las respuestas piden regla de entrada',
    wrong: 'Para las conexiones salientes de mi servidor tengo que abrir los puertos efímeros de entrada.',
    right:
      'Un firewall con estado recuerda el flujo saliente y deja entrar sus paquetes de vuelta como established; no hace falta ningún rango abierto de entrada.',
    evidence:
      '`ct state established,related accept` como regla 1, y `apt update` funciona sin ningún puerto de entrada abierto.',
    source: 'nft(8), ct expression; iptables-extensions(8), conntrack',
  },
  'stateless-remembers': {
    name: 'Un filtro sin estado recuerda flujos',
    wrong: 'Todo firewall deja pasar por sí solo el tráfico de vuelta.',
    right:
      'Solo un filtro con estado conoce los flujos; en uno sin estado, como una ACL de red, la vuelta con sus puertos efímeros necesita su propia regla.',
    evidence:
      'ACL de red: de entrada `443 allow`, de salida solo `443 allow`: las respuestas, de 443 a 1024-65535, mueren a la salida.',
    source: 'RFC 2979, sección 2; guía de usuario de Amazon VPC, Network ACLs (ephemeral ports)',
  },
  'allow-rule-opens-port': {
    name: 'Una regla de permiso abre el puerto',
    wrong: 'Añadir una regla que permite abre el puerto.',
    right:
      'La regla deja llegar el paquete hasta el host; si ningún socket escucha en esa dirección y ese puerto, el host rechaza igual.',
    evidence:
      '`ufw allow 8080`, luego `curl host:8080`: Connection refused, porque `ss -tln` no tiene ninguna línea de 8080.',
    source: 'RFC 9293, sección 3.10.7.1; nft(8)',
  },
  'no-rule-means-allowed': {
    name: 'Sin regla quiere decir permitido',
    wrong: 'Si ninguna regla nombra un puerto, el paquete pasa (o: se descarta siempre).',
    right:
      'Lo que pasa con un paquete que no coincide con ninguna regla lo decide la política de la cadena, y hay que mirarla: por defecto accept en nft e iptables, drop en la mayoría de los perfiles de servidor.',
    evidence:
      '`chain input { type filter hook input priority 0; policy drop; tcp dport 22 accept }`: dport 80 se descarta sin que ninguna regla lo nombre.',
    source: 'nft(8), chains and policy; iptables(8), -P',
  },
  'listening-means-reachable': {
    name: 'En escucha quiere decir alcanzable',
    wrong: 'Si `ss` muestra LISTEN, todo internet se puede conectar.',
    right:
      'Para ser alcanzable hace falta todo esto: un socket en escucha en esa dirección y ese protocolo, que todos los filtros del camino lo permitan, y una ruta o una traducción hasta el host.',
    evidence: '`LISTEN 0.0.0.0:9200` en el host y `9200/tcp filtered` visto desde fuera son ciertos los dos a la vez.',
    source: 'ss(8); nmap(1), port states',
  },
  'nat-is-firewall': {
    name: 'La NAT es un firewall',
    wrong: 'La NAT es un firewall: detrás de ella no hace falta ningún filtro.',
    right:
      'La NAT reescribe direcciones y, de paso, descarta lo que no encaja con ninguna traducción; deja pasar lo que vuelve y lo reenviado, y con IPv6 casi nunca hay NAT.',
    evidence: 'Con un reenvío `8443 -> 192.168.1.20:443`, el servidor está tan expuesto como en plena calle.',
    source: 'RFC 4864, sección 2.2; RFC 2993, sección 9; RFC 3022, sección 6',
  },
  'forward-keeps-port': {
    name: 'El reenvío conserva el número',
    wrong:
      'Un reenvío de puertos debe tener el mismo número fuera y dentro, y la respuesta sale con el número de dentro.',
    right:
      'Los puertos de fuera y de dentro son independientes; el traductor reescribe el destino a la entrada y restaura el origen a la salida.',
    evidence:
      '`dnat to 192.168.1.20:443` para `tcp dport 8443`: el cliente solo ve 203.0.113.1:8443, el servidor solo 192.168.1.20:443.',
    source: 'RFC 3022, sección 4; nft(8), NAT statements; iptables-extensions(8), DNAT',
  },
  'unsolicited-finds-host': {
    name: 'La NAT encuentra sola al host interno',
    wrong:
      'Un paquete para la dirección pública encuentra por sí solo el host interno, siempre que el puerto sea el de un servicio.',
    right:
      'Sin una traducción creada por tráfico saliente anterior o por un reenvío configurado, el traductor no sabe a qué host interno se refiere.',
    evidence: 'Un SYN a 203.0.113.1:22 sin reenvío: responde el puerto 22 del propio router, nunca el del PC.',
    source: 'RFC 3022, sección 2.2; RFC 5382, sección 4.3',
  },
  'hairpin-always-works': {
    name: 'La dirección pública sirve desde dentro',
    wrong: 'Desde dentro de la red de casa la dirección pública funciona igual que desde fuera.',
    right:
      'Para eso hace falta traducción hairpin: el router debe dar la vuelta al paquete y reescribir también el origen, o el servidor responde directamente al cliente interno y este rechaza la respuesta.',
    evidence:
      '192.168.1.10 pregunta a 203.0.113.1:8443 y recibe una respuesta de 192.168.1.20:443, que no encaja con ninguno de sus sockets.',
    source: 'RFC 4787, sección 6 (REQ-9); RFC 5382, sección 7.1',
  },
  'publish-reversed': {
    name: '-p 8080:80 leído al revés',
    wrong: 'Con `-p 8080:80` el contenedor escucha en 8080 y el host en 80.',
    right: 'El orden es host:contenedor: las visitas llaman al 8080 del host y llegan al 80 del contenedor.',
    evidence: '`docker ps`: `0.0.0.0:8080->80/tcp`, donde la flecha apunta hacia dentro del contenedor.',
    source: 'Documentación de Docker, docker run, --publish; documentación de Docker, Port publishing and mapping',
  },
  'expose-publishes': {
    name: 'EXPOSE publica un puerto',
    wrong: 'EXPOSE en el Dockerfile (o containerPort en un Pod) hace que el puerto se alcance desde fuera.',
    right:
      'Los dos solo documentan la intención; la puerta del host aparece con -p o -P y, en Kubernetes, con un Service de un tipo alcanzable.',
    evidence: '`docker ps` muestra `80/tcp` sin flecha: nada del host lleva hasta ahí.',
    source: 'Referencia de Dockerfile, EXPOSE; referencia de la API de Kubernetes, ContainerPort',
  },
  'publish-stays-private': {
    name: 'Un puerto publicado es privado',
    wrong: '`-p 5432:5432` solo se alcanza desde mi propia máquina, y de todos modos lo protege el firewall del host.',
    right:
      'Sin dirección, un puerto publicado está abierto en todas las direcciones del host, y las reglas NAT del motor actúan antes que las de entrada como las de ufw; escribe 127.0.0.1:5432:5432 para que sea local.',
    evidence: '`0.0.0.0:5432->5432/tcp` frente a `127.0.0.1:5432->5432/tcp` en `docker ps`.',
    source:
      'Documentación de Docker, Port publishing and mapping; documentación de Docker, Packet filtering and firewalls (Docker and ufw)',
  },
  'k8s-port-is-targetport': {
    name: 'port, targetPort y nodePort son uno',
    wrong:
      'port, targetPort y nodePort de un Service son tres nombres de un número (o: dentro del clúster se usa nodePort).',
    right:
      'port es la puerta del propio Service, targetPort la del Pod que hay detrás, y nodePort la de cada nodo para quien llama de fuera (por defecto 30000-32767).',
    evidence:
      '`kubectl get svc`: `80:30080/TCP`, es decir, port 80 y nodePort 30080; targetPort 8080 solo sale en `kubectl describe svc`.',
    source: 'Documentación de Kubernetes, Service (Port definitions; type NodePort)',
  },
  'lb-listener-equals-target': {
    name: 'Balanceador y targets, mismo puerto',
    wrong:
      'El balanceador de carga escucha en el mismo puerto que sus targets, y basta con abrir en los targets el puerto del listener.',
    right:
      'El puerto del listener y el del target son independientes; el firewall del target debe permitir el puerto del target desde el balanceador.',
    evidence:
      'Listener `HTTPS:443`, grupo de targets `HTTP:8080`: un grupo de seguridad que en los targets solo permite 443 hace fallar todas las comprobaciones de salud.',
    source:
      'Guía de usuario de Elastic Load Balancing, listeners y target groups; manual de configuración de HAProxy, bind y server',
  },
  'nonstandard-port-hides': {
    name: 'Un puerto raro esconde un servicio',
    wrong: 'Mover SSH a 2222 (o a 48222) deja fuera a los atacantes.',
    right:
      'Un escáner prueba los 65.535 puertos y lee el banner; mudarlo reduce el ruido de los registros, pero no defiende de nada que mire.',
    evidence: '`nmap -p- -sV`: `48222/tcp open ssh OpenSSH 9.2p1`.',
    source: 'nmap(1), port specification y version detection; RFC 6335, Security Considerations',
  },
  'closed-port-secures-host': {
    name: 'Cerrar puertos basta como seguridad',
    wrong: 'Si todos los puertos que sobran están cerrados, el servidor es seguro.',
    right:
      'Cerrar quita algunas entradas; los servicios que deben seguir abiertos, las conexiones salientes y las cuentas siguen necesitando parches, autenticación, cifrado y un firewall.',
    evidence: 'Basta una línea abierta: `443/tcp open` con una aplicación vulnerable detrás.',
    source: 'NIST SP 800-123, secciones 4 y 5; NIST SP 800-41 Rev. 1, sección 2',
  },
  'open-443-is-safe': {
    name: 'El puerto 443 es seguro por sí mismo',
    wrong: 'El 443 es el puerto seguro, así que un servicio ahí está a salvo.',
    right:
      '443 dice como mucho que se espera TLS; no comprueba quién es el cliente ni si el programa de detrás tiene agujeros, y ahí puede escuchar también HTTP sin cifrar.',
    evidence: '`curl http://host:443/` responde con una página en claro: el número no cifra nada.',
    source: 'RFC 9110, sección 4.2.2; RFC 8446, sección 1; registro de puertos de IANA, notas iniciales',
  },
  'database-open-with-password': {
    name: 'Con contraseña, base de datos a salvo',
    wrong: 'El puerto de una base de datos puede estar abierto a internet, pues tiene contraseña.',
    right:
      'A una base de datos alcanzable se le pueden probar contraseñas, y se la puede inundar y atacar antes de iniciar sesión; debería alcanzarse solo desde la aplicación, por una dirección privada, con TLS y un filtro.',
    evidence:
      '`0.0.0.0:3306` con `3306/tcp open mysql` desde fuera, frente a `127.0.0.1:3306` o a una regla `ip saddr 10.0.1.5 tcp dport 3306 accept`.',
    source:
      'Manual de referencia de MySQL, Security guidelines; documentación de PostgreSQL, listen_addresses y pg_hba.conf',
  },
  'ftp-one-port': {
    name: 'FTP necesita un solo puerto',
    wrong: 'FTP necesita solo el puerto 21 (o: para los datos se usa siempre el 20).',
    right:
      'Por 21 van las órdenes; los datos van por una segunda conexión: en modo activo, del puerto 20 del servidor al cliente; en modo pasivo, a un puerto que elige el servidor.',
    evidence: '`227 Entering Passive Mode (192,0,2,10,195,80)` anuncia el puerto 195*256+80 = 50000.',
    source: 'RFC 959, secciones 3.2, 3.3 y 4.1.2; RFC 2428, sección 3',
  },
  'smtp-one-port': {
    name: 'El correo usa un solo puerto',
    wrong: 'Todo el correo va al puerto 25; 465 y 587 son lo mismo con otro número (o llevan tiempo muertos).',
    right:
      '25 es para el paso de correo entre servidores, 587 para el envío con STARTTLS e inicio de sesión, y 465 para el envío con TLS desde el primer byte.',
    evidence: 'Un programa de correo en una línea doméstica: el proveedor bloquea 25; 587 y 465 funcionan.',
    source: 'RFC 5321, sección 2.1; RFC 6409, sección 3; RFC 8314, secciones 3.3 y 7.3',
  },
  'closed-tcp-sends-icmp': {
    name: 'Un puerto TCP cerrado envía ICMP',
    wrong: 'Todo puerto cerrado responde con un mensaje ICMP unreachable.',
    right:
      'Solo a un datagrama para un puerto UDP cerrado se responde con ICMP de puerto inalcanzable; a un segmento para un puerto TCP cerrado responde el propio TCP, con RST.',
    evidence:
      '`IP 192.0.2.10.23 > 203.0.113.7.51514: Flags [R.], seq 0, ack 1, win 0, length 0`: la respuesta es un segmento TCP, no un mensaje ICMP.',
    source: 'RFC 9293, sección 3.5.2; RFC 1122, sección 4.1.3.1',
  },
}
