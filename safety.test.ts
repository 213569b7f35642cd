// Tests about the repository itself. A rule that is not checked is not a rule: who may import whom, what a file may be called,
// which feature writes which table, and that every operation has a right and a test.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { describe, expect, test } from 'vitest'
import { kernelCodes, problemTexts } from './contract/src/problems.ts'
import { rights, roles, type Right } from './contract/src/roles.ts'
import { readContract } from './scripts/generate/contract.ts'
import { openApi } from './scripts/generate/openapi.ts'

const root = new URL('.', import.meta.url).pathname
const read = (path: string) => readFileSync(join(root, path), 'utf8')

function filesUnder(folder: string, ends: RegExp): string[] {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => ends.test(path) && !/node_modules|(?:^|\/)dist\//.test(path))
    .toSorted()
}

const code = ['contract/src', 'domain/src', 'server/src', 'web/src', 'db', 'scripts', 'bench', 'e2e'].flatMap(
  (folder) => filesUnder(folder, /\.tsx?$/),
)
const isTest = (path: string) => /\.(test|e2e)\.tsx?$/.test(path) || path.startsWith('server/src/testing/')

interface Import {
  from: string
  /** Path inside the repository, or the package's name. */
  to: string
  ours: boolean
}

/** Static and dynamic imports, types included: a type that comes from the wrong place is knowledge from the wrong place. */
function importsOf(path: string): Import[] {
  const text = read(path)
  const found = text.matchAll(
    /(?:^|\n)\s*(?:import|export)\s[^'"`;]*?from\s+'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|(?:^|\n)import\s+'([^']+)'/g,
  )
  return [...found].map((match) => {
    const name = match[1] ?? match[2] ?? match[3] ?? ''
    const workspace = /^@nuanyang\/(\w+)\/(.+)$/.exec(name)
    if (workspace) return { from: path, to: `${workspace[1]}/src/${workspace[2]}`, ours: true }
    if (name.startsWith('.')) return { from: path, to: relative(root, resolve(root, dirname(path), name)), ours: true }
    return { from: path, to: name, ours: false }
  })
}

const allImports = code.filter((path) => !isTest(path)).flatMap(importsOf)
const within = (folder: string) => allImports.filter((one) => one.from.startsWith(`${folder}/`))
const spell = (list: readonly Import[]) => list.map((one) => `${one.from} → ${one.to}`)
const featureOf = (path: string) => /^server\/src\/(\w+)\//.exec(path)?.[1] ?? null

describe('who may import whom', () => {
  test('the reader of imports sees them: a rule that finds nothing proves nothing', () => {
    expect(allImports.length).toBeGreaterThan(300)
    expect(spell(allImports)).toContain('contract/src/problems.ts → contract/src/kernel.text.ts')
    expect(spell(allImports)).toContain('server/src/units/teams.ts → server/src/documents/team_list.ts')
  })

  test('domain imports nothing of ours and reads and writes nothing', () => {
    const wrong = within('domain').filter((one) =>
      one.ours ? !one.to.startsWith('domain/') : one.to.startsWith('node:'),
    )
    expect(spell(wrong)).toEqual([])
  })

  test('contract imports TypeBox and the value lists of domain only', () => {
    const wrong = within('contract').filter((one) =>
      one.ours ? !/^contract\/|^domain\/src\/values\//.test(one.to) : one.to !== 'typebox',
    )
    expect(spell(wrong)).toEqual([])
  })

  test('the kernel knows no feature', () => {
    const wrong = within('server/src/kernel').filter((one) => {
      const feature = one.ours ? featureOf(one.to) : null
      return feature !== null && feature !== 'kernel'
    })
    expect(spell(wrong)).toEqual([])
  })

  /** Further files of a feature that others may name. A new door is added here on purpose, with what comes through it. */
  const doors: Record<string, RegExp> = {
    // A roster row is written by the very functions that typing uses, file by file; a printed card reads the file as the page does.
    // Evaluations are a noun of their own inside children; the demonstration gives some through their verb.
    children:
      /^(children\.(completeness|custom|facts|file|further|history|merged|keepers|links|list|open|similar|write)|evaluations)$/,
    // Who somebody is, for a house that makes people: the demonstration, and a helper who gets an account.
    accounts: /^accounts\.(adults|memberships|passwords|sessions)$/,
    // Which rosters still wait for an answer, for 今天.
    imports: /^imports\.sheet$/,
    // Which ways out a county has, for the hour of the weekly digest.
    notices: /^notices\.channels$/,
    // The dated spells: one function for five tables. Ledgers are printed from the lists; 今天 counts what is open of places.
    families: /^(spells|families\.(lists|places))$/,
    // Places of the country, and groups: nouns of their own inside units.
    units: /^(divisions|teams)$/,
    // What was signed on a record, for its card.
    files: /^signatures$/,
    documents: /^\w+$/,
  }

  test('a feature reaches another only through its main file, its .access file, or a door listed above', () => {
    const wrong = within('server/src').filter((one) => {
      const [from, to] = [featureOf(one.from), featureOf(one.to)]
      if (!one.ours || !from || !to || from === to || to === 'kernel') return false
      const file = one.to.split('/').at(-1)!.replace(/\.ts$/, '')
      return file !== to && !/^\w+\.access$/.test(file) && !doors[to]?.test(file)
    })
    expect(spell(wrong)).toEqual([])
  })

  test('nothing on the server imports the pages, or app.ts, or what tests need', () => {
    const openers = ['server/src/main.ts', 'server/src/app.ts']
    const wrong = within('server/src').filter(
      (one) =>
        one.ours &&
        (one.to.startsWith('web/') ||
          one.to.startsWith('server/src/testing/') ||
          (one.to === 'server/src/app.ts' && !/^server\/src\/(main|serve|kernel\/\w+|\w+\/\w+)\.ts$/.test(one.from))),
    )
    expect(openers.every((path) => code.includes(path))).toBe(true)
    expect(spell(wrong)).toEqual([])
  })

  test('pages know the contract and the domain, never the server or the database', () => {
    const wrong = within('web').filter((one) => one.ours && /^(server|db|scripts)\//.test(one.to))
    expect(spell(wrong)).toEqual([])
  })

  test('the primitives of the pages know no feature, and no feature knows the routes', () => {
    const feature = /^web\/src\/(?!ui\/|kernel\/|paths\.ts|main\.tsx|routes\.tsx)\w+\//
    const wrong = within('web').filter((one) => {
      if (!one.ours) return false
      if (/^web\/src\/(ui|kernel)\//.test(one.from) && feature.test(one.to)) return true
      return one.to === 'web/src/routes.tsx' && one.from !== 'web/src/main.tsx'
    })
    expect(spell(wrong)).toEqual([])
  })

  test('packages of the server are not imported by the pages and the other way round', () => {
    const wrong = allImports.filter(
      (one) =>
        !one.ours &&
        ((one.from.startsWith('web/') && /^(pg|fastify|kysely|graphile-worker|@fastify\/|node:)/.test(one.to)) ||
          (one.from.startsWith('server/') && /^(react|antd|@tanstack\/)/.test(one.to))),
    )
    expect(spell(wrong)).toEqual([])
  })
})

describe('names', () => {
  const tree = ['contract', 'domain', 'server', 'web', 'db', 'scripts', 'bench', 'e2e', 'docs'].flatMap((folder) =>
    filesUnder(folder, /(?:^|\/)[^/]+$/),
  )

  test('no file and no folder has a name that says nothing', () => {
    const empty = /^(index|utils?|common|services?|managers?|data|info|helpers?|misc|shared|lib)(\.|$)/
    const wrong = tree.filter((path) => path.split(sep).some((part) => empty.test(part)))
    expect(wrong.filter((path) => path !== 'web/index.html')).toEqual([])
  })

  test('code files are snake_case words, parts apart by dots', () => {
    const wrong = code.filter((path) => !/^[a-z0-9]+(_[a-z0-9]+)*(\.[a-z0-9_]+)*\.tsx?$/.test(path.split(sep).at(-1)!))
    expect(wrong).toEqual([])
  })

  test('migrations are numbered once and forward only', () => {
    const names = readdirSync(join(root, 'db/migrations')).filter((name) => name.endsWith('.sql'))
    expect(names.filter((name) => !/^\d{4}_[a-z_]+\.sql$/.test(name))).toEqual([])
    const numbers = names.map((name) => name.slice(0, 4))
    expect(numbers.filter((number, n) => numbers.indexOf(number) !== n)).toEqual([])
  })

  test('exports have names: a default export is called differently by everyone who imports it', () => {
    const tools = /^(vitest|playwright|web\/vite)\.config\.ts$|^server\/src\/testing\/setup\.ts$/
    const wrong = code.filter((path) => !tools.test(path) && /^export default /m.test(read(path)))
    expect(wrong.filter((path) => !path.endsWith('config.ts'))).toEqual([])
  })
})

describe('what must not stay', () => {
  // Spelled apart, so that this file does not find itself.
  const left = new RegExp(`\\b(${['TO', 'FIX'].map((word) => word + (word === 'TO' ? 'DO' : 'ME')).join('|')})\\b`)
  const switched = /\b(test|it|describe)\.(skip|only|todo|fixme)\b/

  test('no work left for later in a comment, and no test that is switched off', () => {
    expect(code.filter((path) => left.test(read(path)) || switched.test(read(path)))).toEqual([])
  })

  test('the environment is read in kernel/config and by tests and tools alone', () => {
    const wrong = code.filter(
      (path) =>
        path.startsWith('server/src/') &&
        !isTest(path) &&
        !/^server\/src\/(kernel\/(config|postgres\.\w+|postgres)|main)\.ts$/.test(path) &&
        /process\.env(?!\['PATH'\])/.test(read(path)),
    )
    expect(wrong).toEqual([])
  })

  test('only jobs go out to the network', () => {
    const wrong = code.filter(
      (path) =>
        path.startsWith('server/src/') &&
        !isTest(path) &&
        !/\.jobs\.ts$|^server\/src\/doctor\//.test(path) &&
        /\bfetch\(|\bhttps?\.(get|request)\(|\bcreateTransport\(/.test(read(path)),
    )
    expect(wrong).toEqual([])
  })
})

/** The feature that owns each table: it alone writes it. The kernel's own are the kernel's. */
const owners: Record<string, readonly string[]> = {
  kernel: ['audit', 'commands', 'workers', 'house'],
  accounts: ['accounts', 'account_tenants', 'memberships', 'sessions', 'lockouts'],
  units: ['tenants', 'divisions', 'division_editions', 'units', 'unit_links', 'teams', 'team_members'],
  children: ['children', 'child_units', 'enrolments', 'health_facts', 'aid_facts', 'dossier_requirements', 'evaluations', 'changes'],
  custom_fields: ['custom_fields'],
  definitions: ['definitions'],
  duplicates: ['merges'],
  focus: ['focus'],
  families: ['adults', 'households', 'household_members', 'parent_spells', 'care_spells', 'relatives', 'economy_facts', 'phones', 'identity_numbers'],
  imports: ['imports', 'import_rows', 'import_mappings'],
  pairings: ['helpers', 'pairings', 'pairing_steps', 'pairing_wishes', 'boards'],
  plans: ['plans', 'goals', 'measures', 'duties', 'tasks', 'waivers', 'due_months', 'indicators', 'plan_comments', 'plan_versions', 'plan_issues'],
  records: ['records', 'record_children', 'record_items'],
  surveys: ['survey_rounds', 'survey_visits'],
  calendar: ['terms', 'holidays'],
  settings: ['settings', 'presets'],
  saved_filters: ['saved_filters'],
  notices: ['notices', 'notice_addresses', 'notice_sendings'],
  today: ['calendar_feeds'],
  documents: ['documents'],
  files: ['files'],
  consents: ['consents'],
} // prettier-ignore

/** Writing beyond the own tables, each with its reason. */
const exceptions = new Map<string, readonly string[]>([
  // 撤并: links, schooling and memberships end in one unit and begin in the other, in one transaction; a verb of each feature
  // would make units import them all while they import units.
  ['server/src/units/units.merge.ts', ['child_units', 'enrolments', 'households', 'memberships', 'sessions']],
  // The five spells are one shape written by one function, which families keeps; two of them belong to the child alone.
  ['server/src/families/spells.ts', ['enrolments', 'health_facts', 'aid_facts']],
  // A roster goes in, and is taken back, as a whole: twenty thousand files in one statement, by the rules of children.write.
  ['server/src/imports/imports.apply.ts', ['children']],
  ['server/src/imports/imports.withdraw.ts', ['children', 'changes']],
  // Facts of the installation, each under a key that one feature alone knows.
  ['server/src/accounts/accounts.set_up.ts', ['house']],
  ['server/src/settings/settings.phone_access.ts', ['house']],
  ['server/src/settings/settings.phone_door.ts', ['house']],
  // A shorter sign-in time holds for those who are in already.
  ['server/src/settings/settings.ts', ['sessions']],
  // The last use of a session is noted for every request, outside its transaction.
  ['server/src/kernel/bind.ts', ['sessions']],
])

test('a table is written by its own feature alone', () => {
  const ownerOf = new Map(
    Object.entries(owners).flatMap(([feature, tables]) => tables.map((table) => [table, feature] as const)),
  )
  const wrong = code
    .filter((path) => path.startsWith('server/src/') && !isTest(path))
    .flatMap((path) =>
      [...read(path).matchAll(/\b(?:insert into|update|delete from)\s+([a-z_]+)\b/g)]
        .map((match) => match[1]!)
        .filter(
          (table) =>
            ownerOf.has(table) && ownerOf.get(table) !== featureOf(path) && !exceptions.get(path)?.includes(table),
        )
        .filter(
          (table) =>
            !/^server\/src\/(backup|doctor|demo)\//.test(path) && !(path === 'server/src/app.ts') && table !== '',
        )
        .map((table) => `${path} writes ${table} of ${ownerOf.get(table)}`),
    )
  expect([...new Set(wrong)]).toEqual([])
})

test('every table has an owner in the list above', () => {
  const made = filesUnder('db/migrations', /\.sql$/).flatMap((path) =>
    [...read(path).matchAll(/^create table (\w+)/gm)].map((match) => match[1]!),
  )
  const owned = new Set(Object.values(owners).flat())
  expect(made.filter((table) => !owned.has(table))).toEqual([])
  expect([...owned].filter((table) => !made.includes(table))).toEqual([])
})

describe('the contract', async () => {
  const contract = await readContract()
  const tests = [...code, 'safety.test.ts'].filter(isTest).map(read).join('\n')

  test('every operation asks for a right; what needs none is listed here with its reason', () => {
    const open = contract.operations
      .filter((operation) => operation.may === 'anyone')
      .map((operation) => operation.name)
    const reasons: Record<string, string> = {
      'accounts.sign_in': 'nobody is signed in before',
      'accounts.get_session': 'the page asks who is signed in',
      'accounts.sign_out': 'signing out of an expired session must not fail',
      'accounts.setup_status': 'the first page asks whether the house is set up',
      'accounts.set_up': 'the first person has no account; the set-up code is asked',
      'accounts.start_demo': 'the first person has no account; the set-up code is asked',
      'accounts.verify_totp': 'the second step of signing in',
      'today.calendar': 'a telephone’s calendar has no session; the address holds a secret that its owner can void',
      'units.search_divisions': 'the first person picks the place before there is an account',
    }
    expect(open.filter((name) => !(name in reasons))).toEqual([])
    const wrong = contract.operations.filter(({ may }) => may !== 'anyone' && may !== 'signed_in' && !(may in rights))
    expect(wrong).toEqual([])
  })

  test('every right is held by some role', () => {
    const held = new Set(Object.values(roles).flatMap((role) => role.rights as readonly Right[]))
    expect(Object.keys(rights).filter((right) => !held.has(right as Right))).toEqual([])
  })

  test('every operation is called by a test', () => {
    const untested = [...contract.spoken].filter(([, spoken]) => !new RegExp(`\\b${spoken}\\b`).test(tests))
    expect(untested.map(([name]) => name)).toEqual([])
  })

  test('reading is get, and a write that makes a row says how a repeated command is answered', () => {
    for (const operation of contract.operations) {
      if (operation.method === 'get') expect([operation.name, operation.body]).toEqual([operation.name, undefined])
      else expect([operation.name, operation.query]).toEqual([operation.name, undefined])
      expect([operation.name, operation.path]).toEqual([operation.name, expect.stringMatching(/^\/[a-z0-9_/:.-]+$/)])
    }
  })

  test('what names children to a role that sees counts asks for a purpose first', () => {
    const counts = Object.values(roles).filter((role) => 'asks_purpose' in role)
    expect(counts.length).toBeGreaterThan(0)
    const naming = (schema: unknown): boolean =>
      typeof schema === 'object' &&
      schema !== null &&
      Object.entries(schema).some(
        ([key, part]) =>
          (key === 'properties' &&
            Object.keys(part as object).some((name) => /^(child_id|child_name|first_name|given_name)$/.test(name))) ||
          naming(part),
      )
    const open = contract.operations.filter(
      (op) =>
        // A write names those whom the writer named.
        op.method === 'get' &&
        !op.names &&
        counts.some((role) => (role.rights as readonly string[]).includes(op.may)) &&
        naming(op.ok),
    )
    expect(open.map((op) => op.name)).toEqual([])
  })

  test('every refusal is declared once, in Chinese that says what to do, and used by some operation', () => {
    const texts = filesUnder('contract/src', /\.text\.ts$/).flatMap((path) =>
      [...read(path).matchAll(/^ {2}([a-z_]+): \{$/gm)].map((match) => match[1]!),
    )
    expect(texts.filter((name, n) => texts.indexOf(name) !== n)).toEqual([])
    const used = new Set([...kernelCodes, ...contract.operations.flatMap((operation) => operation.errors)])
    const thrown = code
      .filter((path) => path.startsWith('server/') && !isTest(path))
      .map(read)
      .join('\n')
    const idle = Object.keys(problemTexts).filter((name) => !used.has(name as never) && !thrown.includes(`'${name}'`))
    expect(idle).toEqual([])
    for (const [name, { zh, en, status }] of Object.entries(problemTexts)) {
      expect([name, /\p{Script=Han}/u.test(zh) && /[。；？]/.test(zh)]).toEqual([name, true])
      expect([name, /[A-Za-z]/.test(en) && status >= 400]).toEqual([name, true])
    }
  })

  test('contract/src/openapi.json is made from this contract', () => {
    expect(read('contract/src/openapi.json') === openApi(contract), 'run: npm run generate').toBe(true)
  })
})

describe('the glossary', () => {
  const glossary = read('docs/glossary.md')

  test('every table and every role stands in it with a Chinese word', () => {
    const words = [...Object.values(owners).flat(), ...Object.keys(roles)]
    expect(words.filter((word) => !glossary.includes(`\`${word}\``))).toEqual([])
  })

  test('what docs/tour.md points to exists', () => {
    const named = [
      ...read('docs/tour.md').matchAll(/`((?:contract|domain|server|web|db|scripts|docs|e2e|bench)\/[\w./-]+\.\w+)`/g),
    ].map((match) => match[1]!)
    expect(named.length).toBeGreaterThan(10)
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})
