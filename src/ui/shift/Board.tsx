import { useState } from 'preact/hooks'
import { boardOf } from '../../shift/board'
import type { Shift } from '../../shift/shift'
import { words } from '../../words'

/** The board beside the building: what `ss` prints about this host now. A new line lights up for a moment. */
export function Board({ shift }: { readonly shift: Shift }) {
  const [open, setOpen] = useState(false)
  const board = boardOf(shift)
  if (!board) return null
  const [heading, ...lines] = board.lines
  const tan = board.command === 'ss -tan'
  return (
    <section class={`board ${open ? 'open' : ''}`} aria-label={words.shift.board(board.command)}>
      <button type="button" class="board-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.shift.boardShow} <span class="mono">{board.command}</span>
      </button>
      <div class="board-paper mono" tabIndex={0} role="group" aria-label={board.command}>
        <p class="prompt">$ {board.command}</p>
        <p class="board-heading">{heading}</p>
        {lines.map((line) => (
          <p key={line.replaceAll(/ +/g, ' ')} class={tan && line.startsWith('LISTEN') ? 'listens' : ''}>
            {line}
          </p>
        ))}
      </div>
    </section>
  )
}
