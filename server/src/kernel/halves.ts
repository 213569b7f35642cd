// Files that were on their way in when the power went: nobody knows of them, whoever sent them sends again. They may show a child, so they
// do not stay.
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Longer than any upload takes: another process of the same folder may be writing right now. */
const hour = 3_600_000

/** Takes away what has lain half arrived for an hour. */
export async function sweepHalves(dataDir: string): Promise<void> {
  for (const folder of [join(dataDir, 'uploads'), join(dataDir, 'files', 'arriving')])
    for (const name of await readdir(folder).catch(() => [])) {
      const path = join(folder, name)
      const found = await stat(path).catch(() => null)
      if (found && Date.now() - found.mtimeMs > hour) await rm(path, { force: true })
    }
}
