import type { Heard, Replies, Reply, Said, SayName, Why } from '../room/wire'

/** What came of something said. `no-line`: nobody heard it, or no answer came in time. */
export type Outcome<Name extends SayName> = Reply<Replies[Name]> | { readonly ok: false; readonly why: 'no-line' }

/** Why something said had no effect, as a person is told. */
export type Trouble = Why | 'no-line'

/** The connection to the server of the class. It comes back by itself as often as it is lost. */
export interface Line {
  /** Never rejects. */
  say<Name extends SayName>(name: Name, said: Said<Name>): Promise<Outcome<Name>>
  hear<Name extends keyof Heard>(name: Name, act: (heard: Heard[Name]) => void): void
  /** `act` is called whenever the connection stands or is lost. Each new one knows nothing of the one before. */
  follow(act: (stands: boolean) => void): void
  close(): void
}
