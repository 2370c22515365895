import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { inOrder } from '../../src/commands/in-order.js'

async function* count(n: number, onDraw: () => void = () => undefined) {
  for (let i = 0; i < n; i++) {
    onDraw()
    yield i
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const item of items) all.push(item)
  return all
}

describe('inOrder', () => {
  test('keeps the order whatever finishes first', async () => {
    const slowFirst = (i: number) => sleep(20 - 2 * i, i)
    expect(await collect(inOrder(count(10), 4, slowFirst))).toEqual([...Array(10).keys()])
  })

  test('never runs more than the limit', async () => {
    let [running, most] = [0, 0]
    await collect(
      inOrder(count(20), 3, async () => {
        most = Math.max(most, ++running)
        await sleep(1)
        running--
      }),
    )
    expect(most).toBe(3)
  })

  test('draws items only as results are taken', async () => {
    let drawn = 0
    const results = inOrder(
      count(100, () => drawn++),
      3,
      async (i) => i,
    )
    await results.next()
    expect(drawn).toBeLessThanOrEqual(4)
    await results.return(undefined)
  })

  test('the first failure ends it, after the rest has come to rest', async () => {
    let settled = 0
    const work = async (i: number) => {
      await sleep(i === 1 ? 1 : 20)
      settled++
      if (i === 1) throw new Error('second')
      return i
    }
    await expect(collect(inOrder(count(10), 4, work))).rejects.toThrow('second')
    const atFailure = settled
    await sleep(40)
    expect(settled).toBe(atFailure)
  })
})
