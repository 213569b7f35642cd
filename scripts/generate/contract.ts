// Every operation of the contract, found by importing the contract's files: a new feature is listed nowhere.
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Operation, TSchema } from '../../contract/src/kernel.ts'
import { projectFolder } from '../../server/src/kernel/config.ts'

const folder = join(projectFolder, 'contract', 'src')

export interface Contract {
  /** By name. */
  operations: Operation[]
  /** Exported schemas by the name of their export; a name that two files use stands with its file's name before it. */
  schemas: Map<string, TSchema>
  /** How a test names it: units.merge → unitOps.merge. */
  spoken: Map<string, string>
}

export async function readContract(): Promise<Contract> {
  const operations = new Map<string, Operation>()
  const schemas = new Map<string, TSchema>()
  const spoken = new Map<string, string>()
  for (const file of readdirSync(folder).sort()) {
    if (!/^[a-z_.]+\.ts$/.test(file) || file.endsWith('.test.ts')) continue
    const exported = (await import(pathToFileURL(join(folder, file)).href)) as Record<string, unknown>
    for (const [name, value] of Object.entries(exported)) {
      for (const operation of operationsIn(value)) {
        operations.set(operation.name, operation)
        spoken.set(operation.name, `${name}.${operation.name.split('.')[1]}`)
      }
      if (isSchema(value)) schemas.set(schemas.has(name) ? `${file.split('.')[0]}.${name}` : name, value)
    }
  }
  return { operations: [...operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1)), schemas, spoken }
}

function operationsIn(value: unknown): Operation[] {
  if (typeof value !== 'object' || value === null) return []
  const inside: unknown[] = Object.values(value)
  return inside.length > 0 && inside.every(isOperation) ? inside : []
}

function isOperation(value: unknown): value is Operation {
  return (
    typeof value === 'object' &&
    value !== null &&
    'feature' in value &&
    'path' in value &&
    'may' in value &&
    'ok' in value
  )
}

/** Only shapes worth a name of their own: a bare text or day stays where it is used. */
function isSchema(value: unknown): value is TSchema {
  return (
    typeof value === 'object' &&
    value !== null &&
    (('type' in value && value.type === 'object' && 'properties' in value) || 'anyOf' in value || 'enum' in value)
  )
}
