/** Something in a diagram's source that cannot be drawn as it is written. */
export class DiagramError extends Error {
  override readonly name = 'DiagramError';
  /** Within the source, from 1; absent where nobody knows. */
  readonly line: number | undefined;

  constructor(message: string, line?: number) {
    super(message);
    this.line = line;
  }
}
