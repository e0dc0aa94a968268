interface NamedService {
  readonly port: number
  readonly names?: { readonly tcp?: string; readonly udp?: string }
  readonly common: string
}

export function compactRegistry(
  entries: Readonly<Record<string, readonly string[]>>,
  services: readonly NamedService[],
): { readonly source: string; readonly text: string }
