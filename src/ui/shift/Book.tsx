import { useState } from 'preact/hooks'
import { SERVICES } from '../../ports/services'
import { words } from '../../words'
import { commonName } from '../../words/services'
import { Dialog } from './dialog'

/** The registry book: search by name or number. */
export function Book({ onClose }: { readonly onClose: () => void }) {
  const [search, setSearch] = useState('')
  const wanted = search.trim().toLowerCase()
  const found = SERVICES.filter((service) => {
    const { port, names, common } = service
    const known = [String(port), names?.tcp, names?.udp, common, commonName(service)]
    return known.some((text) => text?.toLowerCase().includes(wanted))
  })
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
              {found.map((service) => (
                <tr key={`${service.port} ${service.transports.join()}`}>
                  <td class="mono">
                    {service.port}/{service.transports.join(',')}
                  </td>
                  <td class="mono">{service.names?.tcp ?? service.names?.udp ?? ''}</td>
                  <td>{commonName(service)}</td>
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
