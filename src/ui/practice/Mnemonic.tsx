import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { Fact } from '../../practice/fact'
import { practiceAsks } from '../../words/practice-asks'
import { practice } from '../../words/practice-screens'
import { use } from '../use'
import { ownPractice } from './own-practice'

interface MnemonicProps {
  readonly fact: Fact
  /** The card has failed: now it helps. Before, only one's own is shown. */
  readonly shown: boolean
}

/** The memory aid of a fact: one's own in place of ours. */
export function Mnemonic({ fact, shown }: MnemonicProps) {
  const own = use(ownPractice(), (state) => state.mnemonics.get(fact.id))
  const [draft, setDraft] = useState<string>()
  const field = useRef<HTMLInputElement>(null)
  const text = practice.session
  const writing = draft !== undefined
  useLayoutEffect(() => {
    if (writing) field.current?.focus()
  }, [writing])
  const aid = own ?? practiceAsks.mnemonic(fact.id, fact.mnemonic)
  if (!shown && own === undefined && !writing) return null
  const save = () => {
    void ownPractice()
      .getState()
      .writeMnemonic(fact.id, draft ?? '', Date.now())
    setDraft(undefined)
  }
  return (
    <div class="mnemonic">
      <strong>{own === undefined ? text.mnemonic : text.mnemonicOwn}</strong>
      {writing ? (
        <div
          class="mnemonic-form"
          onKeyDown={(event) => {
            if (event.key !== 'Enter' && event.key !== 'Escape') return
            event.preventDefault()
            event.stopPropagation()
            if (event.key === 'Enter') save()
            else setDraft(undefined)
          }}
        >
          <label>
            <span>{text.mnemonicLabel}</span>
            <input
              ref={field}
              type="text"
              maxLength={300}
              value={draft}
              onInput={(event) => setDraft(event.currentTarget.value)}
            />
          </label>
          <button type="button" class="secondary" onClick={save}>
            {text.mnemonicSave}
          </button>
          <button type="button" class="secondary" onClick={() => setDraft(undefined)}>
            {text.cancel}
          </button>
        </div>
      ) : (
        <p>
          {aid}{' '}
          <button type="button" class="link" onClick={() => setDraft(own ?? '')}>
            {own === undefined ? text.mnemonicWrite : text.mnemonicChange}
          </button>
        </p>
      )}
    </div>
  )
}
