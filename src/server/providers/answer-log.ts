/** The text of answers that are being written, for readers in other processes. Every method may reject. */
export interface AnswerLog {
  /** Says that somebody reads the answer here, for the next few seconds. */
  want(answerId: string): Promise<void>;
  /** Those of the answers that somebody reads elsewhere. */
  wanted(answerIds: string[]): Promise<string[]>;
  /** Adds what follows the first `at` characters. Repeating it changes nothing. */
  append(answerId: string, at: number, text: string): Promise<void>;
  /** What was written after the first `from` characters; empty while there is nothing, or nothing that joins on. */
  read(answerId: string, from: number): Promise<string>;
}
