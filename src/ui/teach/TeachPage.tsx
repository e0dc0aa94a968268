import type { ComponentChildren } from 'preact'
import { teach } from '../../words/teach'
import { NoticeLine } from '../app/Notices'
import { Page } from '../quiz/Page'
import { use } from '../use'
import { ownSets } from './own-sets'
import './teach.css'

export interface TeachScreenProps {
  readonly onSettings: () => void
}

interface PageProps extends TeachScreenProps {
  readonly class: string
  readonly children: ComponentChildren
}

/** A screen for teachers: the quiz's night and bar, and a line when the sets are not being kept. */
export function TeachPage({ class: name, onSettings, children }: PageProps) {
  const notice = use(ownSets(), (state) => state.notice)
  const text =
    notice && (notice.kind === 'set-aside' ? teach.notice['set-aside'](notice.key) : teach.notice[notice.kind])
  return (
    <Page class={`teach ${name}`} onSettings={onSettings}>
      {children}
      {notice && text && <NoticeLine kind={`sets ${notice.kind}`} text={text} />}
    </Page>
  )
}
