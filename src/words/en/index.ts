import { capture } from './capture'
import { home } from './home'
import { levels } from './levels'
import { nav } from './nav'
import { number, share } from './number'
import { result } from './result'
import { settings } from './settings'
import { shift } from './shift'
import { stage } from './stage'

export const en = { number, share, nav, home, settings, capture, shift, stage, result, levels }
