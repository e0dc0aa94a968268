import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { Scene } from '../../quiz/question'
import type { SettingsStore } from '../../store/settings-store'
import { quiz } from '../../words/quiz-screens'
import { Dialog } from '../shift/dialog'
import type { SceneStageProps } from './SceneStage'

interface ShowMeProps {
  readonly scene: Scene
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  readonly onClose: () => void
}

/** The stage plays what the host does with the packets of a question. Stage and rules are fetched when they are asked for. */
export function ShowMe({ scene, settings, reducedMotion, onClose }: ShowMeProps) {
  const [stage, setStage] = useState<{ readonly view: ComponentType<SceneStageProps> | 'missing' }>()
  useEffect(() => {
    let gone = false
    import('./SceneStage').then(
      ({ SceneStage }) => !gone && setStage({ view: SceneStage }),
      () => !gone && setStage({ view: 'missing' }),
    )
    return () => {
      gone = true
    }
  }, [])
  return (
    <Dialog title={quiz.show.title} class="show-me" onClose={onClose}>
      {!stage && <p class="show-note">{quiz.show.loading}</p>}
      {stage?.view === 'missing' && <p class="show-note">{quiz.show.failed}</p>}
      {stage && stage.view !== 'missing' && (
        <stage.view scene={scene} settings={settings} reducedMotion={reducedMotion} />
      )}
      <button type="button" class="primary" onClick={onClose}>
        {quiz.show.back}
      </button>
    </Dialog>
  )
}
