import { modes } from '../../words/mode-screens'

interface CopyButtonProps {
  readonly label: string
  readonly text: string
  readonly primary?: boolean
  readonly onSaid: (said: string) => void
}

/** A button that copies a text, and says whether it could. */
export function CopyButton({ label, text, primary = false, onSaid }: CopyButtonProps) {
  const copy = () => {
    const failed = () => onSaid(modes.today.copyFailed)
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(text).then(() => onSaid(modes.today.copied), failed)
  }
  return (
    <button type="button" class={primary ? 'primary' : 'secondary'} onClick={copy}>
      {label}
    </button>
  )
}
