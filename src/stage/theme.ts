/** Red, green, blue, as in `rgba(…)`. */
type Light = `${number},${number},${number}`

/** What a floor of the campaign looks like on the stage: the hour, the town, and the house's style. */
export interface Theme {
  /** From the zenith to the horizon, evenly spaced. */
  readonly sky: readonly string[]
  readonly stars: number
  /** Light that stands over the horizon. */
  readonly horizon?: Light
  /** Thin streaks in the sky, and mist between the roofs. */
  readonly clouds?: Light
  readonly fog?: Light
  /** Slanting streaks before the town, and their sheen on the street. */
  readonly rain?: Light
  /** Flakes before the town, and what lies on the ground and along the eaves. */
  readonly snow?: Light
  /** High up, or half set behind the roofs. */
  readonly orb: { readonly kind: 'moon' | 'sun'; readonly face: string; readonly spots?: string; readonly halo?: Light }
  /** The silhouette that one knows the town by. */
  readonly landmark?: 'steeple' | 'dome'
  readonly town: { readonly far: string; readonly near: string }
  /** The town's lit windows: their light, the share of them that is lit, how bright at least. */
  readonly awake: { readonly light: Light; readonly share: number; readonly least: number }
  readonly street: readonly [far: string, near: string]
  readonly kerb: string
  readonly house: { readonly wall: readonly [string, string]; readonly edge: string; readonly roof: string }
  readonly wall: {
    /** From left to right. Labels stand on it: at most as light as #3b4a86. */
    readonly colours: readonly [string, string, string]
    readonly pattern: 'brick' | 'ashlar' | 'glass'
    readonly joint: string
    /** Light on the wall above the doors, where no label stands. */
    readonly crown?: Light
  }
  readonly roof: {
    readonly shape: 'tiles' | 'pediment'
    /** The slope or the frieze: top and bottom. */
    readonly face: readonly [string, string]
    readonly gutter: string
    readonly chimney: string
    readonly cap: string
  }
  readonly ornament?: 'shutters' | 'pilasters'
}

/** Floor 1, The Lobby: deep night over a brick house. */
const NIGHT: Theme = {
  sky: ['#060a17', '#121b3e', '#2c3a75'],
  stars: 150,
  orb: { kind: 'moon', face: '#f7eed3', spots: '#e3d6b1' },
  town: { far: '#18224b', near: '#0f1737' },
  awake: { light: '255,212,121', share: 0.24, least: 0.16 },
  street: ['#232f60', '#0a1022'],
  kerb: 'rgba(120,140,210,.35)',
  house: { wall: ['#26336a', '#161f45'], edge: '#5364ab', roof: '#2f3d7a' },
  wall: { colours: ['#2a3668', '#3b4a86', '#212b56'], pattern: 'brick', joint: 'rgba(24,32,72,.5)' },
  roof: { shape: 'tiles', face: ['#5868b8', '#3a4889'], gutter: '#182149', chimney: '#27316a', cap: '#4254a0' },
}

/** Floor 2, The Windows: the sun goes down, and behind the shutters people come home. */
const DUSK: Theme = {
  sky: ['#150f33', '#2c1b52', '#5c2f6d', '#a84c66', '#e58b52'],
  stars: 34,
  horizon: '255,176,92',
  clouds: '255,170,140',
  orb: { kind: 'sun', face: '#ffd9a0', halo: '255,160,86' },
  landmark: 'steeple',
  town: { far: '#4a2858', near: '#22163c' },
  awake: { light: '255,206,120', share: 0.55, least: 0.4 },
  street: ['#4b2b52', '#150d22'],
  kerb: 'rgba(255,180,130,.4)',
  house: { wall: ['#4b2c58', '#2a1a40'], edge: '#a0688a', roof: '#5d3561' },
  wall: {
    colours: ['#472b45', '#603b4d', '#3a2340'],
    pattern: 'brick',
    joint: 'rgba(36,17,38,.5)',
    crown: '255,160,110',
  },
  roof: { shape: 'tiles', face: ['#8c4f5c', '#5f344c'], gutter: '#2c1730', chimney: '#54304e', cap: '#87506a' },
  ornament: 'shutters',
}

/** Floor 3, The Entrances: the blue hour, mist in the streets, a house of stone. */
const BLUE_HOUR: Theme = {
  sky: ['#07142b', '#10304f', '#2b5d7c', '#6f9fb0'],
  stars: 70,
  horizon: '196,226,232',
  fog: '186,214,224',
  orb: { kind: 'moon', face: '#eef6f7', spots: '#d3e2e6', halo: '190,225,240' },
  landmark: 'dome',
  town: { far: '#2a5068', near: '#112638' },
  awake: { light: '255,222,160', share: 0.3, least: 0.3 },
  street: ['#2c4a5f', '#0a1620'],
  kerb: 'rgba(190,220,232,.4)',
  house: { wall: ['#2a4860', '#162a3c'], edge: '#7fa3b8', roof: '#33566e' },
  wall: {
    colours: ['#32404e', '#404e5a', '#2a3744'],
    pattern: 'ashlar',
    joint: 'rgba(14,22,32,.5)',
    crown: '206,226,232',
  },
  roof: { shape: 'pediment', face: ['#7d8f9b', '#566774'], gutter: '#1c2833', chimney: '#4a5a67', cap: '#93a5b0' },
  ornament: 'pilasters',
}

/** Floor 4, The Gatehouse: night and rain, slate walls, wet cobbles. */
const RAIN: Theme = {
  sky: ['#060b12', '#0d1824', '#1b2a38', '#2c3d49'],
  stars: 0,
  clouds: '120,144,160',
  fog: '120,150,166',
  rain: '176,206,222',
  orb: { kind: 'moon', face: '#8fa2ad', spots: '#7d919d', halo: '120,150,170' },
  landmark: 'steeple',
  town: { far: '#1a2a36', near: '#0b141c' },
  awake: { light: '255,196,112', share: 0.16, least: 0.2 },
  street: ['#23333f', '#070c12'],
  kerb: 'rgba(170,205,225,.45)',
  house: { wall: ['#24343f', '#13202a'], edge: '#6f8c9c', roof: '#2a3d49' },
  wall: {
    colours: ['#28343c', '#364550', '#202b33'],
    pattern: 'ashlar',
    joint: 'rgba(8,14,20,.55)',
    crown: '160,190,205',
  },
  roof: { shape: 'tiles', face: ['#48606f', '#2f434f'], gutter: '#101a22', chimney: '#2b3b46', cap: '#5d7888' },
  ornament: 'shutters',
}

/** Floor 6, The Reception: before dawn, a hall of glass with light behind every pane. */
const GLASS: Theme = {
  sky: ['#0a1030', '#232a63', '#6a4f86', '#d08a7c', '#ffd2a0'],
  stars: 18,
  horizon: '255,206,160',
  clouds: '255,196,170',
  orb: { kind: 'moon', face: '#fff1dc', spots: '#efdcc2', halo: '255,214,180' },
  landmark: 'dome',
  town: { far: '#54487a', near: '#221f47' },
  awake: { light: '255,224,168', share: 0.42, least: 0.35 },
  street: ['#4a4670', '#12122a'],
  kerb: 'rgba(255,214,180,.45)',
  house: { wall: ['#3c3a68', '#201f40'], edge: '#9a94c8', roof: '#4a4880' },
  wall: {
    colours: ['#1c3550', '#2b4f6b', '#182c46'],
    pattern: 'glass',
    joint: 'rgba(160,214,226,.34)',
    crown: '170,226,232',
  },
  roof: { shape: 'pediment', face: ['#7fb0bd', '#4a7689'], gutter: '#142636', chimney: '#2f5468', cap: '#9ccbd4' },
}

/** Floor 7, The Archive: snow has fallen on the harbour, and it goes on falling. */
const SNOW: Theme = {
  sky: ['#0a1424', '#1a2c48', '#38557a', '#7f9bb8'],
  stars: 40,
  horizon: '220,232,246',
  fog: '205,220,238',
  snow: '240,246,255',
  orb: { kind: 'moon', face: '#f6f9ff', spots: '#dfe8f4', halo: '214,230,255' },
  landmark: 'steeple',
  town: { far: '#40597a', near: '#1a2a44' },
  awake: { light: '255,214,140', share: 0.34, least: 0.35 },
  street: ['#93a9c4', '#2a3a56'],
  kerb: 'rgba(255,255,255,.6)',
  house: { wall: ['#33486a', '#1b2a45'], edge: '#c3d4ea', roof: '#e4edf8' },
  wall: {
    colours: ['#33303e', '#45404f', '#292734'],
    pattern: 'brick',
    joint: 'rgba(14,14,24,.55)',
    crown: '214,228,246',
  },
  roof: { shape: 'tiles', face: ['#eef4fc', '#b4c6dc'], gutter: '#26324a', chimney: '#4a4656', cap: '#ffffff' },
  ornament: 'shutters',
}

/** Floor 5, The Street Door: first light over a block of flats, kitchens already lit. */
const DAWN: Theme = {
  sky: ['#131a3d', '#2d3566', '#6b5a8a', '#c98a92', '#f3c793'],
  stars: 22,
  horizon: '255,214,160',
  clouds: '255,200,190',
  fog: '220,190,200',
  orb: { kind: 'sun', face: '#ffe6bd', halo: '255,206,150' },
  landmark: 'dome',
  town: { far: '#54507c', near: '#242345' },
  awake: { light: '255,224,150', share: 0.42, least: 0.36 },
  street: ['#554a6b', '#15132a'],
  kerb: 'rgba(255,214,190,.4)',
  house: { wall: ['#4d466e', '#2a2748'], edge: '#a08fb8', roof: '#5d5480' },
  wall: {
    colours: ['#54393f', '#6a4a4a', '#43303c'],
    pattern: 'brick',
    joint: 'rgba(34,20,30,.5)',
    crown: '255,206,160',
  },
  roof: { shape: 'tiles', face: ['#6f7a86', '#4c5763'], gutter: '#20242f', chimney: '#5a4048', cap: '#8e97a5' },
  ornament: 'shutters',
}

/** The look of a floor of the campaign; floors without a look of their own are as the first. */
export const themeOf = (floor: number): Theme =>
  ({ 2: DUSK, 3: BLUE_HOUR, 4: RAIN, 5: DAWN, 6: GLASS, 7: SNOW })[floor] ?? NIGHT
