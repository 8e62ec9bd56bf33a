/** What is held after so many turns. */
export interface HeapPoint {
  readonly turns: number;
  readonly heapBytes: number;
  readonly rssBytes: number;
}

/** Bytes of heap that a turn adds, by least squares over all points. NaN of fewer than two. */
export function slopeOf(points: readonly HeapPoint[]): number {
  const mean = (of: (point: HeapPoint) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length;
  const [turns, heap] = [mean((point) => point.turns), mean((point) => point.heapBytes)];
  const covariance = mean((point) => (point.turns - turns) * (point.heapBytes - heap));
  return covariance / mean((point) => (point.turns - turns) ** 2);
}
