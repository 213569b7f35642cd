// A file that cannot be read ends in one sentence that says why and what to do.

export type RefusalCode =
  | 'empty_file'
  | 'too_large'
  | 'too_large_inside'
  | 'password_protected'
  | 'scanned'
  | 'legacy_doc'
  | 'corrupted'
  | 'not_a_table'
  | 'compressed_package'
  | 'too_slow'
  | 'not_found'
  | 'no_roster'

const SENTENCES: Readonly<Record<RefusalCode, { zh: string; en: string }>> = {
  empty_file: {
    zh: '文件是空的，没有任何内容。请确认选对了文件，或重新导出一次。',
    en: 'The file is empty. Check that it is the right one, or export it again.',
  },
  too_large: {
    zh: '文件太大（超过 64 MB），没有读取。花名册一般不到 5 MB：请删去图片和空白行，或按村、按班分成几个文件。',
    en: 'The file is larger than 64 MB and was not read. Remove pictures and blank rows, or split it by village or class.',
  },
  too_large_inside: {
    zh: '文件展开后大得不正常，已停止读取。请在表格软件里新建一个空表，只把数据粘贴进去再导入。',
    en: 'The file unpacks to an unreasonable size and reading was stopped. Paste the data into a new workbook and import that.',
  },
  password_protected: {
    zh: '文件有打开密码，读不出来。请在 Excel 或 WPS 中打开，去掉密码另存后再导入。',
    en: 'The file needs a password to open. Open it in Excel or WPS, remove the password, save and import again.',
  },
  scanned: {
    zh: '这是图片或扫描件，里面没有可读取的表格。请找到原来的电子表格，或把内容录入表格后再导入。',
    en: 'This is a picture or a scan and holds no readable table. Find the original spreadsheet, or type it into one.',
  },
  legacy_doc: {
    zh: '这是旧版 Word 文件（.doc），读不出表格。请用 Word 或 WPS 打开，另存为 .docx 后再导入。',
    en: 'This is an old Word file (.doc). Open it in Word or WPS, save it as .docx and import that.',
  },
  corrupted: {
    zh: '文件已损坏或没有传完整，打不开。请重新复制或导出一次再导入。',
    en: 'The file is damaged or incomplete. Copy or export it again.',
  },
  not_a_table: {
    zh: '这个文件不是表格，没有可导入的内容。可以导入的有：Excel 或 WPS 表格、CSV、Word 里的表格。',
    en: 'This file is not a table. Excel and WPS workbooks, CSV and tables in Word can be imported.',
  },
  compressed_package: {
    zh: '这是压缩包。请先解压，再逐个导入里面的表格文件。',
    en: 'This is a compressed package. Unpack it and import the tables in it one by one.',
  },
  too_slow: {
    zh: '文件读取超过了时间或内存限制，已停止。请另存为 .xlsx 后再导入，或按村、按班分成几个文件。',
    en: 'Reading took too long or too much memory and was stopped. Save it as .xlsx, or split it.',
  },
  no_roster: {
    zh: '文件打开了，但里面没有找到儿童名单：需要有一列姓名，并且有表头（如 姓名、性别、身份证号）。请检查是否选对了文件。',
    en: 'The file was opened, but holds no list of children: a column of names and a head are needed. Check that it is the right file.',
  },
  not_found: {
    zh: '找不到这个文件，或没有权限打开它。请检查路径。',
    en: 'The file was not found or may not be opened. Check its path.',
  },
}

/** Thrown by the readers of this folder; `zh` and `en` are complete sentences for people. */
export class ReadRefusal extends Error {
  readonly code: RefusalCode
  readonly zh: string
  readonly en: string

  constructor(code: RefusalCode, options?: { cause?: unknown }) {
    super(SENTENCES[code].zh, options)
    this.name = 'ReadRefusal'
    this.code = code
    this.zh = SENTENCES[code].zh
    this.en = SENTENCES[code].en
  }
}
