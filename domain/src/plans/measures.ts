import { sentencesOf } from './clauses.ts'
import type { Node } from './outline.ts'
import { headingText, pathOf } from './outline.ts'
import type { Passage } from './passages.ts'
import type { Piece } from './script.ts'
import { spanOf } from './script.ts'
import type { PlanMeasure, Span } from './types.ts'

/** The numbered parts of a plan that say what will be done, outside aims, background and months; each with its own text, not its children's. */
export function measuresOf(root: Node, passages: Passage[], source: string): PlanMeasure[] {
  const measures: PlanMeasure[] = []
  const roles = new Map<Node, Passage>()
  for (const passage of passages) if (!roles.has(passage.owner)) roles.set(passage.owner, passage)
  const visit = (node: Node): void => {
    const passage = roles.get(node)
    const path = pathOf(node)
    if (path && node.line.text !== '' && passage?.role === 'measures' && !passage.when && !isPartName(node)) {
      const span = ownSpan(node)
      const line = spanOf(node.line, 0, Math.max(1, headingText(node).length))
      measures.push({ path, title: compact(source, line), text: quoteOf(source, span), span })
    }
    for (const child of node.children) visit(child)
  }
  for (const child of root.children) visit(child)
  if (root.children.length > 0) return measures
  return passages
    .filter((p) => p.owner === root && p.path !== null && p.role === 'measures')
    .map((p) => {
      const span = spanOf(p.piece)
      return {
        path: p.path ?? '',
        title: compact(source, spanOf(sentencesOf(p.piece)[0]?.piece ?? p.piece)),
        text: quoteOf(source, span),
        span,
      }
    })
}

/** “三、主要措施” only names the part its children belong to. */
function isPartName(node: Node): boolean {
  return (
    node.role === 'measures' &&
    node.children.length > 0 &&
    node.content.length === 0 &&
    /(?:措施|内容|任务|做法|举措|重点|要求|保障|职责|分工|方法|方式|步骤)$/.test(headingText(node)) &&
    headingText(node).length <= 10
  )
}

function compact(source: string, span: Span): string {
  return source.slice(span[0], span[1]).replace(/\s+|\*\*/g, '')
}

function ownSpan(node: Node): Span {
  const pieces = node.content.filter((c): c is Piece => !('cells' in c))
  const rows = node.content.flatMap((c) => ('cells' in c ? [c.span] : []))
  const line = node.line.text === '' ? node.span : spanOf(node.line)
  const ends = [line[1], ...pieces.map((p) => spanOf(p)[1]), ...rows.map((r) => r[1])]
  return [node.span[0], ends.reduce((a, b) => Math.max(a, b), 0)]
}

function quoteOf(source: string, span: Span): string {
  return source
    .slice(span[0], span[1])
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n')
}
