// Every kind of record, by its code. A new kind is one file in kinds/ and one line here.
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { activity } from './kinds/activity.ts'
import { aid } from './kinds/aid.ts'
import { archiving } from './kinds/archiving.ts'
import { assessment } from './kinds/assessment.ts'
import { call } from './kinds/call.ts'
import { counselling } from './kinds/counselling.ts'
import { diary } from './kinds/diary.ts'
import { dossier } from './kinds/dossier.ts'
import { film } from './kinds/film.ts'
import { guidance } from './kinds/guidance.ts'
import { health } from './kinds/health.ts'
import { individualPlan } from './kinds/individual_plan.ts'
import type { KindSpec } from './kinds/kind.ts'
import { lecture } from './kinds/lecture.ts'
import { meals } from './kinds/meals.ts'
import { meeting } from './kinds/meeting.ts'
import { organise } from './kinds/organise.ts'
import { pairing } from './kinds/pairing.ts'
import { planning } from './kinds/planning.ts'
import { progress } from './kinds/progress.ts'
import { publicity } from './kinds/publicity.ts'
import { reading } from './kinds/reading.ts'
import { selfCare } from './kinds/self_care.ts'
import { station } from './kinds/station.ts'
import { study } from './kinds/study.ts'
import { summary } from './kinds/summary.ts'
import { survey } from './kinds/survey.ts'
import { talk } from './kinds/talk.ts'
import { update } from './kinds/update.ts'
import { visit } from './kinds/visit.ts'
import { welfare } from './kinds/welfare.ts'

export const kindSpecs = {
  talk, visit, call, counselling, study, progress, diary, activity, film, lecture, reading, station, aid, welfare, meeting,
  publicity, guidance, health, meals, self_care: selfCare, individual_plan: individualPlan, survey, organise, planning, dossier,
  update, pairing, archiving, assessment, summary,
} as const satisfies Record<Kind, KindSpec> // prettier-ignore

export const kindCodes = Object.keys(kindSpecs) as Kind[]
