import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import type { Blueprint, Fault, WaveBlueprint } from '../../modes/blueprint'
import { builtLevel, readBlueprint, writeBlueprint } from '../../modes/blueprint'
import { readBlueprintLink, writeBlueprintLink } from '../../modes/blueprint-link'
import { MOST } from '../../modes/blueprint-parts'
import { placeOf } from '../../modes/blueprint-place'
import { faultsOf } from '../../modes/playable'
import { TEMPLATE_IDS } from '../../modes/templates'
import { packetsIn } from '../../shift/rules'
import type { SettingsStore } from '../../store/settings-store'
import { build } from '../../words/build'
import { ModePage } from '../modes/ModePage'
import { saveFile } from '../teach/save-file'
import { Faults } from './Faults'
import { BoxEditor } from './BoxEditor'
import { NumberField, TextField, Tick, fieldProps, focusField } from './Fields'
import { Preview } from './Preview'
import { WaveEditor } from './WaveEditor'
import { openDraft, templateOf } from './draft'
import './build.css'

export interface BuildScreenProps {
  readonly settings: SettingsStore
  readonly reducedMotion: () => boolean
  readonly onSettings: () => void
  readonly onGo: (hash: string) => void
  /** What stands behind the question mark: a level to begin with. */
  readonly query: string
}

/** The bench of levels: a form, what is wrong with what stands in it, and the level itself, to be played. */
export function BuildScreen({ settings, reducedMotion, onSettings, onGo, query }: BuildScreenProps) {
  const box = useMemo(openDraft, [])
  const sent = useMemo(() => (query === '' ? undefined : readBlueprintLink(query)), [query])
  const [draft, setDraft] = useState<Blueprint>(sent && 'blueprint' in sent ? sent.blueprint : box.value)
  const [refused, setRefused] = useState<readonly Fault[]>(sent && 'faults' in sent ? sent.faults : [])
  const [said, setSaid] = useState('')
  // What a template has put aside.
  const [before, setBefore] = useState<Blueprint>()
  const file = useRef<HTMLInputElement>(null)
  const text = build

  const { faults, blueprint } = useMemo(() => {
    const read = readBlueprint(writeBlueprint(draft))
    return 'faults' in read
      ? { faults: read.faults, blueprint: undefined }
      : { faults: faultsOf(read.blueprint), blueprint: read.blueprint }
  }, [draft])
  useEffect(() => {
    if (blueprint) box.save(blueprint)
  }, [blueprint])
  // What can be played stays on the stage while the form is being changed; a new stage is put up when the hand rests.
  const [shown, setShown] = useState<Blueprint>()
  useEffect(() => {
    if (!blueprint || faults.length > 0 || (shown && sameTraffic(shown, blueprint))) return undefined
    const timer = setTimeout(() => setShown(blueprint), shown ? REST : 0)
    return () => clearTimeout(timer)
  }, [blueprint, faults, shown])
  const level = useMemo(() => shown && builtLevel(shown), [shown])

  const change = (part: Partial<Blueprint>) => {
    setSaid('')
    setRefused([])
    setDraft({ ...draft, ...part })
  }
  /** Another level instead of this one: its boxes are those it says. */
  const put = (level: Blueprint) => {
    setSaid('')
    setRefused([])
    setDraft(level)
  }
  const open = async (chosen: File | undefined) => {
    if (!chosen) return
    // A file that is too large is not even read.
    const read =
      chosen.size > 4 * MOST.letters
        ? { faults: [{ at: [], reason: 'too-large' as const }] }
        : readBlueprint(await chosen.text())
    if ('faults' in read) return setRefused(read.faults)
    setRefused([])
    setDraft(read.blueprint)
    setSaid(text.opened(chosen.name))
  }
  const copy = () => {
    const link = writeBlueprintLink(draft)
    if (link === undefined) return setSaid(text.linkTooLong)
    const { href } = new URL(`#/level?${link}`, location.href)
    const failed = () => setSaid(text.copyFailed(href))
    if (!navigator.clipboard) return failed()
    navigator.clipboard.writeText(href).then(() => setSaid(text.copied), failed)
  }
  const save = () =>
    saveFile({
      name: `${draft.title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'level'}.json`,
      type: 'application/json',
      content: writeBlueprint(draft),
    })
  const play = () => {
    const link = writeBlueprintLink(draft)
    if (link === undefined) setSaid(text.linkTooLong)
    else onGo(`#/level?${link}`)
  }
  const playable = faults.length === 0
  const { ephemeral: range, ...rest } = draft.host
  const atHost = placeOf(draft) === 'host'
  const field = (part: 'title' | 'intro' | 'goal' | 'debrief', label: string, lines = 1) => (
    <TextField
      at={[part]}
      label={label}
      lines={lines}
      faults={faults}
      value={draft[part]}
      onChange={(value) => change({ [part]: value })}
    />
  )

  return (
    <ModePage class="build" onSettings={onSettings}>
      <main class="build-main">
        <section class="build-start">
          <h1 tabIndex={-1}>{text.title}</h1>
          <p>{text.about}</p>
          <div class="mode-acts">
            <button type="button" class="secondary" onClick={() => file.current?.click()}>
              {text.open}
            </button>
            {before && (
              <button
                type="button"
                class="secondary"
                onClick={() => {
                  put(before)
                  setBefore(undefined)
                }}
              >
                {text.back}
              </button>
            )}
            <input
              ref={file}
              type="file"
              hidden
              accept=".json"
              onChange={(event) => {
                void open(event.currentTarget.files?.[0])
                event.currentTarget.value = ''
              }}
            />
          </div>
          <fieldset class="build-templates">
            <legend>{text.from}</legend>
            <p class="quiet">{text.fromAbout}</p>
            {TEMPLATE_IDS.map((id) => (
              <button
                key={id}
                type="button"
                onClick={() => {
                  setBefore(before ?? draft)
                  put(templateOf(id))
                  setSaid(text.took(text.templates[id].name))
                }}
              >
                {text.templates[id].name}
              </button>
            ))}
          </fieldset>
          {refused.length > 0 && (
            <div role="alert" class="build-refused">
              <p>{text.level.about}</p>
              <Faults faults={refused} />
            </div>
          )}
        </section>
        <section class="build-side" aria-label={text.preview}>
          <div class="build-verdict" role="status">
            {playable ? (
              <p class="ready">{text.ready(blueprint ? packetsIn(builtLevel(blueprint)) : 0)}</p>
            ) : (
              <>
                <p>{text.faults(faults.length)}</p>
                <Faults faults={faults} onGo={({ at }) => focusField(at)} />
              </>
            )}
          </div>
          <div class="mode-acts">
            <button type="button" class="primary" aria-disabled={!playable} onClick={() => playable && play()}>
              {text.play}
            </button>
            <button type="button" class="secondary" aria-disabled={!playable} onClick={() => playable && copy()}>
              {text.link}
            </button>
            <button type="button" class="secondary" onClick={save}>
              {text.save}
            </button>
          </div>
          <p role="status" class="build-said">
            {said}
          </p>
          <h2 class="sr-only">{text.preview}</h2>
          <p class="quiet">{text.previewAbout}</p>
          {level && <Preview level={level} settings={settings} reducedMotion={reducedMotion} />}
        </section>
        <section class="build-form" aria-label={text.form}>
          <fieldset class="build-words">
            <legend>{text.words}</legend>
            {field('title', text.name)}
            {field('intro', text.intro, 2)}
            {field('goal', text.goal, 2)}
            {field('debrief', text.debrief, 2)}
          </fieldset>
          <fieldset class="build-words">
            <legend>{text.host}</legend>
            <TextField
              at={['host', 'name']}
              label={text.hostName}
              faults={faults}
              value={draft.host.name}
              onChange={(name) => change({ host: { ...draft.host, name } })}
            />
            {atHost && (
              <label class="build-field">
                <span>{text.addresses}</span>
                <textarea
                  {...fieldProps(['host', 'addresses'], faults)}
                  class="mono"
                  rows={2}
                  value={draft.host.addresses.join('\n')}
                  onInput={({ currentTarget }) =>
                    change({
                      host: { ...draft.host, addresses: currentTarget.value.split('\n').map((one) => one.trim()) },
                    })
                  }
                />
                <small>{text.addressesHint}</small>
              </label>
            )}
            {atHost && (
              <div class="build-row">
                <Tick
                  label={text.ephemeral}
                  checked={range !== undefined}
                  onChange={(own) =>
                    change({ host: own ? { ...draft.host, ephemeral: [40_000, 40_007] } : { ...rest } })
                  }
                />
                {range && (
                  <>
                    <NumberField
                      at={['host', 'ephemeral', 0]}
                      label={text.first}
                      faults={faults}
                      value={range[0]}
                      least={1}
                      most={65_535}
                      onChange={(first) => change({ host: { ...rest, ephemeral: [first, range[1]] } })}
                    />
                    <NumberField
                      at={['host', 'ephemeral', 1]}
                      label={text.last}
                      faults={faults}
                      value={range[1]}
                      least={1}
                      most={65_535}
                      onChange={(last) => change({ host: { ...rest, ephemeral: [range[0], last] } })}
                    />
                  </>
                )}
              </div>
            )}
          </fieldset>
          <BoxEditor draft={draft} faults={faults} onChange={change} />
          {draft.waves.map((_, index) => (
            <WaveEditor
              key={index}
              blueprint={draft}
              index={index}
              faults={faults}
              onChange={(wave) => change({ waves: draft.waves.map((old, at) => (at === index ? wave : old)) })}
              {...(draft.waves.length > 1 && {
                onRemove: () => change({ waves: draft.waves.filter((_wave, at) => at !== index) }),
              })}
            />
          ))}
          {draft.waves.length < MOST.waves && (
            <button
              type="button"
              class="build-add"
              onClick={() =>
                change({
                  waves: [...draft.waves, nextWave(draft)],
                })
              }
            >
              {text.addWave}
            </button>
          )}
        </section>
      </main>
    </ModePage>
  )
}

/** One more wave: as the last one, with nobody new. */
function nextWave({ waves }: Blueprint): WaveBlueprint {
  const last = waves.at(-1)
  const { deal = {}, offers = ['listener', 'rst'], views = ['fields'], board, gate } = last ?? {}
  return {
    opens: [],
    deal: { ...deal },
    offers: [...offers],
    views: [...views],
    ...(board && { board }),
    ...(gate && { gate }),
  }
}

/** How long the form has to stand still before its level comes on the stage, in milliseconds. */
const REST = 900

const networkOf = ({ title: _title, intro: _intro, goal: _goal, debrief: _debrief, ...network }: Blueprint) => network

/** True when both are played alike: other words change nothing on the stage. */
const sameTraffic = (a: Blueprint, b: Blueprint): boolean =>
  JSON.stringify(networkOf(a)) === JSON.stringify(networkOf(b))
