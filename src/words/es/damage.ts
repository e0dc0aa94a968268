import type { Damage } from '../../net/capture/damage'

const bytes = (count: number) => `${count} ${count === 1 ? 'byte' : 'bytes'}`

const hex = (starts: readonly number[]) => starts.map((byte) => byte.toString(16).padStart(2, '0')).join(' ')

export function damageSentence(damage: Damage, packets: number): string {
  const before =
    packets === 0
      ? 'sin ningún paquete antes'
      : packets === 1
        ? 'con un paquete antes'
        : `con ${packets} paquetes antes`
  switch (damage.kind) {
    case 'empty':
      return 'El archivo está vacío: no tiene ni cabecera.'
    case 'foreign':
      return `Este archivo no es pcap ni pcapng: empieza con los bytes ${hex(damage.starts)}.`
    case 'cut-header':
      return `El archivo acaba en su cabecera: hay ${damage.bytes} de ${bytes(damage.wanted)}.`
    case 'cut-packet':
      return `El archivo está cortado en el byte ${damage.offset}: ${damage.missing === 1 ? 'falta' : 'faltan'} ${bytes(damage.missing)}, ${before}.`
    case 'packet-too-long':
      return `El registro del byte ${damage.offset} dice tener ${bytes(damage.length)}, más de los ${damage.most} que puede tener un paquete, ${before}.`
    case 'block-length':
      return `El bloque del byte ${damage.offset} tiene la longitud imposible ${damage.length}, ${before}.`
    case 'block-ends-differ':
      return `El bloque del byte ${damage.offset} dice ${bytes(damage.first)} al principio y ${damage.last} al final, ${before}.`
    case 'byte-order':
      return `La sección del byte ${damage.offset} no tiene un orden de bytes legible, ${before}.`
    case 'no-interface':
      return `El paquete del byte ${damage.offset} es de la interfaz ${damage.wanted}, pero el archivo describe ${damage.known}, ${before}.`
    case 'gzip':
      return `El archivo comprimido está dañado y no se puede descomprimir más, ${before}.`
  }
}
