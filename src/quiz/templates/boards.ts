import type { Template } from '../template'
import { bindingBoard } from './boards/binding'
import { containersBoard } from './boards/containers'
import { filterBoard } from './boards/filter'
import { numbersBoard } from './boards/numbers'
import { outsideBoard } from './boards/outside'
import { routerBoard } from './boards/router'
import { socketsBoard } from './boards/sockets'
import { trafficBoard } from './boards/traffic'

/**
 * Boards of statements: each shows one state and asks about many ideas at once, so that a check of twelve questions can ask
 * about all of them. A statement is drawn true or false, and only its own idea leads to judging it wrongly.
 */
export const boards: readonly Template[] = [
  socketsBoard,
  trafficBoard,
  numbersBoard,
  bindingBoard,
  outsideBoard,
  filterBoard,
  routerBoard,
  containersBoard,
]
