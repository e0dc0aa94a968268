import type { Fact } from '../../practice/fact'
import { fileName, saveBlob } from './save'

/** Saves these facts as cards for Anki. SQLite is fetched for it. */
export async function saveForAnki(title: string, facts: readonly Fact[]): Promise<void> {
  const [{ default: initSqlJs }, { default: wasm }, { ankiPackage }] = await Promise.all([
    import('sql.js'),
    import('sql.js/dist/sql-wasm-browser.wasm?url'),
    import('../../practice/exchange/anki'),
  ])
  const sql = await initSqlJs({ locateFile: () => wasm })
  const bytes = await ankiPackage(sql, title, facts, Date.now())
  saveBlob(new Blob([new Uint8Array(bytes)], { type: 'application/octet-stream' }), `${fileName(title)}.apkg`)
}

/** Saves these facts as a table. */
export async function saveAsTable(title: string, facts: readonly Fact[]): Promise<void> {
  const { cardsCsv } = await import('../../practice/exchange/cards-csv')
  // Excel takes a table for UTF-8 only with a mark before it.
  saveBlob(new Blob(['\uFEFF', cardsCsv(facts)], { type: 'text/csv;charset=utf-8' }), `${fileName(title)}.csv`)
}
