import { words } from '../../words'
import './nav.css'

/** The ways through the house: a link to each part, the one where one is underlined. */
export function Nav({ here }: { readonly here: 'play' | 'quiz' | 'practice' | 'class' | 'sandbox' }) {
  const ways = [
    { part: 'play', href: '#/', text: words.nav.play },
    { part: 'quiz', href: '#/quiz', text: words.nav.quiz },
    { part: 'practice', href: '#/practice', text: words.nav.practice },
    { part: 'class', href: '#/class', text: words.nav.class },
    { part: 'sandbox', href: '#/sandbox', text: words.nav.sandbox },
  ]
  return (
    <nav class="nav" aria-label={words.nav.label}>
      {ways.map(({ part, href, text }) => (
        <a key={part} class={`way-${part}`} href={href} {...(part === here && { 'aria-current': 'page' })}>
          {part === 'sandbox' && <Crate />}
          <span>{text}</span>
        </a>
      ))}
    </nav>
  )
}

/** Stands for the sandbox where the bar is short. */
const Crate = () => (
  <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
    <path
      d="M3.500 8 12 3.500 20.500 8v8.500L12 21l-8.500-4.500ZM3.500 8l8.500 4.500L20.500 8M12 12.500V21"
      fill="none"
      stroke="currentColor"
      stroke-width="2"
      stroke-linejoin="round"
    />
  </svg>
)

/** The sign of the house: a door with a brass plate. */
export function Brand() {
  return (
    <p class="brand">
      <svg viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
        <path d="M5 22V11a7 7 0 0 1 14 0v11Z" fill="#56b4e9" stroke="#8fa6ff" stroke-width="1.5" />
        <rect x="4" y="12" width="16" height="5" rx="1.2" fill="#f1c766" />
      </svg>
      <span>{words.home.name}</span>
    </p>
  )
}

/** The button that opens the settings. */
export function Gear({ onSettings }: { readonly onSettings: () => void }) {
  return (
    <button type="button" class="gear" onClick={onSettings} aria-label={words.home.settings}>
      <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
        <circle cx="12" cy="12" r="3.2" fill="none" stroke="currentColor" stroke-width="2" />
        <path
          d="M12 2.500v3M12 18.500v3M2.500 12h3M18.500 12h3M5.300 5.300l2.100 2.100M16.600 16.600l2.100 2.100M18.700 5.300l-2.100 2.100M7.400 16.600l-2.100 2.100"
          stroke="currentColor"
          stroke-width="2.400"
          stroke-linecap="round"
        />
      </svg>
    </button>
  )
}
