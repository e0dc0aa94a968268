import type { ComponentChildren } from 'preact'
import type { Fault } from '../../modes/blueprint'

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

const isFaulty = (at: Way, faults: readonly Fault[]): boolean =>
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
