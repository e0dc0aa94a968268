import type { Way } from '../../room/settings'

/** A way to run as a small picture. */
export function WayIcon({ way }: { readonly way: Way }) {
  const line = { fill: 'none', stroke: 'currentColor', 'stroke-width': 2, 'stroke-linecap': 'round' } as const
  const pictures = {
    live: (
      <g {...line}>
        <rect x="3" y="5" width="26" height="16" rx="2" />
        <path d="M8 17v-4M14 17v-8M20 17v-6M26 17v-3M16 21v6M11 27h10" />
      </g>
    ),
    peer: (
      <g {...line}>
        <path d="M4 6h14v9h-8l-4 4v-4h-2Z" />
        <path d="M22 12h6v9h-2v4l-4-4h-8v-3" />
      </g>
    ),
    race: (
      <g {...line}>
        <circle cx="16" cy="18" r="10" />
        <path d="M16 18l4-5M13 3h6M16 3v5M24 9l2-2" />
      </g>
    ),
    self: (
      <g {...line}>
        <rect x="5" y="4" width="22" height="24" rx="2" />
        <path d="M10 12l2 2 4-4M10 21l2 2 4-4M20 12h3M20 21h3" />
      </g>
    ),
    team: (
      <g {...line}>
        <path d="M5 28V10l11-6 11 6v18" />
        <path d="M10 13h4v4h-4zM18 13h4v4h-4zM13 28v-6h6v6" />
      </g>
    ),
  }
  return (
    <svg class="way-icon" viewBox="0 0 32 32" aria-hidden="true">
      {pictures[way]}
    </svg>
  )
}
