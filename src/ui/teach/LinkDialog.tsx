import { useState } from 'preact/hooks'
import type { QuestionSet } from '../../quiz/set'
import { writeSet } from '../../quiz/set'
import { teach } from '../../words/teach'
import { Dialog } from '../shift/dialog'

/** The link that carries a set, or why there is none. */
export function LinkDialog({ set, onClose }: { readonly set: QuestionSet; readonly onClose: () => void }) {
  const text = teach.link
  const [said, setSaid] = useState('')
  const link = writeSet(set)
  const href = 'query' in link ? new URL(`#/quiz/set?${link.query}`, location.href).href : ''
  const copy = () => {
    const failed = () => setSaid(text.copyFailed)
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(href).then(() => setSaid(text.copied), failed)
  }
  return (
    <Dialog title={text.title} class="teach-dialog" onClose={onClose}>
      {'fault' in link ? (
        <p>{text.faults[link.fault]}</p>
      ) : (
        <>
          <p>{text.about}</p>
          <label class="field">
            <span>{text.address}</span>
            <input
              type="text"
              class="mono"
              readOnly
              value={href}
              onFocus={({ currentTarget }) => currentTarget.select()}
            />
          </label>
          <div class="dialog-ways">
            <button type="button" class="primary" onClick={copy}>
              {text.copy}
            </button>
            <a class="secondary" href={href}>
              {text.try}
            </a>
          </div>
          <p role="status">{said}</p>
        </>
      )}
      <button type="button" class="secondary" onClick={onClose}>
        {teach.export.close}
      </button>
    </Dialog>
  )
}
