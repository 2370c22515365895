import { maskedCrc32c } from './crc32c.js'

const HEAD = 12
const FOOT = 4

/**
 * Takes the records out of a TFRecord file as its bytes come: length (8 bytes), its CRC, data, their CRC. What is not
 * complete is kept for later.
 * @throws Error where a CRC does not fit: the file is damaged from there on, or none.
 */
export class RecordFrames {
  #rest: Buffer = Buffer.alloc(0)
  #offset = 0

  take(bytes: Buffer): Buffer[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes])
    const records: Buffer[] = []
    for (;;) {
      if (this.#rest.length < HEAD) return records
      this.#check(this.#rest.subarray(0, 8), 8)
      // The CRC vouches for a length that a file can have.
      const length = Number(this.#rest.readBigUInt64LE(0))
      const size = HEAD + length + FOOT
      if (this.#rest.length < size) return records
      const data = this.#rest.subarray(HEAD, HEAD + length)
      this.#check(data, HEAD + length)
      records.push(data)
      this.#rest = this.#rest.subarray(size)
      this.#offset += size
    }
  }

  #check(bytes: Buffer, place: number): void {
    if (this.#rest.readUInt32LE(place) === maskedCrc32c(bytes)) return
    throw new Error(
      `the record at byte ${this.#offset} does not fit its checksum; it is no TensorBoard event file, or damaged`,
    )
  }
}
