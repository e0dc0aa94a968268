import { useState } from 'preact/hooks'
import { quiz } from '../../words/quiz-screens'

interface CopyProps {
  /** The hash of what is copied. */
  readonly hash: string
  readonly text: string
}

/** A button that copies a link, and says whether it could. */
export function Copy({ hash, text }: CopyProps) {
  const [said, setSaid] = useState('')
  const copy = () => {
    const failed = () => setSaid(quiz.end.copyFailed)
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(new URL(hash, location.href).href).then(() => setSaid(quiz.end.copied), failed)
  }
  return (
    <span class="copy">
      <button type="button" class="secondary" onClick={copy}>
        {text}
      </button>
      <span class="copy-said" role="status">
        {said}
      </span>
    </span>
  )
}
