import { sandbox as en } from './en/sandbox'
import { catalogue } from './language'

/** The words of the sandbox, the pasted terminal and their picture. They come with those screens. */
export type SandboxWords = typeof en

export let sandbox: SandboxWords = en

catalogue<SandboxWords>(
  en,
  { es: () => import('./es/sandbox').then((part) => part.sandbox) },
  (spoken) => (sandbox = spoken),
)
