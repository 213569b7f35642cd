// The types of prepare.js, which has to stay plain JavaScript for Node 20.
export const project: string
export function stop(line: string): never
export function say(line: string): void
export function requireNode(): void
export function install(): Promise<void>
export function buildWeb(): Promise<void>
export function hashOf(paths: string[]): string
export function runPinned(words: string[]): Promise<number>
export function run(program: string, args: string[], folder?: string): Promise<{ code: number; output: string }>
