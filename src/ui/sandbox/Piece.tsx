import type { ComponentChildren } from 'preact'
import type { Sandbox } from '../../sandbox/sandbox'
import { sandbox as words } from '../../words/sandbox-screens'

/** What each part of the builder gets. */
export interface PartProps {
  readonly sandbox: Sandbox
  readonly onChange: (next: Sandbox) => void
}

interface AddProps {
  readonly text: string
  readonly full: boolean
  readonly onAdd: () => void
}

/** A button that adds something, as long as there is room. */
export function Add({ text, full, onAdd }: AddProps) {
  return (
    <p class="add">
      <button type="button" class="secondary" disabled={full} onClick={onAdd}>
        <span aria-hidden="true">+ </span>
        {text}
      </button>
      {full && <span class="quiet">{words.build.full}</span>}
    </p>
  )
}

interface RemoveProps {
  readonly label: string
  readonly onRemove: () => void
}

export function Remove({ label, onRemove }: RemoveProps) {
  return (
    <button type="button" class="remove" aria-label={label} title={label} onClick={onRemove}>
      <span aria-hidden="true">✕</span>
    </button>
  )
}

interface PieceProps {
  /** What it is, in one line. */
  readonly line: ComponentChildren
  /** Buttons beside the line. */
  readonly ways: ComponentChildren
  /** The fields in which it is changed. */
  readonly children: ComponentChildren
}

/** One thing of the building in one line; its fields come when it is opened. */
export const Piece = ({ line, ways, children }: PieceProps) => (
  <li class="piece">
    <details>
      <summary>
        <span class="piece-line">{line}</span>
      </summary>
      <div class="piece-fields">{children}</div>
    </details>
    <span class="piece-ways">{ways}</span>
  </li>
)
