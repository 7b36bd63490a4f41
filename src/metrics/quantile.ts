/**
 * The value below which a share of all observations lies, as Prometheus's histogram_quantile() estimates it: evenly
 * spread within the bucket. What lies above the last bound counts as that bound.
 * @param share from 0 to 1.
 * @param bounds upper bounds of the buckets, ascending.
 * @param counts observations in each bucket, and in one more above the last bound.
 * @returns null if nothing was observed.
 */
export const quantile = (
  share: number,
  bounds: readonly number[],
  counts: readonly number[],
): number | null => {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total <= 0) return null;
  const rank = share * total;
  let below = 0;
  for (const [i, upper] of bounds.entries()) {
    const count = counts[i] ?? 0;
    if (count > 0 && below + count >= rank) {
      const lower = bounds[i - 1] ?? 0;
      return lower + (upper - lower) * ((rank - below) / count);
    }
    below += count;
  }
  return bounds.at(-1) ?? null;
};
