import * as Phaser from 'phaser'
import type { HandStore } from '../store/hand-store'
import type { SettingsStore } from '../store/settings-store'
import type { ShiftStore } from '../store/shift-store'
import { StageScene } from './scene'
import { createSound } from './sound'

/** A stage that is up. */
export interface Stage {
  /** Takes it down; resolves when its canvas is gone. */
  destroy(): Promise<void>
}

/** Text is drawn into textures: the fonts have to be there before. */
const FONTS = [
  '600 14px "Atkinson Hyperlegible Mono Variable"',
  '800 14px "Atkinson Hyperlegible Mono Variable"',
  '700 14px "Atkinson Hyperlegible Next Variable"',
]

/** The largest canvas side in device pixels: every graphics card takes a texture of this size. */
const MOST = 4096

const ratioOf = (width: number, height: number) =>
  Math.min(2, Math.max(1, window.devicePixelRatio), MOST / Math.max(width, height, 1))

/** Puts the stage into an element and keeps it as large as that. The canvas only draws: input is the page's matter. */
export async function mountStage(
  parent: HTMLElement,
  inputs: {
    readonly shift: ShiftStore
    readonly hand: HandStore
    readonly settings: SettingsStore
    readonly reducedMotion: () => boolean
  },
): Promise<Stage> {
  await Promise.all(FONTS.map((font) => document.fonts.load(font)))
  const sound = createSound(inputs.settings)
  const scene = new StageScene({ ...inputs, sound, speed: () => inputs.settings.getState().settings.speed })
  const { clientWidth: width, clientHeight: height } = parent
  const ratio = ratioOf(width, height)
  const game = new Phaser.Game({
    type: Phaser.AUTO,
    parent,
    width: Math.max(1, Math.round(width * ratio)),
    height: Math.max(1, Math.round(height * ratio)),
    scale: { mode: Phaser.Scale.NONE, zoom: 1 / ratio },
    backgroundColor: '#0a0f1e',
    banner: false,
    audio: { noAudio: true },
    input: { keyboard: false, mouse: false, touch: false, gamepad: false },
    disableContextMenu: false,
    scene,
  })
  await new Promise<void>((resolve) => game.events.once(Phaser.Core.Events.READY, resolve))
  await new Promise<void>((resolve) => game.events.once(Phaser.Core.Events.POST_STEP, () => resolve()))

  // Where nothing moves by itself no picture is drawn until something happens: it spares the battery.
  const rest = () => {
    if (scene.still) game.loop.sleep()
  }
  const rouse = () => {
    scene.rouse()
    if (game.loop.running) return
    game.loop.resetDelta()
    game.loop.wake()
  }
  game.events.on(Phaser.Core.Events.POST_RENDER, rest)

  let builtFor = ''
  const fit = () => {
    const { clientWidth, clientHeight } = parent
    const zoom = ratioOf(clientWidth, clientHeight)
    const wanted = `${clientWidth} ${clientHeight} ${zoom}`
    if (clientWidth === 0 || clientHeight === 0 || wanted === builtFor) return
    builtFor = wanted
    game.scale.setZoom(1 / zoom)
    game.scale.resize(Math.round(clientWidth * zoom), Math.round(clientHeight * zoom))
    scene.build(clientWidth, clientHeight, zoom)
    rouse()
  }
  const again = () => {
    builtFor = ''
    fit()
  }
  fit()

  const observer = new ResizeObserver(fit)
  observer.observe(parent)
  const listening = new AbortController()
  addEventListener('resize', fit, { signal: listening.signal })
  // What was painted into textures went with the context: it is painted again from the store.
  game.canvas.addEventListener('webglcontextrestored', () => setTimeout(again, 0), { signal: listening.signal })
  const calm = matchMedia('(prefers-reduced-motion: reduce)')
  calm.addEventListener('change', again, { signal: listening.signal })
  const stops = [
    inputs.settings.subscribe((state) => state.settings.motion, again),
    inputs.shift.subscribe(rouse),
    inputs.hand.subscribe(rouse),
  ]

  return {
    destroy: () =>
      new Promise((resolve) => {
        observer.disconnect()
        listening.abort()
        for (const stop of stops) stop()
        sound.close()
        game.events.once(Phaser.Core.Events.DESTROY, () => resolve())
        // It is destroyed on its next frame.
        game.destroy(true)
        rouse()
      }),
  }
}
