import { gift } from './gift'
import { kahoot } from './kahoot'
import { moodle } from './moodle'
import { qti } from './qti'
import { blackboard, blooket, gimkit, wayground, zipgrade } from './sheets'
import type { Target } from './target'

/** Everything that a set can be exported to. */
export const TARGETS: readonly Target[] = [moodle, gift, qti, blackboard, kahoot, wayground, blooket, gimkit, zipgrade]
