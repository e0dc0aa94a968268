import { words } from '../../words'

export interface SetsScreenProps {
  readonly onHome: () => void
}

export function SetsScreen({ onHome }: SetsScreenProps) {
  return (
    <main class="page">
      <h1 tabIndex={-1}>{words.teach.title}</h1>
      <button type="button" class="plain" onClick={onHome}>
        {words.capture.back}
      </button>
    </main>
  )
}
