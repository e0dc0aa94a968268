import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Fact } from '../../practice/fact'
import { heat } from '../../practice/insight'
import { familyAt } from '../../ports/services'
import { COLOURS } from '../quiz/Doors'
import { use } from '../use'
import type { Light } from './city'
import { cityHeight, drawCity } from './city'
import { ownPractice } from './own-practice'

/** A port that is less known than this is dark. */
const DARK = 0.02

export interface Lit {
  readonly fact: Fact
  readonly strength: number
}

/** The ports that one knows, by number, each with its better known transport. */
export function useLit(): readonly Lit[] {
  const remembered = use(ownPractice(), (state) => state.remembered)
  const book = use(ownPractice(), (state) => state.book)
  return useMemo(() => {
    const known = heat(remembered.memory, remembered.settings, Date.now())
    return [...book.values()]
      .filter(({ port }) => (known[port] ?? 0) > DARK)
      .filter(({ id }) => remembered.memory.has(`${id}>number`) || remembered.memory.has(`${id}>name`))
      .filter(({ port }, index, all) => all.findIndex((one) => one.port === port) === index)
      .map((fact) => ({ fact, strength: known[fact.port] ?? 0 }))
      .sort((a, b) => a.fact.port - b.fact.port)
  }, [remembered, book])
}

export const lightsOf = (lit: readonly Lit[]): readonly Light[] =>
  lit.map(({ fact: { port, protocol }, strength }) => ({ port, strength, colour: COLOURS[familyAt(protocol, port)] }))

/** Ports of the decks, which can just be seen. */
export const dimPorts = (): readonly number[] => [...ownPractice().getState().book.values()].map(({ port }) => port)

interface CityProps {
  readonly lit: readonly Lit[]
  /** Pixels of the picture's width. */
  readonly width: number
}

/** The picture of the city. What it shows stands in words beside it. */
export function City({ lit, width }: CityProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    const pen = canvas.current?.getContext('2d')
    if (pen) drawCity(pen, width, lightsOf(lit), dimPorts())
  }, [lit, width])
  return <canvas ref={canvas} class="city" width={width} height={cityHeight(width)} aria-hidden="true" />
}
