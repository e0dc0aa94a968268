import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import type { Fault } from '../../modes/blueprint'
import { build } from '../../words/build'

type Way = Fault['at']

/** The id of the field at a place of a level. */
export const fieldId = (at: Way): string => `build-${at.join('-')}`

/** Puts the focus on the field of a fault, or on the nearest part around it. */
export function focusField(at: Way): void {
  for (let length = at.length; length > 0; length--) {
    const element = document.getElementById(fieldId(at.slice(0, length)))
    if (!element) continue
    const field = element.matches('input, select, textarea, button')
      ? element
      : (element.querySelector<HTMLElement>('input, select, textarea, button') ?? element)
    const folded = field.closest('details')
    if (folded) folded.open = true
    field.focus()
    field.scrollIntoView({ block: 'center' })
    return
  }
}

interface FieldProps<T> {
  readonly at: Way
  readonly label: string
  readonly value: T
  readonly faults: readonly Fault[]
  readonly onChange: (value: T) => void
}

/** True when a place, or something in it, holds a fault. */
export const isFaulty = (at: Way, faults: readonly Fault[]): boolean =>
  faults.some((fault) => at.every((part, index) => fault.at[index] === part))

/** What a field has in common: its id, and whether it holds a fault. */
export const fieldProps = (at: Way, faults: readonly Fault[]) => ({
  id: fieldId(at),
  ...(isFaulty(at, faults) && { 'aria-invalid': true }),
})

export function TextField({
  at,
  label,
  value,
  faults,
  onChange,
  lines = 1,
}: FieldProps<string> & { readonly lines?: number }) {
  const shared = { ...fieldProps(at, faults), value, autocomplete: 'off' }
  return (
    <label class="build-field">
      <span>{label}</span>
      {lines > 1 ? (
        <textarea {...shared} rows={lines} onInput={(event) => onChange(event.currentTarget.value)} />
      ) : (
        <input {...shared} type="text" onInput={(event) => onChange(event.currentTarget.value)} />
      )}
    </label>
  )
}

export function NumberField({
  at,
  label,
  value,
  faults,
  onChange,
  least,
  most,
}: FieldProps<number> & { readonly least: number; readonly most: number }) {
  return (
    <label class="build-field number">
      <span>{label}</span>
      <input
        {...fieldProps(at, faults)}
        type="number"
        inputMode="numeric"
        class="mono"
        min={least}
        max={most}
        value={value}
        onInput={({ currentTarget }) =>
          onChange(currentTarget.value === '' ? 0 : Math.trunc(Number(currentTarget.value)))
        }
      />
    </label>
  )
}

interface ListFieldProps<T> extends FieldProps<readonly T[]> {
  readonly textOf: (item: T) => string
  readonly read: (text: string) => T
  readonly hint?: string
  /** One a line instead of with commas between them. */
  readonly lines?: number
}

/** Several things in one field. What is typed stays as it is typed as long as it means the same. */
export function ListField<T>({ at, label, value, faults, onChange, textOf, read, hint, lines }: ListFieldProps<T>) {
  const readAll = (text: string) =>
    text
      .split(lines ? '\n' : /[,\s]+/)
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map(read)
  const [typed, setTyped] = useState('')
  const shown =
    JSON.stringify(readAll(typed)) === JSON.stringify(value) ? typed : value.map(textOf).join(lines ? '\n' : ', ')
  const shared = {
    ...fieldProps(at, faults),
    class: 'mono',
    value: shown,
    autocomplete: 'off',
    spellcheck: false,
    ...(hint !== undefined && { placeholder: hint }),
  }
  const take = (text: string) => {
    setTyped(text)
    onChange(readAll(text))
  }
  return (
    <label class="build-field wide">
      <span>{label}</span>
      {lines ? (
        <textarea {...shared} rows={lines} onInput={({ currentTarget }) => take(currentTarget.value)} />
      ) : (
        <input {...shared} type="text" onInput={({ currentTarget }) => take(currentTarget.value)} />
      )}
    </label>
  )
}

type PortsFieldProps = FieldProps<readonly number[]>

/** Port numbers with commas between them. What is no number is kept as one that no port has. */
export function PortsField(props: PortsFieldProps) {
  return <ListField {...props} textOf={String} read={(text) => (/^\d{1,6}$/.test(text) ? Number(text) : 0)} />
}

interface TickProps {
  readonly label: string
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

export function Tick({ label, checked, onChange }: TickProps) {
  return (
    <label class="build-check">
      <input type="checkbox" checked={checked} onChange={({ currentTarget }) => onChange(currentTarget.checked)} />
      <span>{label}</span>
    </label>
  )
}

export function Remove({ what, onRemove }: { readonly what: string; readonly onRemove: () => void }) {
  return (
    <button type="button" class="build-remove" aria-label={build.remove(what)} onClick={onRemove}>
      ×
    </button>
  )
}

export const without = <T,>(items: readonly T[], at: number): T[] => items.filter((_, index) => index !== at)
export const replaced = <T,>(items: readonly T[], at: number, item: T): T[] =>
  items.map((old, index) => (index === at ? item : old))

interface SelectFieldProps<T extends string> extends FieldProps<T> {
  readonly options: readonly { readonly value: T; readonly text: string }[]
}

export function SelectField<T extends string>({ at, label, value, faults, options, onChange }: SelectFieldProps<T>) {
  return (
    <label class="build-field">
      <span>{label}</span>
      <select
        {...fieldProps(at, faults)}
        value={value}
        onChange={({ currentTarget }) => {
          const chosen = options[currentTarget.selectedIndex]
          if (chosen) onChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </label>
  )
}

interface ChecksProps<T extends string> {
  readonly at: Way
  readonly legend: string
  readonly faults: readonly Fault[]
  readonly options: readonly { readonly value: T; readonly text: string }[]
  readonly chosen: readonly T[]
  readonly onChange: (chosen: T[]) => void
}

/** Any of a few things; they stay in their own order. */
export function Checks<T extends string>({ at, legend, faults, options, chosen, onChange }: ChecksProps<T>) {
  return (
    <fieldset class="build-checks" {...fieldProps(at, faults)}>
      <legend>{legend}</legend>
      {options.map(({ value, text }) => (
        <label key={value}>
          <input
            type="checkbox"
            checked={chosen.includes(value)}
            onChange={({ currentTarget }) =>
              onChange(
                options
                  .map((option) => option.value)
                  .filter((one) => (one === value ? currentTarget.checked : chosen.includes(one))),
              )
            }
          />
          <span>{text}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface RowsProps {
  readonly legend: string
  readonly add: string
  readonly full: boolean
  readonly onAdd: () => void
  readonly children: ComponentChildren
}

/** A list to which one can add. */
export function Rows({ legend, add, full, onAdd, children }: RowsProps) {
  return (
    <fieldset class="build-rows">
      <legend>{legend}</legend>
      {children}
      {!full && (
        <button type="button" class="build-add" onClick={onAdd}>
          {add}
        </button>
      )}
    </fieldset>
  )
}
