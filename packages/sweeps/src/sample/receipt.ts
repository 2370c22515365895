import type { Random } from '@thresher/core'
import { between, chance, pick } from './draws.js'
import { ADDRESSES, ITEMS, SHOPS, SMALL_PRINT } from './vocabulary.js'

/** A word on the paper: an upright rectangle in paper units, which the camera maps to pixels. */
export interface Word {
  text: string
  left: number
  top: number
  width: number
  height: number
  /** Words of one line share a number, and follow each other from left to right. */
  line: number
}

/** Advance of a character as a share of the text height. */
const LATIN_ADVANCE = 0.55
const HANGUL_ADVANCE = 0.92

/** Lays out a receipt: shop, address, items with prices at the right, totals, small print. */
export function layReceipt(random: Random, width: number, height: number): Word[] {
  // Height of ordinary text.
  const type = between(random, 11, 16.5)
  const words: Word[] = []
  let line = 0
  let top = between(random, 4, 16)

  function put(left: string, right: string, size: number, align: 'left' | 'centre'): void {
    const gap = size * between(random, 0.3, 0.6)
    const start = align === 'left' ? 0 : (width - textWidth(left, size, gap)) / 2
    words.push(...lineOf(random, left, start, top, size, gap, line))
    if (right !== '') {
      words.push(...lineOf(random, right, width - textWidth(right, size, gap), top, size, gap, line))
    }
    line++
    top += size * between(random, 1.28, 1.6)
  }

  put(pick(random, SHOPS), '', type * between(random, 1.5, 2.1), 'centre')
  put(pick(random, ADDRESSES), '', type * 0.72, 'centre')
  put(dateOf(random), timeOf(random), type * 0.78, 'left')
  top += type * 0.6
  const won = chance(random, 0.5)
  let total = 0
  const bottom = height - type * 8.5
  while (top < bottom) {
    const price = (1 + random.int(won ? 300 : 2500)) * (won ? 100 : 1)
    total += price
    const count = chance(random, 0.3) ? `${1 + random.int(4)} x ` : ''
    put(count + pick(random, ITEMS), amount(price, won), type * between(random, 0.92, 1.06), 'left')
  }
  top += type * 0.5
  put(won ? '부가세' : 'Tax', amount(Math.floor(total / 11), won), type, 'left')
  put(won ? '합계 금액' : 'TOTAL DUE', amount(total, won), type * between(random, 1.3, 1.7), 'left')
  top += type * 0.4
  while (top < height - type * 0.8)
    put(pick(random, SMALL_PRINT), '', type * between(random, 0.55, 0.7), 'centre')
  return words
}

function lineOf(
  random: Random,
  text: string,
  start: number,
  top: number,
  size: number,
  gap: number,
  line: number,
): Word[] {
  let left = start
  return text.split(' ').map((part) => {
    const width = wordWidth(part, size)
    const word = {
      text: part,
      left,
      top: top + size * between(random, -0.04, 0.04),
      width,
      height: size,
      line,
    }
    left += width + gap
    return word
  })
}

function textWidth(text: string, size: number, gap: number): number {
  return text.split(' ').reduce((sum, part) => sum + wordWidth(part, size) + gap, -gap)
}

function wordWidth(word: string, size: number): number {
  let advance = 0
  for (const char of word) advance += advanceOf(char)
  return advance * size
}

/** How wide a character is, as a share of the text height. */
export function advanceOf(char: string): number {
  return char > '\u1100' ? HANGUL_ADVANCE : LATIN_ADVANCE
}

/** 12,300 won; 4.56 elsewhere. */
function amount(value: number, won: boolean): string {
  if (!won) return `${Math.floor(value / 100)}.${String(value % 100).padStart(2, '0')}`
  return String(value).replaceAll(/\B(?=(\d{3})+$)/g, ',')
}

function dateOf(random: Random): string {
  const [month, day] = [1 + random.int(12), 1 + random.int(28)]
  return `2026-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function timeOf(random: Random): string {
  return `${String(8 + random.int(13)).padStart(2, '0')}:${String(random.int(60)).padStart(2, '0')}`
}
