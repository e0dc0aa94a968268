import { capture } from './capture'
import { home } from './home'
import { levels } from './levels'
import { result } from './result'
import { settings } from './settings'
import { shift } from './shift'

export const en = { home, settings, capture, shift, result, levels }
