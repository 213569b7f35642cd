// A pasted list of people: copied out of a table (columns by tabs) or typed with commas. With a head line the columns may stand in
// any order; without one they are 姓名、角色、单位、用户名.

export interface PastedRow {
  name: string
  role: string
  unit: string
  username: string
}
type Column = keyof PastedRow

const heads: Record<Column, readonly string[]> = {
  name: ['姓名', '名字', '人员', 'name'],
  role: ['角色', '身份', '职务', '岗位', 'role'],
  unit: ['单位', '所在单位', '村', '村（社区）', '学校', '班级', 'unit'],
  username: ['用户名', '账号', '帐号', '登录名', 'username'],
}
const usual: readonly Column[] = ['name', 'role', 'unit', 'username']

/** The rows with something in them; a cell that is missing is ''. */
export function readPasted(text: string): PastedRow[] {
  const lines = text
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .map((line) =>
      line.split(line.includes('\t') ? '\t' : /[,，;；]/).map((cell) => cell.trim().replace(/^"(.*)"$/, '$1')),
    )
  const first = lines[0]
  if (!first) return []
  const named = first.map((cell) => usual.find((column) => heads[column].includes(cell.toLowerCase())) ?? null)
  const hasHead = named.filter((column) => column !== null).length >= 2
  const columns = hasHead ? named : usual
  return (hasHead ? lines.slice(1) : lines).map((cells) => {
    const row: PastedRow = { name: '', role: '', unit: '', username: '' }
    for (const [at, column] of columns.entries()) if (column) row[column] = cells[at] ?? ''
    return row
  })
}
