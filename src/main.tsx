import { render } from 'preact'
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css'
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css'
import './ui/tokens.css'
import './ui/app/base.css'
import { App } from './ui/app/App'

const root = document.getElementById('app')
if (root) render(<App />, root)
