// `npm start`: install what the lock says, build the pages when their sources changed, start with the pinned Node. Runs under Node 20.
import { buildWeb, install, requireNode, runPinned } from './scripts/prepare.js'

requireNode()
await install()
await buildWeb()
process.exitCode = await runPinned(['server/src/main.ts', 'start'])
