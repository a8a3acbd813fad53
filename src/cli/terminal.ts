/** Where results and messages go. Made from the real streams in main, from strings in tests. */
export interface Terminal {
  out(text: string): void;
  error(text: string): void;
  /** Columns to wrap help at. */
  readonly width: number;
  /** True only for a terminal, and never with NO_COLOR. */
  readonly colour: boolean;
  /** True when stderr is a terminal, so that progress may be redrawn in place. */
  readonly interactive: boolean;
}
