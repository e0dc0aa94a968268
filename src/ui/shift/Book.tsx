import { useState } from 'preact/hooks'
import { SERVICES } from '../../ports/services'
import { words } from '../../words'
import { Dialog } from './dialog'

/** The registry book: search by name or number. */
export function Book({ onClose }: { readonly onClose: () => void }) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = SERVICES.filter(({ port, names, common }) =>
    [String(port), names?.tcp, names?.udp, common].some((text) => text?.toLowerCase().includes(wanted)),
  )
  return (
    <Dialog title={words.shift.bookTitle} class="book" onClose={onClose}>
      <label>
        {words.shift.bookSearch}
        <input type="search" value={search} autofocus onInput={(event) => setSearch(event.currentTarget.value)} />
      </label>
      <div class="book-pages" tabIndex={0} role="group" aria-label={words.shift.bookTitle}>
        {found.length === 0 ? (
          <p>{words.shift.bookEmpty}</p>
        ) : (
          <table>
            <tbody>
              {found.map(({ port, transports, names, common }) => (
                <tr key={`${port} ${transports.join()}`}>
                  <td class="mono">
                    {port}/{transports.join(',')}
                  </td>
                  <td class="mono">{names?.tcp ?? names?.udp ?? ''}</td>
                  <td>{common}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      <button type="button" class="primary" onClick={onClose}>
        {words.shift.close}
      </button>
    </Dialog>
  )
}
