import { capture } from './capture'
import { home } from './home'
import { levels } from './levels'
import { number, share } from './number'
import { quiz } from './quiz'
import { result } from './result'
import { settings } from './settings'
import { shift } from './shift'
import { stage } from './stage'
import { teach } from './teach'

export const en = { number, share, home, settings, capture, shift, stage, result, levels, quiz, teach }
