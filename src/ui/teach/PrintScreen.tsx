import { words } from '../../words'

export interface PrintScreenProps {
  readonly id: string
  readonly query: string
  readonly onHome: () => void
}

export function PrintScreen({ onHome }: PrintScreenProps) {
  return (
    <main class="page">
      <h1 tabIndex={-1}>{words.teach.title}</h1>
      <button type="button" class="plain" onClick={onHome}>
        {words.capture.back}
      </button>
    </main>
  )
}
