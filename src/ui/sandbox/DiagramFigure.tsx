import { h } from 'preact'
import type { ComponentChildren, VNode } from 'preact'
import { useMemo, useState } from 'preact/hooks'
import { diagram, machineOf, standalone } from '../../sandbox/diagram'
import type { Sandbox } from '../../sandbox/sandbox'
import type { Story } from '../../sandbox/story'
import type { SvgNode } from '../../sandbox/svg'
import { socketText } from '../../sandbox/tell'
import { sandbox as words } from '../../words/sandbox-screens'
import { saveFile } from '../teach/save-file'
import { useMedia } from '../use'
import { pngFile, svgFile } from './picture-files'

const drawn = ({ tag, attributes, children }: SvgNode, key?: number): VNode =>
  h(
    tag,
    { ...attributes, key },
    children.map((child, index) => (typeof child === 'string' ? child : drawn(child, index))),
  )

interface DiagramFigureProps {
  readonly sandbox: Sandbox
  readonly story?: Story
  /** What the files are called, without an ending. */
  readonly name: string
  /** What is told under the picture. */
  readonly children?: ComponentChildren
}

/** The picture of a sandbox with the buttons that save it. */
export function DiagramFigure({ sandbox, story, name, children }: DiagramFigureProps) {
  const narrow = useMedia('(max-width: 46rem)')
  const [light, setLight] = useState(false)
  const [said, setSaid] = useState('')
  const theme = light ? 'light' : 'dark'
  const text = words.picture
  const draw = (folded: boolean) =>
    diagram(sandbox, { ...text, roles: words.roles }, { theme, narrow: folded, ...(story && { story }) })
  const picture = useMemo(() => draw(narrow), [sandbox, story, theme, narrow, text])
  const doors = machineOf(sandbox).sockets.filter(({ peer }) => !peer)

  const save = async (kind: 'svg' | 'png') => {
    // On paper and in lessons there is room beside each other.
    const whole = draw(false)
    const file = `${name}.${kind}`
    try {
      if (kind === 'svg') saveFile({ name: file, type: 'image/svg+xml', content: await svgFile(standalone(whole)) })
      else saveFile({ name: file, type: 'image/png', content: await pngFile(whole) })
      setSaid(text.saved(file))
    } catch {
      setSaid(text.failed)
    }
  }

  return (
    <figure class={`diagram ${theme}`} aria-label={text.about}>
      {drawn(picture)}
      <p class="sr-only">
        {doors.length === 0
          ? text.noDoors
          : text.doors(doors.map((socket) => `${socket.protocol} ${socketText(socket)}`).join(', '))}
      </p>
      {children}
      <figcaption class="diagram-ways">
        <label class="check">
          <input type="checkbox" checked={light} onChange={() => setLight(!light)} />
          {text.light}
        </label>
        <button type="button" class="secondary" onClick={() => void save('svg')}>
          {text.svg}
        </button>
        <button type="button" class="secondary" onClick={() => void save('png')}>
          {text.png}
        </button>
        <span role="status">{said}</span>
      </figcaption>
    </figure>
  )
}
