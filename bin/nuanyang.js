#!/usr/bin/env node
// Plain JavaScript that Node 20 can run: the command line itself is TypeScript and needs the pinned Node.
import { runPinned } from '../scripts/prepare.js'

process.exitCode = await runPinned(['server/src/main.ts', ...process.argv.slice(2)])
