import type { Imported } from '../../exchange/imported'
import { teach } from '../../words/teach'
import { Dialog } from '../shift/dialog'

interface ReadDialogProps {
  readonly file: string
  readonly imported: Imported
  /** Questions that had no room. */
  readonly left: number
  readonly onClose: () => void
}

/** What came of a file: how many questions were taken, and for each of the others the line and the reason. */
export function ReadDialog({ file, imported: { questions, remarks }, left, onClose }: ReadDialogProps) {
  const text = teach.read
  const refused = remarks.filter(({ taken }) => !taken).length
  const isSheet = /\.(?:xlsx)$/i.test(file)
  return (
    <Dialog title={text.title(file)} class="teach-dialog" onClose={onClose}>
      <p>
        {questions.length > 0 ? text.taken(questions.length) : text.nothingTaken} {refused > 0 && text.left(refused)}{' '}
        {left > 0 && text.noRoom(left)}
      </p>
      {remarks.length > 0 && (
        <ul class="remarks" tabIndex={0}>
          {remarks.map(({ line, about, why }, index) => {
            const where = isSheet ? text.row(line) : text.line(line)
            return (
              <li key={index}>
                {about ? text.remark(where, about, text.reasons[why]) : text.remarkPlain(where, text.reasons[why])}
              </li>
            )
          })}
        </ul>
      )}
      <button type="button" class="primary" onClick={onClose}>
        {text.close}
      </button>
    </Dialog>
  )
}
