/** Every text by its path. Functions are asked with one and with several of everything. */
export function texts(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]]
  if (typeof value === 'function')
    return [1, 3].flatMap((many) =>
      texts(
        Reflect.apply(
          value,
          undefined,
          Array.from({ length: value.length }, () => many),
        ),
        `${path}()`,
      ),
    )
  if (typeof value !== 'object' || value === null) throw new TypeError(`${path} is no text.`)
  return Object.entries(value).flatMap(([key, part]) => texts(part, path === '' ? key : `${path}.${key}`))
}
