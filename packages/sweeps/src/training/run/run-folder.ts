import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'

/** A study's name as a folder's: what some file system takes for more than a name becomes `_`. */
export function folderName(study: string): string {
  const plain = study.replace(/[\p{Cc}/\\:*?"<>|]/gu, '_').replace(/^\.+/, '_')
  return Buffer.from(plain).length <= 200 ? plain : plain.slice(0, 60)
}

/** A new folder for an attempt of a run: `0012`, then `0012-2`, so that no log is read as another attempt's. */
export async function newRunFolder(parent: string, number: number): Promise<string> {
  await mkdir(parent, { recursive: true })
  const name = String(number).padStart(4, '0')
  for (let attempt = 1; ; attempt++) {
    const folder = join(parent, attempt === 1 ? name : `${name}-${attempt}`)
    try {
      await mkdir(folder)
      return folder
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}
