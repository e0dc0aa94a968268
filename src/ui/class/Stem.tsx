import type { Rich } from '../../exchange/rich'
import { Said } from '../quiz/Said'
import { RichLine, RichText } from '../teach/RichText'

interface StemProps {
  readonly stem: string
  readonly rich: Rich | undefined
}

/** What is asked. The first paragraph of a teacher's text is the heading; what comes after it stands below. */
export function Stem({ stem, rich }: StemProps) {
  const [first, ...rest] = rich ?? []
  if (!first || first.kind !== 'paragraph')
    return (
      <>
        <h1 tabIndex={-1}>{rich ? '' : <Said text={stem} />}</h1>
        {rich && <RichText rich={rich} />}
      </>
    )
  return (
    <>
      <h1 tabIndex={-1}>
        <RichLine rich={[first]} />
      </h1>
      {rest.length > 0 && (
        <div class="stem-rest">
          <RichText rich={rest} />
        </div>
      )}
    </>
  )
}
