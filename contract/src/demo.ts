// The demonstration 演示: a county of invented people beside the real work, to try everything without risk. It is a tenant of its own:
// nothing of it ever mixes with real files, and removing it removes that tenant whole.
import { Nothing, operations, Type } from './kernel.ts'

export const demoCode = '990123'

export const demoOps = operations('demo', {
  /** May it be loaded or removed, and is it there? */
  get: { get: '/demo', may: 'signed_in', ok: Type.Object({ loaded: Type.Boolean(), children: Type.Integer() }) },
  /** Loads it and gives this account identities in it (village, school, township, administrator); the switcher shows them. */
  load: { post: '/demo/load', may: 'settings.write', ok: Nothing, errors: ['demo_loaded'], replay: 'run' },
  remove: {
    post: '/demo/remove',
    may: 'signed_in',
    ok: Nothing,
    errors: ['demo_absent', 'demo_not_yours'],
    replay: 'run',
  },
})
