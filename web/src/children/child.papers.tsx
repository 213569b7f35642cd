// 材料 of one child: what was agreed to, papers and photos, how the care was judged. Fetched when somebody opens the tab.
import type { ChildFile } from '@nuanyang/contract/children.ts'
import { Consents } from '../consents/consents.tsx'
import { Attachments } from '../files/attachments.tsx'
import { Evaluations } from './child.evaluations.tsx'

export function Papers({ file }: { file: ChildFile }) {
  return (
    <div className="pad">
      {file.groups.family === 'open' && <Consents child={file} />}
      <Attachments owner={{ owner_type: 'child', owner_id: file.id }} />
      {file.groups.case_notes === 'open' && <Evaluations file={file} />}
    </div>
  )
}
