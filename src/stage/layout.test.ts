import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Socket } from '../net/socket'
import type { Door } from '../shift/door'
import type { Rect } from './layout'
import { along, doorsNear, layoutStage, lean } from './layout'

const windowAt = (port: number): Socket => ({
  id: `w${port}`,
  protocol: 'tcp',
  family: 4,
  v6only: false,
  local: { address: '192.0.2.10', port: 443 },
  peer: { address: '203.0.113.7', port },
  state: 'ESTAB',
  reuseaddr: false,
  reuseport: false,
  uid: 0,
})

const doors = (count: number, windows: number): readonly Door[] =>
  Array.from({ length: count }, (_, index) => ({
    id: `d${index}`,
    protocol: 'tcp',
    port: 8000 + index,
    address: '0.0.0.0',
    entrance: '',
    program: 'HTTP',
    family: 'web',
    kind: 'listening',
    windows: Array.from({ length: windows }, (_window, port) => windowAt(port + index * 100)),
  }))

const CLIENTS = ['203.0.113.7', '198.51.100.23', '203.0.113.88']

const apart = (a: Rect, b: Rect) =>
  a.x + a.width <= b.x + 0.5 || b.x + b.width <= a.x + 0.5 || a.y + a.height <= b.y + 0.5 || b.y + b.height <= a.y + 0.5

const size = fc.record({ width: fc.integer({ min: 320, max: 3840 }), height: fc.integer({ min: 300, max: 1900 }) })

describe('the stage', () => {
  it('gives every door a target of at least 44 pixels that no other door covers, on any page', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }), (page, count, windows) => {
        const { doors: places } = layoutStage(page, { doors: doors(count, windows), clients: CLIENTS })
        for (const [index, { target }] of places.entries()) {
          expect(target.width).toBeGreaterThanOrEqual(44)
          expect(target.height).toBeGreaterThanOrEqual(44)
          for (const other of places.slice(index + 1)) expect(apart(target, other.target)).toBe(true)
        }
      }),
    )
  })

  it('keeps doors and windows inside the building', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 12 }), fc.integer({ min: 0, max: 6 }), (page, count, windows) => {
        const {
          doors: places,
          building,
          ground,
        } = layoutStage(page, { doors: doors(count, windows), clients: CLIENTS })
        for (const { arch, windows: drawn, panes } of places)
          for (const rect of [arch, ...panes, ...drawn.map((window) => window.rect)]) {
            expect(rect.x).toBeGreaterThanOrEqual(building.x - 2)
            expect(rect.x + rect.width).toBeLessThanOrEqual(building.x + building.width + 2)
            expect(rect.y).toBeGreaterThanOrEqual(building.y)
            expect(rect.y + rect.height).toBeLessThanOrEqual(ground + 1)
          }
      }),
    )
  })

  it('counts every window that carries no label', () => {
    for (const windows of [0, 1, 3, 4, 40]) {
      const [place] = layoutStage({ width: 1280, height: 500 }, { doors: doors(3, windows), clients: CLIENTS }).doors
      expect((place?.windows.length ?? 0) + (place?.hidden ?? 0)).toBe(windows)
      expect(place?.more !== undefined).toBe((place?.hidden ?? 0) > 0)
    }
  })

  it('keeps the parcel at the desk on the page and clear of the doors', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 12 }), (page, count) => {
        const { desk, parcel, doors: places } = layoutStage(page, { doors: doors(count, 0), clients: CLIENTS })
        const box = { x: desk.x - parcel.width / 2, y: desk.y - parcel.height / 2, ...parcel }
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.y + box.height).toBeLessThanOrEqual(page.height + 1)
        for (const { arch } of places) expect(apart(box, arch)).toBe(true)
      }),
    )
  })

  it('catches a parcel that is let go beside a door, and none that is let go in the street', () => {
    const layout = layoutStage({ width: 1280, height: 500 }, { doors: doors(3, 0), clients: CLIENTS })
    const [first] = layout.doors
    if (!first) throw new Error('There is no door.')
    expect(doorsNear(layout, { x: first.target.x - 20, y: first.target.y + 40 })[0]?.id).toBe('d0')
    expect(doorsNear(layout, { x: 40, y: 480 })).toEqual([])
  })

  it('lets a door lean two pixels towards the parcel, and never past it', () => {
    const layout = layoutStage({ width: 1280, height: 480 }, { doors: doors(3, 0), clients: CLIENTS })
    const [first] = layout.doors
    if (!first) throw new Error('There is no door.')
    const middle = { x: first.arch.x + first.arch.width / 2, y: first.arch.y + first.arch.height / 2 }
    const { x, y } = lean(first, { x: middle.x - 300, y: middle.y + 400 })
    expect(x).toBeCloseTo(-1.2)
    expect(y).toBeCloseTo(1.6)
    expect(lean(first, { x: middle.x + 1, y: middle.y }).x).toBeCloseTo(1)
  })

  it('leads every wire from its house to the desk without a gap', () => {
    const { clients, desk } = layoutStage({ width: 1280, height: 500 }, { doors: doors(3, 0), clients: CLIENTS })
    expect(clients.map(({ address }) => address)).toEqual(CLIENTS)
    for (const { wire } of clients) {
      const end = along(wire, 1)
      expect(Math.abs(end.x - desk.x)).toBeLessThan(2)
      for (let t = 0; t < 1; t += 0.01) {
        const [a, b] = [along(wire, t), along(wire, t + 0.01)]
        expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeLessThan(40)
      }
    }
  })
})

describe('a wall of windows', () => {
  it('keeps doors, windows and frame apart and inside the building, on any page', () => {
    fc.assert(
      fc.property(size, fc.integer({ min: 1, max: 3 }), fc.integer({ min: 0, max: 60 }), (page, count, windows) => {
        const facts = { doors: doors(count, windows), clients: CLIENTS, wall: true }
        const { doors: places, building } = layoutStage(page, facts)
        const rects = places.flatMap(({ windows: own, frame, more, arch }) => [
          ...own.map(({ rect }) => rect),
          ...(frame ? [frame] : []),
          // Without room for a single window their number hangs at the door's corner.
          ...(more && own.length > 0 ? [more] : []),
          arch,
        ])
        for (const [index, rect] of rects.entries()) {
          expect(rect.x).toBeGreaterThanOrEqual(building.x - 1)
          expect(rect.x + rect.width).toBeLessThanOrEqual(building.x + building.width + 1)
          for (const other of rects.slice(index + 1)) expect(apart(rect, other)).toBe(true)
        }
        for (const place of places) expect(place.windows.length + place.hidden).toBe(windows)
      }),
    )
  })

  it('shows all forty windows of the boss on a large screen', () => {
    const two = doors(2, 4).map((door, index) =>
      index === 0 ? { ...door, windows: doors(1, 40)[0]?.windows ?? [] } : door,
    )
    const [first] = layoutStage({ width: 1920, height: 800 }, { doors: two, clients: [], wall: true }).doors
    expect(first?.windows).toHaveLength(40)
    expect(first?.frame).toBeDefined()
  })
})
