// 关爱网络图: helpers and children of each villager group with lines between them. Every row is placed here; the template only draws.
import { renderPdf } from './pdf.ts'
import { printedDay } from './printed_words.ts'

export interface NetworkTie {
  readonly group: string
  readonly child: string
  readonly child_about: string
  /** null: nobody helps this child. */
  readonly helper: { readonly key: string; readonly name: string; readonly about: string } | null
}

export interface NetworkPaper {
  readonly title: string
  readonly as_of: string
  readonly footer: string
  readonly ties: readonly NetworkTie[]
}

interface Placed {
  readonly at: number
  readonly name: string
  readonly about: string
}

/** One group laid out: each helper beside the middle of their children, in the order the ties come. */
export function layGroup(name: string, ties: readonly NetworkTie[]) {
  const helpers: Placed[] = []
  const children: (Placed & { alone: boolean })[] = []
  const lines: { from: number; to: number }[] = []
  const placeOf = new Map<string, number>()
  const key = (tie: NetworkTie) => `${tie.child} ${tie.child_about}`
  const place = (tie: NetworkTie): number => {
    const known = placeOf.get(key(tie))
    if (known !== undefined) return known
    const at = children.length
    placeOf.set(key(tie), at)
    children.push({ at, name: tie.child, about: tie.child_about, alone: tie.helper === null })
    return at
  }
  const byHelper = new Map<string, NetworkTie[]>()
  for (const tie of ties) if (tie.helper) byHelper.set(tie.helper.key, [...(byHelper.get(tie.helper.key) ?? []), tie])
  let free = 0
  for (const own of byHelper.values()) {
    const places = own.map(place)
    // Two helpers of one child would stand on each other: the next one goes to the next free row.
    const at = Math.max(free, (Math.min(...places) + Math.max(...places)) / 2)
    free = at + 1
    helpers.push({ at, name: own[0]!.helper!.name, about: own[0]!.helper!.about })
    for (const to of places) lines.push({ from: at, to })
  }
  const alone = ties.filter((tie) => tie.helper === null)
  alone.forEach(place)
  return {
    name,
    summary: `孩子 ${children.length} 人，帮扶人 ${helpers.length} 人${alone.length > 0 ? `，还没有帮扶人的 ${alone.length} 人` : ''}`,
    rows: Math.max(children.length, Math.ceil(free)),
    helpers,
    children,
    lines,
  }
}

/** Rejects with `DocumentFailed`. */
export async function careNetworkPdf(paper: NetworkPaper): Promise<Uint8Array> {
  const names = [...new Set(paper.ties.map((tie) => tie.group))]
  return renderPdf('care_network', {
    title: paper.title,
    subtitle: printedDay(paper.as_of),
    footer: paper.footer,
    groups: names.map((name) =>
      layGroup(
        name,
        paper.ties.filter((tie) => tie.group === name),
      ),
    ),
  })
}
