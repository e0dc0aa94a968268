import { tcpdumpLine } from '../../net/tcpdump'
import type { Packet } from '../../net/packet'
import type { TellArrival } from '../../shift/shift'
import { tell } from '../../words/tell'
import { Boxes, TestPaper, spokenTest } from './TestPaper'

/** What came back after a knock, or that nothing did; and what a terminal prints beside it. */
export function TellPaper({ arrival }: { readonly arrival: TellArrival }) {
  const { about, heard, print, question, test, boxes } = arrival
  const knocked = question === 'knock' && about
  return (
    <>
      {knocked && (
        <div class="line knock">
          <p class="mono printed">{lineOf(about, 0)}</p>
          {heard ? (
            <p class="mono printed came">{lineOf(heard, 1)}</p>
          ) : (
            <p class="printed silence">{tell.heard.silence}</p>
          )}
        </div>
      )}
      {test && <TestPaper stops={test} heard={heard ?? null} />}
      {boxes && <Boxes boxes={boxes} />}
      {print && (
        <div class="line print" tabIndex={0} role="group" aria-label={print.command}>
          <p class="prompt mono">$ {print.command}</p>
          {print.lines.map((line, index) => (
            <p key={index} class="mono printed">
              {line}
            </p>
          ))}
        </div>
      )}
    </>
  )
}

/** Two lines of one exchange, a millisecond apart; answers name no time of their own beyond that. */
const lineOf = (packet: Packet, step: number): string =>
  tcpdumpLine(packet, { time: 79_200_000_000 + step * 1204 }).text

/** The same as one hears it. */
export function spokenTell({ heard, print, question, test }: TellArrival): string {
  if (test) return spokenTest(test, heard ?? null)
  const answer = heard === undefined ? '' : tell.spoken.heard(heard === null ? tell.heard.silence : lineOf(heard, 1))
  return [question === 'knock' ? answer : '', ...(print?.lines ?? [])].filter(Boolean).join(', ')
}
