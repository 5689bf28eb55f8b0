/**
 * A clause that neither declarations of backups nor a simulation of them can show.
 */
export interface ComplianceClause {
  /**
   * The clause, as the standard counts its clauses.
   */
  readonly clause: string;

  /**
   * What it asks for.
   */
  readonly asks: string;

  /**
   * Whether the clause was looked up in a public text; else it is from memory, and a specialist has to confirm it.
   */
  readonly lookedUp: boolean;
}
