import { useEffect, useRef, useState } from 'preact/hooks'
import { endpointText } from '../../net/tuple'
import { doorsOf } from '../../shift/door'
import type { Shift } from '../../shift/shift'
import { paintHouse } from '../../stage/facade'
import { layoutStage, stageFacts } from '../../stage/layout'
import { words } from '../../words'

/** How wide the picture is for its height. */
const SHAPE = 1.18
/** From how far one looks: the stage is laid out for a page that is larger by this much, so that more windows have room. */
const DISTANCE = 1.45

/** The building as it was when the shift ended, painted as on the stage: a lit window for each connection. */
export function HousePicture({ shift }: { readonly shift: Shift }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)

  useEffect(() => {
    const parent = canvas.current?.parentElement
    if (!parent) return undefined
    const observer = new ResizeObserver(() => setWidth(parent.clientWidth))
    observer.observe(parent)
    return () => observer.disconnect()
  }, [])

  useEffect(() => {
    const element = canvas.current
    const pen = element?.getContext('2d')
    if (!element || !pen || width === 0) return
    const height = Math.round(width / SHAPE)
    const ratio = Math.min(2, devicePixelRatio)
    element.width = Math.round(width * ratio)
    element.height = Math.round(height * ratio)
    // The house alone: the town's houses and the board stay behind.
    const size = { width: width * DISTANCE, height: height * DISTANCE }
    const layout = layoutStage(size, { ...stageFacts(shift), clients: [], board: false })
    const paint = () => {
      pen.setTransform(ratio / DISTANCE, 0, 0, ratio / DISTANCE, 0, 0)
      paintHouse(pen, layout, shift)
    }
    paint()
    // Once more with the right letters, where they were not there yet.
    document.fonts.ready.then(paint, () => undefined)
  }, [width, shift])

  const said = doorsOf(shift).map(({ port, protocol, windows }) =>
    [`${port}/${protocol}`, ...windows.flatMap(({ peer }) => (peer ? endpointText(peer) : []))].join(' '),
  )
  return <canvas ref={canvas} class="house-picture" role="img" aria-label={words.result.picture(said.join('; '))} />
}
