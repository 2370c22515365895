/** Words by which a column is known to hold what was measured, and not what was set. */
const SCORES = new Set(
  'hmean f1 fscore fmeasure acc accuracy precision recall map ap iou miou giou auc auroc auprc dice bleu rouge kappa mcc score psnr ssim r2 objective value'.split(
    ' ',
  ),
)
const LOSSES = new Set(
  'loss error err rmse mse mae mape perplexity ppl nll wer cer latency regret brier'.split(' '),
)
/** What may follow such a word: `val_loss_min`. */
const SUMMARIES = new Set(['best', 'max', 'min', 'last', 'final', 'mean', 'avg', 'epoch', 'step'])

/** The words of a name: `val/H-Mean` is val, hmean; `bestValAcc` is best, val, acc. */
export function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z\d])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replaceAll(/h[-_ ]mean/g, 'hmean')
    .replaceAll(/f[-_ ](score|measure|1)/g, 'f$1')
    .split(/[^\p{L}\p{N}@]+/u)
    .filter((word) => word !== '')
}

/** The word that says what a metric's name measures; undefined where the name is none of a metric. */
export function measureOf(name: string): string | undefined {
  const words = wordsOf(name)
  while (words.length > 1 && SUMMARIES.has(words.at(-1)!)) words.pop()
  const last = words
    .at(-1)
    ?.replace(/@.*$/, '')
    .replace(/^(acc|top)\d+$/, 'acc')
  return last !== undefined && (SCORES.has(last) || LOSSES.has(last)) ? last : undefined
}

/** Whether a metric of that name is to be made small: a loss, an error. */
export function isLossName(name: string): boolean {
  const measure = measureOf(name)
  return measure !== undefined && LOSSES.has(measure)
}

/** Whether a metric of that name may be given in percent. */
export function isScoreName(name: string): boolean {
  const measure = measureOf(name)
  return measure !== undefined && SCORES.has(measure) && measure !== 'objective' && measure !== 'value'
}
