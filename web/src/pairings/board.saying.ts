import type { BoardGroup } from '@nuanyang/contract/pairings.boards.ts'

/** What a save says of a group: what the reader was not shown is left to the server. */
export type GroupBody = ReturnType<typeof bodyOf>
export const bodyOf = (group: BoardGroup) => ({
  id: group.id,
  name: group.name,
  need: group.need,
  owner: group.owner && { account_id: group.owner.account_id, helper_id: group.owner.helper_id },
  times: group.times,
  plan: group.plan,
  content: group.content,
  child_ids: group.children.map((child) => child.id),
})
