// Signatures as they are printed: of records that the caller has found to be seen as a whole.
import type { Ctx } from '../kernel/ctx.ts'
import { signaturePicture } from './pictures.ts'

export interface Signature {
  signed_by: string
  jpeg: Buffer
  width: number
  height: number
}

/** What was signed on these records, the oldest first, by record; for those who see the records as a whole. */
export async function signaturesOf(ctx: Ctx, record_ids: readonly string[]): Promise<Map<string, Signature[]>> {
  const rows = await ctx.db.rows<{ record_id: string; signed_by: string; sha256: string }>(
    `select owner_id as record_id, signed_by, sha256 from files where tenant_id = $1 and owner_type = 'record' and owner_id = any($2::uuid[]) and signed_by is not null and removed_at is null
      order by created_at, id`,
    [ctx.tenant, record_ids],
  )
  const out = new Map<string, Signature[]>()
  for (const { record_id, signed_by, sha256 } of rows) {
    const picture = await signaturePicture(ctx.store.read(ctx.tenant, sha256))
    out.set(record_id, [...(out.get(record_id) ?? []), { signed_by, ...picture }])
  }
  return out
}
