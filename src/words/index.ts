import { en } from './en'

/** Every word of the interface, by place. A language is an object of this shape. */
export type Words = typeof en

export const words: Words = en
