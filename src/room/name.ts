import { random } from '../shift/random'
import type { Random } from '../shift/random'
import type { Language } from '../words/language'

/** The parts of drawn names, in each language: every first part goes with every second one. */
const PARTS: Readonly<
  Record<
    Language,
    {
      readonly first: readonly string[]
      readonly second: readonly string[]
      readonly join: (first: string, second: string) => string
    }
  >
> = {
  en: {
    first:
      'Amber Brave Bright Calm Clever Cosy Curious Eager Early Fair Gentle Golden Happy Honest Jolly Keen Kind Lively Lucky Merry Mighty Neat Nimble Noble Patient Polite Proud Quick Quiet Ready Royal Sharp Silver Smart Snug Steady Sunny Swift Tidy Warm Wise Witty'.split(
        ' ',
      ),
    second:
      'Anchor Beacon Bridge Buoy Cable Checksum Compass Datagram Dock Door Ferry Frame Gate Gull Harbour Header Lamp Lantern Lighthouse Listener Mailbox Packet Parcel Pier Pilot Porter Postcard Quay Relay Router Sailor Segment Signal Socket Stamp Subnet Switch Tide Tunnel Window'.split(
        ' ',
      ),
    join: (first, second) => `${first} ${second}`,
  },
  es: {
    first:
      'Alegre Amable Audaz Brillante Capaz Cordial Cortés Elegante Excelente Feliz Fiel Fuerte Genial Gentil Grande Hábil Humilde Ilustre Jovial Leal Libre Noble Paciente Prudente Radiante Real Sagaz Sonriente Sutil Tenaz Valiente Veloz'.split(
        ' ',
      ),
    second:
      'Ancla Barca Boya Brújula Cable Cabecera Datagrama Dique Enlace Estrella Faro Farol Gaviota Lámpara Marea Muelle Nave Paquete Piloto Portal Postal Puente Puerta Puerto Radar Ruta Sello Señal Timón Trama Túnel Ventana'.split(
        ' ',
      ),
    join: (first, second) => `${second} ${first}`,
  },
}

/** A friendly name that nobody in the room has yet. */
export function drawName(language: Language, dice: Random, taken: ReadonlySet<string>): string {
  const { first, second, join } = PARTS[language]
  for (let attempt = 0; attempt < 40; attempt++) {
    const name = join(dice.pick(first), dice.pick(second))
    if (!taken.has(name)) return name
  }
  for (let number = 2; ; number++) {
    const name = `${join(dice.pick(first), dice.pick(second))} ${number}`
    if (!taken.has(name)) return name
  }
}

/** The word on the wall that whoever wants to join must type, where the teacher asks for one. */
export const doorWord = ({
  seed,
  settings,
}: {
  readonly seed: number
  readonly settings: { readonly language: Language }
}): string =>
  random(seed ^ 0xd00d)
    .pick(PARTS[settings.language].second)
    .toLowerCase()

/** No longer than this, in characters as they are seen. */
const LONGEST_NAME = 20

/**
 * A name as somebody wants it, fit for the wall: one line, no controls, no marks that turn the direction of others' text, at
 * most 20 characters. Undefined if nothing readable is left. Short names and names in any script are names.
 */
export function tidyName(wanted: string): string | undefined {
  const clean = wanted
    .slice(0, 400)
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu, '')
    .replaceAll(/\s+/g, ' ')
    .trim()
  const letters = [...new Intl.Segmenter().segment(clean)].map(({ segment }) => segment)
  // Marks piled upon one letter reach into other lines.
  const seen = letters.map((letter) => letter.replace(/(\p{M}{2})\p{M}+/u, '$1')).slice(0, LONGEST_NAME)
  const name = seen.join('').trim()
  return /[\p{L}\p{N}]/u.test(name) ? name : undefined
}
