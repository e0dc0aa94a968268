import { render } from 'preact'
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css'
import './ui/tokens.css'
import './ui/app/base.css'
import { quiet } from './pwa/quiet'
import { keepOffline } from './pwa/update'
import { createSettingsStore } from './store/settings-store'
import { App } from './ui/app/App'
import { browserStorage } from './ui/app/browser-storage'
import { wantedLanguage } from './ui/app/language'
import { speak } from './words/language'

const root = document.getElementById('app')
const settings = createSettingsStore(browserStorage())
const show = () => {
  if (root) render(<App settings={settings} />, root)
}
// In the player's language from the first picture on; what cannot be fetched is said in English.
void speak(wantedLanguage(settings)).then(show, show)
if (import.meta.env.PROD) void quiet().then(keepOffline)
