import type { QuestionWords } from '../../questions'

export const protocols: QuestionWords['protocols'] = {
  'wk-mail-trio': {
    stem: '¿Qué puerto da el registro (IANA) a cada una de estas tareas? Sobra un puerto.',
    jobs: {
      smtp: 'un servidor de correo entrega correo a otro servidor',
      submission: 'una app de correo envía un mensaje, con STARTTLS y contraseña',
      submissions: 'una app de correo envía un mensaje, con TLS desde el primer byte',
      imaps: 'una app de correo lee su buzón por IMAP, con TLS desde el primer byte',
      pop3s: 'una app de correo recoge su correo por POP3, con TLS desde el primer byte',
    },
    explain: (relay, starttls, tls) =>
      `El puerto ${starttls} acepta envíos que empiezan sin cifrar y pasan a TLS con STARTTLS; el ${tls}, los que usan TLS desde el primer byte. El ${relay} es de servidor a servidor; leer correo tiene sus propios puertos.`,
  },
  'wk-mail-app': {
    stem: 'Desde una línea doméstica, una app de correo con estos ajustes envía un mensaje. Ves el filtro de su proveedor y los sockets en escucha del servidor de correo. ¿Qué pasa?',
    server: 'Servidor de salida',
    port: 'Puerto',
    security: 'Seguridad de la conexión',
    securities: { tls: 'TLS (desde el primer byte)', starttls: 'STARTTLS' },
    options: {
      sent: 'el servidor acepta el mensaje, cifrado por el camino',
      clear: 'el servidor acepta el mensaje, sin cifrar',
      timeout: 'sin respuesta al SYN, hasta que la app se rinde',
      refused: 'al SYN se responde con RST: conexión rechazada',
      stuck: 'se conecta, pero los primeros bytes no encajan: no se envía nada',
    },
    explain: {
      sent: (port) =>
        `El puerto ${port} pasa el filtro, alguien escucha en él y el ajuste de seguridad es aquel para el que está registrado.`,
      timeout: (port) =>
        `La regla descarta todo SYN al puerto ${port}: muchos proveedores lo bloquean en líneas domésticas. Las apps de correo envían por 587 o 465.`,
      refused: (port) =>
        `El puerto ${port} pasa el filtro, pero en este servidor nadie escucha en él, y su kernel responde con RST.`,
      stuck: (port) =>
        `El ajuste no encaja con el puerto ${port}: en 587 la sesión empieza sin cifrar y pasa a TLS con STARTTLS; en 465, TLS empieza con el primer byte.`,
    },
  },
  'wk-ftp-passive': {
    stem: 'Un cliente pide a un servidor FTP el modo pasivo. ¿A qué puerto del servidor abre la conexión de datos?',
    explain: (high, low, port) =>
      `Los dos últimos números anuncian el puerto, primero el alto: ${high} × 256 + ${low} = ${port}. El puerto 21 sigue con los comandos y el 20 solo interviene en el modo activo.`,
  },
  'wk-ftp-active': {
    stem: (control) =>
      `Los comandos de esta sesión FTP van por la conexión \`${control}\`, y el servidor sigue el RFC 959. El archivo va por otra conexión: ¿cuáles son los extremos de su primer SYN?`,
    explainActive: (high, low, port, data) =>
      `\`PORT\` anuncia dónde escucha el cliente: ${high} × 256 + ${low} = ${port}. En el modo activo el servidor abre la conexión de datos, desde su puerto ${data} hasta ese.`,
    explainPassive: (high, low, port) =>
      `La respuesta 227 anuncia dónde escucha el servidor: ${high} × 256 + ${low} = ${port}. En el modo pasivo el cliente abre la conexión de datos, desde un puerto libre suyo.`,
  },
  'wk-ftp-filter': {
    stem: 'Este filtro está en un servidor FTP, sin helper de seguimiento de conexiones para FTP. Un cliente ha iniciado sesión y ha elegido el modo pasivo. ¿Cómo empieza la conexión de datos y qué hace el filtro?',
    passes: (port) => `un SYN al puerto ${port} del servidor, que se deja pasar`,
    dropped: (port) => `un SYN al puerto ${port} del servidor, que se descarta`,
    none: (port) => `sin SYN: los datos van por la conexión al puerto ${port}`,
    active: (port) => `un SYN desde el puerto ${port} del servidor, que se deja salir`,
    explain: (high, low, port, works) =>
      `El puerto anunciado es ${high} × 256 + ${low} = ${port}, y la conexión de datos es otra, nueva, a ese puerto. ${works ? 'Una regla la acepta.' : 'Ninguna regla la acepta, así que la política descarta su SYN.'}`,
  },
}
