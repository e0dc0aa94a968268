import { useState } from 'preact/hooks'
import type { Choice } from '../../lessons/choice'
import type { BoardLine } from '../../shift/board'
import { boardOf } from '../../shift/board'
import type { Shift } from '../../shift/shift'
import { atDesk, waveOf } from '../../shift/shift'
import { words } from '../../words'
import { tell } from '../../words/tell'

interface BoardProps {
  readonly shift: Shift
  readonly onChoice: (choice: Choice) => void
}

/**
 * The board beside the building: what `ss` prints about this host now, the rules of the gatehouse, or a map. A new line lights
 * up for a moment; where a line is asked for, each one can be chosen, and the one that decided last stays marked.
 */
export function Board({ shift, onChoice }: BoardProps) {
  const [open, setOpen] = useState(false)
  const board = boardOf(shift)
  if (!board) return null
  const [heading, ...lines] = board.lines
  const tan = board.command === 'ss -tan'
  const arrival = atDesk(shift)
  const asked = arrival?.asks === 'tell' && arrival.question === 'line'
  const last = shift.decisions.at(-1)
  const told = last?.truth.kind === 'tell' && last.truth.told.kind === 'line' ? { by: last.truth.told.line } : undefined
  const decided = last?.arrival.wave === shift.wave ? (last.visit ?? told) : undefined
  const isDecided = ({ line, board: own }: BoardLine) =>
    line !== undefined && line === decided?.by && own === (last?.visit ? last.visit.board : undefined)
  return (
    <section class={`board ${open ? 'open' : ''}`} aria-label={words.shift.board(board.command)}>
      <button type="button" class="board-toggle" aria-expanded={open} onClick={() => setOpen(!open)}>
        {words.shift.boardShow} <span class="mono">{board.command}</span>
      </button>
      <div class="board-paper mono" tabIndex={0} role="group" aria-label={board.command}>
        <p class="prompt">$ {board.command}</p>
        <p class="board-heading">{heading?.text}</p>
        {lines.map((one, index) => {
          const { text, line } = one
          const look = `${tan && text.startsWith('LISTEN') ? 'listens' : ''} ${line === undefined ? '' : 'rule'} ${isDecided(one) ? 'decided' : ''}`
          const key = `${index} ${text.replaceAll(/ +/g, ' ')}`
          return line !== undefined && asked ? (
            <p key={key} class={look}>
              <button type="button" onClick={() => onChoice({ kind: 'tell', told: { kind: 'line', line } })}>
                <span class="rule-number">{line === 'policy' ? '0' : line + 1}</span>
                {text.trimStart()}
              </button>
            </p>
          ) : (
            <p key={key} class={look}>
              {line !== undefined && <span class="rule-number">{line === 'policy' ? '0' : line + 1}</span>}
              {line === undefined ? text : text.trimStart()}
            </p>
          )
        })}
        {board.below && (
          <div
            class={`notebook ${board.command.startsWith('nft') ? '' : 'table'} ${waveOf(shift).street ? 'in-ledger' : ''}`}
          >
            <p class="prompt">
              $ {board.below.command}{' '}
              {board.command.startsWith('nft') && <span class="notebook-name">{tell.notebook}</span>}
            </p>
            {board.below.lines.map((line) => (
              <p key={line} class="flow">
                {line}
              </p>
            ))}
          </div>
        )}
      </div>
    </section>
  )
}
