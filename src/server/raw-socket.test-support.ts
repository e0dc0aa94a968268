import { randomBytes } from 'node:crypto'
import { connect } from 'node:net'
import type { Socket } from 'node:net'
import { CLASS_PATH } from '../room/wire'

/** A browser that does not behave: it speaks WebSocket by hand (RFC 6455), reads only when told to, and answers no ping. */
export interface RawSocket {
  readonly socket: Socket
  /** Sends a text frame, in Engine.IO's and Socket.IO's words. */
  send(text: string): void
}

/** Connects and joins Socket.IO's namespace. */
export async function openRaw(port: number): Promise<RawSocket> {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => socket.destroy())
  await new Promise((resolve) => socket.once('connect', resolve))
  socket.write(
    [
      `GET ${CLASS_PATH}/?EIO=4&transport=websocket HTTP/1.1`,
      `Host: 127.0.0.1:${port}`,
      'Upgrade: websocket',
      'Connection: Upgrade',
      `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
      'Sec-WebSocket-Version: 13',
      '\r\n',
    ].join('\r\n'),
  )
  const send = (text: string): void => {
    const payload = Buffer.from(text)
    const { length } = payload
    // FIN and opcode 1 (text); the mask of four zeros leaves the payload as it is (section 5.2).
    const size = length < 126 ? [length] : length < 65_536 ? [126, length >> 8, length & 255] : undefined
    const header = size ?? [127, 0, 0, 0, 0, ...new Uint8Array(new Uint32Array([length]).buffer).toReversed()]
    const [first = 0, ...rest] = header
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | first, ...rest, 0, 0, 0, 0]), payload]))
  }
  await new Promise<void>((resolve) => {
    let heard = ''
    const hear = (data: Buffer): void => {
      heard += data.toString('latin1')
      if (heard.includes('"sid"') && !heard.includes('40{"sid"')) send('40')
      if (heard.includes('40{"sid"')) {
        socket.off('data', hear)
        resolve()
      }
    }
    socket.on('data', hear)
  })
  return { socket, send }
}
