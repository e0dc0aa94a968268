import { useEffect, useState } from 'preact/hooks'
import { serverAddresses } from '../../store/class-client'

export type Addresses = readonly string[] | 'none' | undefined

/** The addresses that phones in the room reach; `none` where no server of the class answers, undefined until that is known. */
export function useAddresses(): readonly [Addresses, () => void] {
  const [found, setFound] = useState<Addresses>()
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    let gone = false
    const look = async () => {
      const addresses = await serverAddresses()
      if (!gone) setFound(addresses ?? 'none')
    }
    setFound(undefined)
    void look()
    return () => {
      gone = true
    }
  }, [turn])
  return [found, () => setTurn(turn + 1)]
}

const isLocal = ({ hostname }: URL) => /^(?:localhost|127\.|\[::1\])/.test(hostname)

/** The address that phones are sent to: this page's own, unless only this machine can reach that. */
export function phoneAddress(addresses: Addresses): URL {
  const here = new URL('.', location.href)
  const [first] = Array.isArray(addresses) ? addresses : []
  return isLocal(here) && first !== undefined ? new URL(first) : here
}

/** An address as it is read aloud: without what every browser adds by itself. */
export const spoken = ({ host, pathname }: URL): string => `${host}${pathname === '/' ? '' : pathname}`
