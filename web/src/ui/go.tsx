import { useEffect } from 'react'
import { useRouter } from '@tanstack/react-router'

/** Goes elsewhere, once. The router's own `Navigate` goes again at every rendering, which never ends while a page is being
 *  fetched. `back` is the address to return to afterwards. */
export function Go({ to, back }: { to: string; back?: string }) {
  const router = useRouter()
  useEffect(() => {
    // The first address stands: on the way there the location already shows the target.
    const search = back === undefined || back === '/' ? {} : { to: back }
    void router.navigate({ to, search: search as never, replace: true })
    // oxlint-disable-next-line react/exhaustive-deps
  }, [to, router])
  return null
}
