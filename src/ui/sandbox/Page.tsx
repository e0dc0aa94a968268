import type { ComponentChildren } from 'preact'
import { Frame } from '../quiz/Frame'
import './sandbox.css'

export interface SandboxScreenProps {
  readonly reducedMotion: () => boolean
  readonly onSettings: () => void
}

interface PageProps {
  readonly class: string
  readonly onSettings: () => void
  readonly children: ComponentChildren
}

/** A screen of the sandbox. */
export function Page({ class: name, onSettings, children }: PageProps) {
  return (
    <Frame class={`sandbox ${name}`} here="sandbox" onSettings={onSettings}>
      {children}
    </Frame>
  )
}
