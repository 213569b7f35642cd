import { useRouter } from '@tanstack/react-router'

/** Whether this build has a page at the address: nothing may lead to one that is not there. */
export function useHasPage(path: string): boolean {
  return path in useRouter().routesByPath
}
