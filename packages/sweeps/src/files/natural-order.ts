const PIECES = /\d+|\D+/g

/**
 * Compares names as people order them: runs of digits by their value, so that `img_2` comes before `img_10`.
 *
 * Everything else is compared by UTF-16 code unit, hence the same in every locale; names that differ only in
 * leading zeros fall back to plain string order, so that equal means identical.
 */
export function compareNatural(a: string, b: string): number {
  const left = a.match(PIECES) ?? []
  const right = b.match(PIECES) ?? []
  for (let i = 0; i < left.length && i < right.length; i++) {
    const order = comparePiece(left[i]!, right[i]!)
    if (order !== 0) return order
  }
  return left.length - right.length || comparePlain(a, b)
}

function comparePiece(a: string, b: string): number {
  if (!isDigits(a) || !isDigits(b)) return comparePlain(a, b)
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || comparePlain(left, right)
}

function isDigits(piece: string): boolean {
  const code = piece.charCodeAt(0)
  return code >= 48 && code <= 57
}

function comparePlain(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
