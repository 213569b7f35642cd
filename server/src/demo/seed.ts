// A county of invented people through the product's own verbs: what the demonstration shows and the benchmarks measure.
import { entryYearOf, stageOf, type Grade } from '@nuanyang/domain/grades.ts'
import { openFiles, type NewFile } from '../children/children.open.ts'
import { placeChildren } from '../children/children.links.ts'
import { makeCtx, type Actor, type Ctx } from '../kernel/ctx.ts'
import { newId } from '../kernel/ids.ts'
import { createTenant, createUnits, findOrCreateClasses } from '../units/units.ts'
import { randomOf, townshipName, villageChildren, villageName } from './people.ts'

export interface County {
  /** Six digits beginning with 99. */
  code: string
  name: string
  townships: number
  villages: number
  children: number
  seed: number
  demo: boolean
}

export interface SeededCounty {
  tenant_id: string
  county_id: string
  townships: string[]
  villages: { id: string; name: string }[]
  school_id: string
  children: number
}

/** `acting` gives the ctx an actor for the writes: an account that exists. `tell` gets the number of children written. */
export async function seedCounty(
  ctx: Ctx,
  county: County,
  acting: { account_id: string; account_name: string },
  tell: (done: number) => void = () => undefined,
): Promise<SeededCounty> {
  const inside = await createTenant(ctx, {
    id: county.code,
    name: county.name,
    division_code: null,
    demo: county.demo,
    separate_admins: false,
  })
  // A unit that has a division code has its id from it, so ids are those that come back.
  const [made] = await createUnits(inside, [
    { kind: 'county', name: county.name, parent_id: null, division_code: county.code },
  ])
  const countyId = made!.id
  const townships = await createUnits(
    inside,
    Array.from({ length: county.townships }, (_, n) => ({
      kind: 'township' as const,
      name: townshipName(n),
      parent_id: countyId,
      division_code: placeCode(county.code, n),
    })),
  )
  const places = townships.flatMap((township, t) =>
    Array.from({ length: county.villages }, (_, n) => ({
      kind: 'village' as const,
      name: villageName(n),
      parent_id: township.id,
      division_code: placeCode(placeCode(county.code, t), n),
    })),
  )
  const villageUnits = await createUnits(inside, places)
  const villages = places.map(({ name, division_code }, n) => ({ id: villageUnits[n]!.id, name, division_code }))
  const school = { id: newId(), kind: 'school' as const, name: '镇中心小学', parent_id: townships[0]!.id }
  await createUnits(inside, [school])
  const actor: Actor = {
    ...acting,
    membership_id: newId(),
    role: 'county_staff',
    adult_id: null,
    unit_id: countyId,
    unit_name: county.name,
    unit_kind: 'county',
    unit_path: `${countyId}/`,
    separate_admins: false,
  }
  const writing = makeCtx({
    house: inside,
    db: inside.db,
    tenant: inside.tenant,
    session: null,
    actor,
    now: inside.now,
    request_id: inside.request_id,
  })
  const random = randomOf(county.seed)
  let done = 0
  let batch: NewFile[] = []
  for (const [n, village] of villages.entries()) {
    const pupils = villageChildren(random, village.name, county.code, county.children, ctx.today, n * county.children)
    const files: NewFile[] = pupils.map(({ flat }) => ({
      id: newId(),
      flat: {
        ...Object.fromEntries(Object.entries(flat).filter(([, value]) => value !== null)),
        // Registered where they live.
        household_place_code: village.division_code,
      },
      links: [{ unit_id: village.id, as: 'residence', from_on: ctx.today, stated: false }],
    }))
    batch.push(...files)
    // Many villages at once: a file costs no round trips of its own.
    if (n > 0 && n < villages.length - 1 && batch.length < 2000) continue
    await openFiles(writing, batch, { type: 'system', id: null })
    // Pupils of the first village go to the school that has an account; elsewhere the school's name is all that is known.
    if (n === 0) await enrol(writing, school.id, files)
    done += batch.length
    batch = []
    tell(done)
  }
  return {
    tenant_id: county.code,
    county_id: countyId,
    townships: townships.map((t) => t.id),
    villages: villages.map(({ id, name }) => ({ id, name })),
    school_id: school.id,
    children: done,
  }
}

/** The n-th place inside another, as the list of divisions counts: three digits each. */
const placeCode = (above: string, n: number) => `${above}${String(n + 1).padStart(3, '0')}`

async function enrol(ctx: Ctx, schoolId: string, files: readonly NewFile[]): Promise<void> {
  const pupils = files.filter((file) => file.flat.school_name === '镇中心小学' && file.flat.grade)
  const classes = await findOrCreateClasses(
    ctx,
    schoolId,
    pupils.map((file) => {
      const grade = file.flat.grade as Grade
      return {
        stage: stageOf(grade),
        entry_year: entryYearOf(grade, ctx.today),
        class_number: String(file.flat.class_number ?? '1'),
      }
    }),
  )
  await placeChildren(
    ctx,
    pupils.map((file, n) => ({
      child_id: file.id,
      unit_id: classes[n]!.id,
      as: 'class' as const,
      from_on: ctx.today,
      stated: false,
    })),
  )
}
