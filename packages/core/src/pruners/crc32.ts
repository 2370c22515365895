const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? (word >>> 1) ^ 0xedb8_8320 : word >>> 1
  return word
})

/** CRC-32 of a text's UTF-8 bytes, as zlib and PNG have it (ISO 3309; reflected polynomial 0xedb88320). */
export function crc32(text: string): number {
  let word = 0xffff_ffff
  for (const byte of new TextEncoder().encode(text)) word = (word >>> 8) ^ TABLE[(word ^ byte) & 0xff]!
  return (word ^ 0xffff_ffff) >>> 0
}
