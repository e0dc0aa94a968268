import { balancing } from './balancing'
import { binding } from './binding'
import { boards } from './boards'
import { common } from './common'
import { containers } from './containers'
import { exposure } from './exposure'
import { firewall } from './firewall'
import { nat } from './nat'
import { numbers } from './numbers'
import { protocols } from './protocols'
import { refusals } from './refusals'
import { replies } from './replies'
import { sockets } from './sockets'
import { spaces } from './spaces'
import { wellKnown } from './well-known'

export const questions = {
  common,
  sockets,
  replies,
  numbers,
  wellKnown,
  spaces,
  binding,
  refusals,
  firewall,
  nat,
  containers,
  balancing,
  exposure,
  protocols,
  boards,
}
