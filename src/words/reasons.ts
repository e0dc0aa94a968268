import { reasons as en } from './en/reasons'

/**
 * The lines after a verdict. They stand apart from the other words because they need the registry, and Home, which needs
 * neither, should not wait for it. A language has an object of this shape.
 */
export type Reasons = typeof en

export const reasons: Reasons = en
