import { useRef, useState } from 'preact/hooks'
import type { ServiceFamily } from '../../ports/services'
import { familyAt } from '../../ports/services'
import { words } from '../../words'
import { practice } from '../../words/practice-screens'
import { practiceAsks } from '../../words/practice-asks'
import { practiceHash } from '../app/route'
import { COLOURS } from '../quiz/Doors'
import { use } from '../use'
import type { Lit } from './City'
import { City, dimPorts, lightsOf, useLit } from './City'
import { cityHeight, drawCity, portAt } from './city'
import { saveBlob } from './save'
import { ownPractice } from './own-practice'
import type { PracticeScreenProps } from './Page'
import { Page, useReady } from './Page'

/** Pixels of the picture: four for each window. */
const WIDTH = 1024
/** The line under the picture that is shared. */
const CAPTION = 132

/** The heat map of all ports as a city at night: what one knows is lit. */
export function MapScreen({ onSettings }: PracticeScreenProps) {
  const ready = useReady()
  return (
    <Page class="mapping" onSettings={onSettings}>
      {ready ? <CityMap /> : <p class="waiting">{practice.session.loading}</p>}
    </Page>
  )
}

function CityMap() {
  const lit = useLit()
  const book = use(ownPractice(), (state) => state.book)
  const [pointed, setPointed] = useState<number>()
  const frame = useRef<HTMLDivElement>(null)
  const text = practice.map
  const point = (event: PointerEvent) => {
    const box = frame.current?.getBoundingClientRect()
    if (box) setPointed(portAt((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height))
  }
  const said = (port: number): string => {
    const fact = book.get(`${port}/tcp`) ?? book.get(`${port}/udp`)
    const light = lit.find((one) => one.fact.port === port)
    return [
      text.at(port),
      fact && practiceAsks.service(fact.id, fact.name),
      light ? text.strength(light.strength) : fact && text.unknown,
    ]
      .filter(Boolean)
      .join(' · ')
  }
  const families = [...new Set(lit.map(({ fact }) => familyAt(fact.protocol, fact.port)))]
  return (
    <main class="map">
      <div class="map-picture">
        <div
          class="map-frame"
          ref={frame}
          role="img"
          aria-label={lit.length === 0 ? text.altNone : text.alt(lit.map(({ fact }) => fact.port).join(', '))}
          onPointerMove={point}
          onPointerLeave={() => setPointed(undefined)}
        >
          <City lit={lit} width={WIDTH} />
          <span class="map-range" style={{ top: '1%' }} aria-hidden="true">
            {text.ranges.dynamic}
          </span>
          <span class="map-range" style={{ top: '22.500%' }} aria-hidden="true">
            {text.ranges.user}
          </span>
          <span class="map-range" style={{ bottom: '1%' }} aria-hidden="true">
            {text.ranges.system}
          </span>
        </div>
        <p class="map-pointed mono" aria-hidden="true">
          {pointed === undefined ? ' ' : said(pointed)}
        </p>
      </div>
      <section class="map-words">
        <h1 tabIndex={-1}>{text.heading(lit.length)}</h1>
        <p class="lobby-about">{lit.length === 0 ? text.none : text.about}</p>
        <div class="end-acts">
          {lit.length === 0 ? (
            <a class="primary" href={practiceHash('session')}>
              {text.start}
            </a>
          ) : (
            <button type="button" class="primary" onClick={() => void savePicture(lit)}>
              {text.save}
            </button>
          )}
        </div>
        {families.length > 0 && <Legend families={families} />}
        {lit.length > 0 && (
          <>
            <h2>{text.lit}</h2>
            <ul class="lit-list">
              {lit.map(({ fact, strength }) => (
                <li key={fact.id}>
                  <span class="plate mono">{fact.port}</span>
                  <span>{practiceAsks.service(fact.id, fact.name)}</span>
                  <span class="quiet">{text.strength(strength)}</span>
                </li>
              ))}
            </ul>
          </>
        )}
      </section>
    </main>
  )
}

function Legend({ families }: { readonly families: readonly ServiceFamily[] }) {
  const text = practice.map
  return (
    <>
      <p class="quiet">{text.legend}</p>
      <ul class="families">
        {families.map((family) => (
          <li key={family}>
            <i aria-hidden="true" style={{ background: COLOURS[family] }} />
            {text.families[family]}
          </li>
        ))}
      </ul>
    </>
  )
}

/** Saves the city with a line under it as a PNG. */
async function savePicture(lit: readonly Lit[]): Promise<void> {
  const canvas = document.createElement('canvas')
  canvas.width = WIDTH
  canvas.height = cityHeight(WIDTH) + CAPTION
  const pen = canvas.getContext('2d')
  if (!pen) return
  const family = getComputedStyle(document.body).fontFamily
  await document.fonts.ready
  drawCity(pen, WIDTH, lightsOf(lit), dimPorts())
  const top = cityHeight(WIDTH)
  pen.fillStyle = '#0a0f1e'
  pen.fillRect(0, top, WIDTH, CAPTION)
  pen.textBaseline = 'middle'
  pen.fillStyle = '#ffe2a0'
  pen.font = `800 46px ${family}`
  pen.fillText(practice.map.caption(lit.length), 36, top + 48)
  pen.fillStyle = '#c3cdec'
  pen.font = `400 26px ${family}`
  pen.fillText(practice.home.mapAbout, 36, top + 98)
  pen.font = `800 26px ${family}`
  pen.textAlign = 'end'
  pen.fillStyle = '#e9edf9'
  pen.fillText(words.home.name, WIDTH - 36, top + 48)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (blob) saveBlob(blob, practice.map.file)
}
