// The best assignment of children to helpers: a linear programme that HiGHS solves to proven optimality. Its matrix is that of a network,
// so the simplex method's corner is whole-numbered and no branching is needed.
//
// 2,000 children × 1,200 helpers are 2.4 million pairs, too many to hand over. Two things make it small. Children whom every helper fits
// alike are one node with a count, helpers who fit every child alike one node with their room together: it is the same programme, and in
// a school where most are alike it is a tenth of the size. And the programme begins with each node's best few pairs; after each solve
// every pair left out is priced with the duals, and those that would improve the answer come in, until none would. Then the answer is
// the best over all pairs; `bound` is the proof.
import highsPackage, { type Highs, type Model } from 'highs'

/** The package's types speak of its CommonJS face, where the loader is `default`; the module that Node loads is the loader itself. */
export const loadHighs = highsPackage as unknown as typeof highsPackage.default

export interface MatchProblem {
  readonly children: number
  /** Room of each helper, by index. */
  readonly room: readonly number[]
  /** Weight of a pair, a whole number up to 32,767; 0 = not to be made. */
  readonly score: (child: number, helper: number) => number
  /** Taken off for each child of a helper after the first. */
  readonly spread: number
  /** Of each helper: does the next child count as a further one? (A child locked to the helper takes the first place.) */
  readonly begun: readonly boolean[]
}

export interface MatchAnswer {
  /** Helper of each child, −1 for nobody. */
  readonly helperOf: Int32Array
  readonly objective: number
  /** Upper bound of the linear programme over all pairs: equal to the objective when the answer is the best. */
  readonly bound: number
  readonly rounds: number
}

/** The same programme over nodes: `from` are children who are alike, `to` helpers who are alike. */
interface Network {
  readonly from: readonly (readonly number[])[]
  readonly to: readonly (readonly number[])[]
  /** Places for a first child, and for further ones, of each helper node. */
  readonly first: Float64Array
  readonly further: Float64Array
  /** Weights, node by node. */
  readonly weight: Int16Array
  readonly spread: number
}

interface Arcs {
  readonly from: number[]
  readonly to: number[]
}

const firstArcs = 8
const newArcs = 5
const slack = 1e-6

export function solveMatching(highs: Highs, problem: MatchProblem): MatchAnswer {
  const helperOf = new Int32Array(problem.children).fill(-1)
  const network = networkOf(problem)
  if (network.from.length === 0 || network.to.length === 0) return { helperOf, objective: 0, bound: 0, rounds: 0 }
  const inside = new Uint8Array(network.weight.length)
  const arcs = bestFew(network, inside)
  const model = highs.createModel(startModel(highs, network))
  try {
    model.options.set({ output_flag: false, presolve: 'off', solver: 'simplex' })
    let rounds = 0
    let fresh = arcs
    let bound = 0
    do {
      addArcs(model, network, fresh)
      if (fresh !== arcs) {
        arcs.from.push(...fresh.from)
        arcs.to.push(...fresh.to)
      }
      // New columns keep the corner feasible: the primal method goes on from it, the dual one begins.
      model.options.set('simplex_strategy', rounds === 0 ? 1 : 4)
      model.run()
      if (model.getModelStatus() !== highs.constants.modelStatus.optimal) throw new Error('the matching has no optimum')
      const priced = price(network, inside, model.getSolution().rowDual)
      fresh = priced.fresh
      bound = priced.bound
      rounds++
    } while (fresh.from.length > 0)
    hand(network, problem, arcs, model.getSolution().colValue, helperOf)
    return { helperOf, objective: objectiveOf(problem, helperOf), bound, rounds }
  } finally {
    model.dispose()
  }
}

/** Merges who is alike: rows and columns of the weights that are equal, number by number. */
function networkOf({ children, room, begun, score, spread }: MatchProblem): Network {
  const able = room.flatMap((free, helper) => (free > 0 ? [helper] : []))
  const rows = Array.from({ length: children }, (_, child) =>
    Int16Array.from(able, (helper) => Math.max(0, score(child, helper))),
  )
  const from = alike(rows)
  const heads = from.map((nodes) => rows[nodes[0]!]!)
  const to = alike(able.map((_, at) => Int16Array.from(heads, (row) => row[at]!)))
  const weight = new Int16Array(from.length * to.length)
  heads.forEach((row, node) => to.forEach((nodes, other) => (weight[node * to.length + other] = row[nodes[0]!]!)))
  const places = (take: (helper: number) => number) =>
    Float64Array.from(to, (nodes) => nodes.reduce((sum, at) => sum + take(able[at]!), 0))
  const firstOf = (helper: number) => (begun[helper] ? 0 : 1)
  return {
    from,
    to: to.map((nodes) => nodes.map((at) => able[at]!)),
    first: places(firstOf),
    further: places((helper) => room[helper]! - firstOf(helper)),
    weight,
    spread,
  }
}

/** Indices of equal vectors together, in order of first appearance. */
function alike(vectors: readonly Int16Array[]): number[][] {
  const groups = new Map<string, number[]>()
  vectors.forEach((vector, at) => {
    const key = Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength).toString('latin1')
    const group = groups.get(key)
    if (group) group.push(at)
    else groups.set(key, [at])
  })
  return [...groups.values()]
}

/** Rows: one for each node of children (their number at most), one for each node of helpers: first places, and further ones through the
 *  node's own column, which costs `spread`. */
function startModel(highs: Highs, { from, to, first, further, spread }: Network) {
  return {
    numCols: to.length,
    numRows: from.length + to.length,
    sense: highs.constants.objectiveSense.maximize,
    colCost: new Float64Array(to.length).fill(-spread),
    colLower: new Float64Array(to.length),
    colUpper: further,
    rowLower: new Float64Array(from.length + to.length).fill(-highs.infinity),
    rowUpper: Float64Array.from([...from.map((nodes) => nodes.length), ...first]),
    matrix: {
      format: 'csc' as const,
      numRows: from.length + to.length,
      numCols: to.length,
      starts: Int32Array.from({ length: to.length + 1 }, (_, at) => at),
      indices: Int32Array.from(to, (_, node) => from.length + node),
      values: new Float64Array(to.length).fill(-1),
    },
  }
}

function addArcs(model: Model, { from, to, weight }: Network, arcs: Arcs): void {
  const count = arcs.from.length
  model.addCols({
    cost: Float64Array.from(arcs.from, (node, at) => weight[node * to.length + arcs.to[at]!]!),
    lower: new Float64Array(count),
    upper: Float64Array.from(arcs.from, (node) => from[node]!.length),
    matrix: {
      format: 'csc',
      numRows: from.length + to.length,
      numCols: count,
      starts: Int32Array.from({ length: count + 1 }, (_, at) => at * 2),
      indices: Int32Array.from({ length: count * 2 }, (_, at) =>
        at % 2 === 0 ? arcs.from[at >> 1]! : from.length + arcs.to[at >> 1]!,
      ),
      values: new Float64Array(count * 2).fill(1),
    },
  })
}

/** Each node's best. Equals are begun at another place for each, so that they do not all ask for the same few. */
function bestFew({ from, to, weight }: Network, inside: Uint8Array): Arcs {
  const arcs: Arcs = { from: [], to: [] }
  const count = to.length
  for (let node = 0; node < from.length; node++) {
    const best: { to: number; weight: number }[] = []
    for (let step = 0; step < count; step++) {
      const other = (node * 7919 + step) % count
      const value = weight[node * count + other]!
      if (value === 0 || (best.length === firstArcs && value <= best.at(-1)!.weight)) continue
      let at = best.length
      while (at > 0 && best[at - 1]!.weight < value) at--
      best.splice(at, 0, { to: other, weight: value })
      if (best.length > firstArcs) best.pop()
    }
    for (const { to: other } of best) keep(arcs, inside, count, node, other)
  }
  return arcs
}

function keep(arcs: Arcs, inside: Uint8Array, count: number, node: number, other: number): void {
  inside[node * count + other] = 1
  arcs.from.push(node)
  arcs.to.push(other)
}

/** The pairs left out that would improve the answer, by the duals of the rows; and the bound that these duals prove. */
function price(
  { from, to, first, further, weight, spread }: Network,
  inside: Uint8Array,
  dual: Float64Array,
): { fresh: Arcs; bound: number } {
  const fresh: Arcs = { from: [], to: [] }
  const count = to.length
  let bound = 0
  for (let other = 0; other < count; other++) {
    const worth = Math.max(0, dual[from.length + other]!)
    bound += worth * first[other]! + Math.max(0, worth - spread) * further[other]!
  }
  for (let node = 0; node < from.length; node++) {
    const own = Math.max(0, dual[node]!)
    const found: { other: number; gain: number }[] = []
    let most = 0
    for (let other = 0; other < count; other++) {
      const value = weight[node * count + other]!
      if (value === 0) continue
      const gain = value - own - Math.max(0, dual[from.length + other]!)
      if (gain > most) most = gain
      if (gain > slack && inside[node * count + other] === 0) found.push({ other, gain })
    }
    bound += (own + most) * from[node]!.length
    found.sort((a, b) => b.gain - a.gain)
    for (const { other } of found.slice(0, newArcs)) keep(fresh, inside, count, node, other)
  }
  return { fresh, bound }
}

/** From nodes back to children and helpers: within a node all are alike, so the emptiest helper goes first. */
function hand(network: Network, problem: MatchProblem, arcs: Arcs, values: Float64Array, helperOf: Int32Array): void {
  const waiting = network.from.map((nodes) => [...nodes])
  const left = [...problem.room]
  const load = problem.begun.map((taken) => (taken ? 1 : 0))
  arcs.from.forEach((node, at) => {
    const value = values[network.to.length + at]!
    if (Math.abs(value - Math.round(value)) > slack) throw new Error('the matching is not whole')
    for (let n = Math.round(value); n > 0; n--) {
      const free = network.to[arcs.to[at]!]!.filter((helper) => left[helper]! > 0)
      const helper = free.reduce((one, other) => (load[other]! < load[one]! ? other : one))
      helperOf[waiting[node]!.shift()!] = helper
      left[helper]!--
      load[helper]!++
    }
  })
}

function objectiveOf({ score, spread, begun }: MatchProblem, helperOf: Int32Array): number {
  const load = begun.map((taken) => (taken ? 1 : 0))
  let sum = 0
  helperOf.forEach((helper, child) => {
    if (helper < 0) return
    sum += score(child, helper) - (load[helper]! > 0 ? spread : 0)
    load[helper]!++
  })
  return sum
}
