import wordsFont from '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2?url'
import numbersFont from '@fontsource-variable/atkinson-hyperlegible-mono/files/atkinson-hyperlegible-mono-latin-wght-normal.woff2?url'
import type { SvgNode } from '../../sandbox/svg'
import { node, svgText } from '../../sandbox/svg'

const FACES = [
  ['Atkinson Hyperlegible Next Variable', wordsFont],
  ['Atkinson Hyperlegible Mono Variable', numbersFont],
] as const

/** A font as a rule that carries it along: a picture on its own has no page to take it from. */
async function faceOf(family: string, url: string): Promise<string> {
  const bytes = new Uint8Array(await (await fetch(url)).arrayBuffer())
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')
  return `@font-face{font-family:'${family}';font-weight:200 800;src:url(data:font/woff2;base64,${btoa(text)}) format('woff2')}`
}

/** The text of an SVG file that looks the same wherever it is opened. Without the fonts it is still whole. */
export async function svgFile(picture: SvgNode): Promise<string> {
  const faces = await Promise.all(FACES.map(([family, url]) => faceOf(family, url))).catch(() => [])
  return svgText({ ...picture, children: [node('style', {}, [faces.join('')]), ...picture.children] })
}

/** How many pixels of a PNG stand for one of the picture: sharp on a projector. */
const SCALE = 2

/** The picture as PNG. Rejects where the browser cannot draw it. */
export async function pngFile(picture: SvgNode): Promise<Uint8Array<ArrayBuffer>> {
  const url = URL.createObjectURL(new Blob([await svgFile(picture)], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = url
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Number(picture.attributes['width']) * SCALE
    canvas.height = Number(picture.attributes['height']) * SCALE
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const drawn = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
    if (!drawn) throw new Error('No PNG came of the canvas.')
    return new Uint8Array(await drawn.arrayBuffer())
  } finally {
    URL.revokeObjectURL(url)
  }
}
