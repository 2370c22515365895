import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseTable, readTable } from '../../../src/training/import/table.js'
import { failure } from '../../support/failure.js'
import { temporaryFolder } from '../../support/temporary-folder.js'

const folder = temporaryFolder()
const parse = (text: string) => parseTable('runs.csv', text)

describe('a table', () => {
  test('has names, and rows with their lines; blanks around cells and empty lines go', () => {
    expect(parse('run, lr ,acc\n\na, 0.1 ,\n"b ""x"", y",0.2,90\n')).toEqual({
      path: 'runs.csv',
      columns: ['run', 'lr', 'acc'],
      rows: [
        { line: 3, cells: ['a', '0.1', ''] },
        { line: 4, cells: ['b "x", y', '0.2', '90'] },
      ],
    })
  })

  test('is separated by what separates its first line', () => {
    for (const separator of [',', ';', '\t']) {
      const { columns, rows } = parse(['a', 'b'].join(separator).concat('\n', ['1', '2'].join(separator)))
      expect([columns, rows[0]!.cells]).toEqual([
        ['a', 'b'],
        ['1', '2'],
      ])
    }
  })

  test('may end its lines as Windows does, and begin with a byte order mark', async () => {
    const path = folder.write('bom.csv', '\uFEFFlr,acc\r\n0.1,90\r\n')
    expect(await readTable(path)).toMatchObject({ columns: ['lr', 'acc'], rows: [{ line: 2 }] })
  })

  test('keeps a row of nothing but blanks out', () => {
    expect(parse('a,b\n,\n1,2\n').rows).toHaveLength(1)
  })

  test('says the line of what comes after a cell with line breaks', async () => {
    expect(await failure(() => parse('a,b\n"x\ny",1\n3\n'))).toMatch(
      /^runs\.csv:4: 1 cells, and the header has 2\./,
    )
  })

  test('gives back whatever cells were written', () => {
    const cell = fc.string().map((text) => text.replaceAll('\0', '').trim())
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { minLength: 1 }), (rows) => {
        fc.pre(rows.every((row) => row.some((text) => text !== '')))
        const quoted = (row: readonly string[]) =>
          row.map((text) => `"${text.replaceAll('"', '""')}"`).join(',')
        expect(parse(`a,b,c\n${rows.map(quoted).join('\n')}\n`).rows.map(({ cells }) => cells)).toEqual(rows)
      }),
    )
  })
})

describe('what is no table is refused with its line and a mend', () => {
  test.each([
    ['an empty file', '', /^runs\.csv: is empty\./],
    ['a header alone', 'lr,acc\n', /^runs\.csv: has a header and no rows\./],
    [
      'a row that is cut off',
      'lr,wd,acc\n0.1,2,90\n0.2,',
      /^runs\.csv:3: 2 cells, and the header has 3\. Complete/,
    ],
    ['a row with too much', 'lr,acc\n0,1,90\n', /^runs\.csv:2: 3 cells, and the header has 2\. Put quotes/],
    ['a quote that stays open', 'lr,acc\n0.1,"90\n', /^runs\.csv:\d: a quote is opened and never closed;/],
    ['a quote inside a cell', 'lr,acc\n0.1,"9"0\n', /^runs\.csv:2: a quote stands inside a cell\./],
    [
      'a name that comes twice',
      'lr,acc,lr\n1,2,3\n',
      /^runs\.csv:1: two columns are named "lr"\. Rename one/,
    ],
    ['a column without a name', 'lr,,acc\n1,2,3\n', /^runs\.csv:1: column 2 has no name\./],
    ['no header', '0.1,90\n0.2,91\n', /^runs\.csv:1: column 1 is named 0\.1; the first line holds the names/],
    ['a NUL', 'lr,acc\n0.1,9\0\n', /^runs\.csv:2: holds a NUL/],
  ])('%s', async (_, text, message) => {
    expect(await failure(() => parse(text))).toMatch(message)
  })

  test('bytes that are no UTF-8', async () => {
    const path = folder.write('latin1.csv', Buffer.from('lr,note\n0.1,fine\n0.2,caf\xe9\n', 'latin1'))
    expect(await failure(() => readTable(path))).toBe(`${path}:3: is not UTF-8. Save the file as UTF-8.`)
  })

  test('UTF-16', async () => {
    const path = folder.write('utf16.csv', Buffer.from('\uFEFFlr,acc\n', 'utf16le'))
    expect(await failure(() => readTable(path))).toMatch(/UTF-16/)
  })
})
