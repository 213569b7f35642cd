// Signing a record that is saved already: the things were written down in the office and are handed over at the door.
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { fileOps } from '@nuanyang/contract/files.ts'
import { upload } from '../kernel/client.ts'
import { newId } from '../kernel/ids.ts'
import { Problem } from '../kernel/problem.ts'
import { refresh, useOp } from '../kernel/query.ts'
import { Button } from '../ui/controls.tsx'
import { useSay, useWords } from '../ui/language.ts'
import { toast } from '../ui/overlay.tsx'
import { ProblemLine } from '../ui/page.tsx'
import { SignPad } from './sign_pad.tsx'
import { signText } from './sign.text.ts'

export function SignNow({ record_id, label, name }: { record_id: string; label: string; name: string }) {
  const t = useWords(signText)
  const say = useSay()
  const queries = useQueryClient()
  const owner = { owner_type: 'record' as const, owner_id: record_id }
  const files = useOp(fileOps.list, owner)
  const [asking, setAsking] = useState(false)
  const [refused, setRefused] = useState<Problem | null>(null)
  async function put(file: File, signed_by: string): Promise<void> {
    setAsking(false)
    setRefused(null)
    try {
      await upload(fileOps.add, { body: { id: newId(), ...owner, signed_by }, file })
      refresh(queries, 'files')
      toast(t('signed', { name: signed_by }))
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setRefused(error)
    }
  }
  if (!files.data?.can_add) return null
  return (
    <p className="row wrap g12 no-print">
      <Button icon="pencil" onClick={() => setAsking(true)}>
        {t('sign')}
      </Button>
      {refused && <ProblemLine>{say({ zh: refused.detail, en: refused.detail_en })}</ProblemLine>}
      {asking && (
        <SignPad
          title={label}
          name={name}
          onClose={() => setAsking(false)}
          onSigned={(file, by) => void put(file, by)}
        />
      )}
    </p>
  )
}
