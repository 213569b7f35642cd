// A kind of record with the fields that the county added to it.
import type { Kind } from '@nuanyang/domain/values/kinds.ts'
import { customFieldOps } from '@nuanyang/contract/custom_fields.ts'
import type { KindSpec } from '@nuanyang/contract/kinds/kind.ts'
import { specOf, type Fields } from '@nuanyang/contract/records.fields.ts'
import { withOwn } from '@nuanyang/contract/records.own.ts'
import { useOp } from '../kernel/query.ts'

/** `stands`: the fields of the record as it was, so that nothing written in an ended field is lost. Without a network: the kind alone. */
export function useOwnKind(kind: Kind, stands: Fields): KindSpec {
  const own = useOp(customFieldOps.list, { of: kind })
  return withOwn(specOf(kind), own.data?.items ?? [], stands)
}
