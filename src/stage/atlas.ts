import * as Phaser from 'phaser'
import type { Pen } from './paint'

/** A picture in the atlas: its frame and where its origin lies in it, as shares of its size. */
export interface Baked {
  readonly frame: string
  readonly originX: number
  readonly originY: number
}

/**
 * One texture into which each picture is painted once, at the device's pixel ratio. Sprites of one texture are drawn in one
 * go and may be turned without tearing.
 */
export class Atlas {
  private readonly texture: Phaser.Textures.CanvasTexture
  private readonly baked = new Map<string, Baked>()
  private x = 1
  private y = 1
  private shelf = 0
  /** What was painted since the last time, in texture pixels. */
  private fresh: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }[] = []
  private handedOver = false

  constructor(
    textures: Phaser.Textures.TextureManager,
    readonly key: string,
    private readonly size: number,
    private readonly ratio: number,
  ) {
    if (textures.exists(key)) textures.remove(key)
    const texture = textures.createCanvas(key, size, size)
    if (!texture) throw new Error('The browser gave no canvas to draw on.')
    this.texture = texture
  }

  /**
   * The picture of this name, painted now if it is new. `box` is what it covers around its origin, in CSS pixels before
   * `scale`. Undefined when the atlas is full: then the picture is left out.
   */
  bake(
    name: string,
    box: { readonly left: number; readonly top: number; readonly width: number; readonly height: number },
    scale: number,
    paint: (pen: Pen) => void,
  ): Baked | undefined {
    const known = this.baked.get(name)
    if (known) return known
    const factor = scale * this.ratio
    const width = Math.ceil(box.width * factor)
    const height = Math.ceil(box.height * factor)
    if (this.x + width + 1 > this.size) {
      this.x = 1
      this.y += this.shelf + 1
      this.shelf = 0
    }
    if (this.y + height + 1 > this.size || width + 2 > this.size) return undefined
    const pen = this.texture.getContext()
    pen.save()
    pen.beginPath()
    pen.rect(this.x, this.y, width, height)
    pen.clip()
    pen.translate(this.x - box.left * factor, this.y - box.top * factor)
    pen.scale(factor, factor)
    paint(pen)
    pen.restore()
    this.texture.add(name, 0, this.x, this.y, width, height)
    this.fresh.push({ x: this.x, y: this.y, width, height })
    this.x += width + 1
    this.shelf = Math.max(this.shelf, height)
    const made = { frame: name, originX: -box.left / box.width, originY: -box.top / box.height }
    this.baked.set(name, made)
    return made
  }

  /** Hands what was painted since the last time to the graphics card: all of it at first, then only the new pictures. */
  flush(): void {
    const fresh = this.fresh.splice(0)
    if (fresh.length === 0) return
    const [source] = this.texture.source
    const { glTexture, renderer } = source ?? {}
    if (!this.handedOver || !glTexture || !(renderer instanceof Phaser.Renderer.WebGL.WebGLRenderer)) {
      this.texture.refresh()
      this.handedOver = true
      return
    }
    const { gl } = renderer
    const pen = this.texture.getContext()
    renderer.glTextureUnits.bind(glTexture, 0)
    renderer.glWrapper.updateTexturing({ texturing: { flipY: true, premultiplyAlpha: glTexture.pma } })
    for (const { x, y, width, height } of fresh) {
      const pixels = pen.getImageData(x, y, width, height)
      // The texture stands on its head: its rows count from below.
      gl.texSubImage2D(gl.TEXTURE_2D, 0, x, this.size - y - height, gl.RGBA, gl.UNSIGNED_BYTE, pixels)
    }
  }
}
