/** One thing that is otherwise than before, in words. */
export interface Change {
  key: string;
  label: string;
  /** Absent: there was none. */
  before?: string | undefined;
  /** Absent: there is none any more. */
  after?: string | undefined;
}
