import { endpointText } from '../../net/tuple'
import type { Shift } from '../../shift/shift'
import { streetList } from '../../shift/street-board'
import { tell } from '../../words/tell'

/** The list of a street door as its clerk keeps it: which flat has which number on the street, and towards whom. */
export function Ledger({ shift }: { readonly shift: Shift }) {
  const flows = streetList(shift) ?? []
  if (flows.length === 0) return null
  const { title, flat, street, far } = tell.ledger
  return (
    <table class="ledger mono">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{flat}</th>
          <th scope="col">{street}</th>
          <th scope="col">{far}</th>
        </tr>
      </thead>
      <tbody>
        {flows.map(({ original, reply }) => (
          <tr key={endpointText(original.source)}>
            <td>{endpointText(original.source)}</td>
            <td>{endpointText(reply.destination)}</td>
            <td>{endpointText(original.destination)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
