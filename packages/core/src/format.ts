/**
 * A difference of scores in points (hundredths) with its sign: 0.0018 is `+0.18 pt`. What rounds to nothing is
 * `+0.00 pt` on either side.
 */
export function formatPoints(delta: number): string {
  if (!Number.isFinite(delta)) return `${delta} pt`
  // Rounded before the shift by 100, which would round a second time.
  const points = (Number(Math.abs(delta).toFixed(4)) * 100).toFixed(2)
  const sign = delta < 0 && points !== '0.00' ? '-' : '+'
  return `${sign}${points} pt`
}

/** A score with four decimals: 0.96534 is `0.9653`. Halves of the last place round away from zero. */
export function formatScore(score: number): string {
  const text = score.toFixed(4)
  return text === '-0.0000' ? '0.0000' : text
}

/** The shortest decimal that reads back as the same number: `0.29`, `1000`, `1e-7`. */
export function formatValue(value: number): string {
  return String(value)
}

/** A duration as people say it: `1.1 s`, `2 m 05 s`, `3 h 12 m`, `2 d 03 h`. `-` where it is unknown. */
export function formatDuration(seconds: number): string {
  if (!(seconds >= 0 && seconds < Number.POSITIVE_INFINITY)) return '-'
  const tenths = Math.round(seconds * 10)
  if (tenths < 600) return `${(tenths / 10).toFixed(1)} s`
  const whole = Math.round(seconds)
  if (whole < 3600) return pair(Math.floor(whole / 60), 'm', whole % 60, 's')
  const minutes = Math.round(seconds / 60)
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), 'h', minutes % 60, 'm')
  const hours = Math.round(seconds / 3600)
  return pair(Math.floor(hours / 24), 'd', hours % 24, 'h')
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return `${large} ${largeUnit} ${String(small).padStart(2, '0')} ${smallUnit}`
}
