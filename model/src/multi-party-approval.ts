/**
 * Numbers and names that AWS's multi-party approval sets, as far as AWS Backup meets them.
 *
 * The bounds of single members of its API are those of the API's model.
 */
export class MultiPartyApproval {
  /**
   * The Region in which approval teams are (Source B7.5/8).
   */
  public static readonly REGION: string = 'us-east-1';

  /**
   * Approvers of a team at least (Source MPA user guide, "Create an approval team").
   */
  public static readonly LEAST_APPROVERS = 3;

  /**
   * Approvals at least that a team asks for (Source MPA user guide, "Create an approval team").
   */
  public static readonly LEAST_APPROVALS = 2;

  /**
   * Hours that a team has to agree (Source B7.5/9).
   */
  public static readonly SESSION_HOURS = 24;

  private constructor() {}
}
