/** How many letters must be changed, added or removed to make `b` of `a`. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The name most like `wanted`, if that is at most `most` letters away from one. */
export function nearest(wanted: string, names: readonly string[], most = 3): string | undefined {
  let [found, least]: [string | undefined, number] = [undefined, most + 1];
  for (const name of names) {
    const letters = distance(wanted, name);
    if (letters < least) [found, least] = [name, letters];
  }
  return found;
}
