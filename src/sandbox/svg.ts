/** A picture as a tree: what SVG elements it has, whatever draws or writes them. */
export interface SvgNode {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string | number>>
  readonly children: readonly (SvgNode | string)[]
}

export const node = (
  tag: string,
  attributes: SvgNode['attributes'] = {},
  children: readonly (SvgNode | string)[] = [],
): SvgNode => ({ tag, attributes, children })

export const group = (children: readonly SvgNode[], attributes: SvgNode['attributes'] = {}): SvgNode =>
  node('g', attributes, children)

export const path = (d: string, attributes: SvgNode['attributes']): SvgNode => node('path', { d, ...attributes })

export const box = (x: number, y: number, width: number, height: number, attributes: SvgNode['attributes']): SvgNode =>
  node('rect', { x, y, width, height, ...attributes })

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string): string => text.replaceAll(/[&<>"]/g, (letter) => ESCAPES[letter] ?? letter)

/** The tree as the text of an SVG file (SVG 1.1). */
export function svgText({ tag, attributes, children }: SvgNode): string {
  const said = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
  const inside = children.map((child) => (typeof child === 'string' ? escaped(child) : svgText(child))).join('')
  return inside === '' ? `<${tag}${said.join('')}/>` : `<${tag}${said.join('')}>${inside}</${tag}>`
}
