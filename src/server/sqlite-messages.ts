/** An event to be written down. */
export interface Line {
  readonly code: string
  readonly event: string
  readonly at: number
  readonly ended: boolean
}

/** What the thread with the database is asked. */
export type Ask =
  | { readonly ask: 'create'; readonly line: Line; readonly patience: number }
  | { readonly ask: 'commit'; readonly lines: readonly Line[] }
  | { readonly ask: 'load'; readonly code: string }
  | { readonly ask: 'remove'; readonly codes: readonly string[] }
  | { readonly ask: 'expired'; readonly now: number }
  | { readonly ask: 'codes' | 'ready' | 'close' }
export type Asked = Ask & { readonly number: number }

/** What it answers, and what it has to say unasked. */
export type Answered =
  | { readonly number: number; readonly good: readonly string[] | boolean }
  | { readonly number: number; readonly bad: string }
  | { readonly notice: string }
