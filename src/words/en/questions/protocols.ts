/** Words of the questions of this topic, by template. */
export const protocols = {
  'wk-mail-trio': {
    stem: 'Which port does the registry (IANA) give to each of these jobs? One port is left over.',
    jobs: {
      smtp: 'a mail server hands mail to another server',
      submission: 'a mail app submits mail, with STARTTLS and a login',
      submissions: 'a mail app submits mail, with TLS from the first byte',
      imaps: 'a mail app reads its mailbox over IMAP, with TLS from the first byte',
      pop3s: 'a mail app fetches its mail over POP3, with TLS from the first byte',
    },
    explain: (relay: number, starttls: number, tls: number) =>
      `Port ${starttls} takes submissions that begin in clear text and upgrade with STARTTLS, ${tls} those with TLS from the first byte. ${relay} is for relay from server to server; reading mail has ports of its own.`,
  },
  'wk-mail-app': {
    stem: 'On a home line a mail app with these settings sends a mail. You see the filter of its provider and the listeners of the mail server. What happens?',
    server: 'Outgoing server',
    port: 'Port',
    security: 'Connection security',
    securities: { tls: 'TLS (from the first byte)', starttls: 'STARTTLS' },
    options: {
      sent: 'the server takes the mail, encrypted on its way',
      clear: 'the server takes the mail, in clear text',
      timeout: 'no answer to the SYN, until the app gives up',
      refused: 'the SYN is answered with RST: connection refused',
      stuck: 'it connects, but the first bytes do not fit: no mail is sent',
    },
    explain: {
      sent: (port: number) =>
        `Port ${port} passes the filter, somebody listens there, and the security setting is the one this port is registered for.`,
      timeout: (port: number) =>
        `The rule drops every SYN to port ${port}: many providers block it on home lines. Mail apps submit at 587 or 465.`,
      refused: (port: number) =>
        `Port ${port} passes the filter, but nobody listens there on this server, and its kernel answers with RST.`,
      stuck: (port: number) =>
        `The setting does not fit port ${port}: at 587 a session begins in clear text and upgrades with STARTTLS, at 465 TLS begins with the first byte.`,
    },
  },
  'wk-ftp-passive': {
    stem: 'A client asks an FTP server for passive mode. To which port of the server does it open the data connection?',
    explain: (high: number, low: number, port: number) =>
      `The last two numbers announce the port, the high one first: ${high} × 256 + ${low} = ${port}. Port 21 keeps the commands, and 20 plays a part in active mode only.`,
  },
  'wk-ftp-active': {
    stem: (control: string) =>
      `The commands of this FTP session go over the connection \`${control}\`, and the server keeps to RFC 959. The file goes over another connection: what are the ends of its first SYN?`,
    explainActive: (high: number, low: number, port: number, data: number) =>
      `\`PORT\` announces where the client listens: ${high} × 256 + ${low} = ${port}. In active mode the server opens the data connection, from its port ${data} to that one.`,
    explainPassive: (high: number, low: number, port: number) =>
      `The reply 227 announces where the server listens: ${high} × 256 + ${low} = ${port}. In passive mode the client opens the data connection, from a free port of its own.`,
  },
  'wk-ftp-filter': {
    stem: 'This filter stands on an FTP server, with no connection tracking helper for FTP. A client has logged in and chosen passive mode. How does the data connection begin, and what does the filter do?',
    passes: (port: number) => `a SYN to port ${port} of the server, which is let in`,
    dropped: (port: number) => `a SYN to port ${port} of the server, which is dropped`,
    none: (port: number) => `no SYN: the data goes over the connection to port ${port}`,
    active: (port: number) => `a SYN from port ${port} of the server, which is let out`,
    explain: (high: number, low: number, port: number, works: boolean) =>
      `The announced port is ${high} × 256 + ${low} = ${port}, and the data connection is a new one, to that port. ${works ? 'A rule accepts it.' : 'No rule accepts it, so the policy drops its SYN.'}`,
  },
}
