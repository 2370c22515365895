import { access } from 'node:fs/promises'
import type { ThresholdResult } from '@thresher/sweeps'
import { openReplacement } from '../../output/replace-file.js'
import { resultChunks, resultCsvChunks } from '../../output/result-json.js'

const STEM = 'thresher-thresholds'

/** Writes the ranking as JSON and CSV into the working folder, under names that are free, and gives the names. */
export async function exportRanking(result: ThresholdResult): Promise<string[]> {
  const stem = await freeStem()
  const files = [
    [`${stem}.json`, resultChunks(result, { lines: true })],
    [`${stem}.csv`, resultCsvChunks(result.ranking)],
  ] as const
  for (const [path, chunks] of files) {
    const file = await openReplacement(path)
    try {
      for (const chunk of chunks) await file.write(chunk)
      await file.commit()
    } finally {
      await file.discard()
    }
  }
  return files.map(([path]) => path)
}

async function freeStem(): Promise<string> {
  for (let i = 1; ; i++) {
    const stem = i === 1 ? STEM : `${STEM}-${i}`
    const taken = await Promise.all([`${stem}.json`, `${stem}.csv`].map(exists))
    if (!taken.includes(true)) return stem
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
