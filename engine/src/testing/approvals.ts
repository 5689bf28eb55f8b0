/**
 * What approval teams are asked, and their answers.
 *
 * Source   B7.5/8, B7.5/9; ../domain/restore-access.md.
 */
import type { WorldState } from '../domain/world-state';
import { ApprovalView, approvalView, pendingSession } from '../report/approvals';
import type { Keeping } from './recording';

/** Answers for the people of approval teams. */
export class Approvals {
  constructor(
    private readonly state: WorldState,
    private readonly keeping: Keeping,
  ) {}

  /** Every session, oldest first. */
  list(): ApprovalView[] {
    return this.state.access.list().map(approvalView);
  }

  /**
   * The team agrees.
   *
   * @param sessionArn a session that is PENDING
   * @throws RangeError when there is none
   */
  approve(sessionArn: string): void {
    this.decide(sessionArn, true);
  }

  /**
   * The team does not agree.
   *
   * @param sessionArn a session that is PENDING
   * @throws RangeError when there is none
   */
  deny(sessionArn: string): void {
    this.decide(sessionArn, false);
  }

  private decide(session: string, agreed: boolean): void {
    const pending = pendingSession(this.state.access.list(), session);
    this.keeping.keep({ do: agreed ? 'approve' : 'deny', session }, () => this.state.access.decide(pending, agreed));
  }
}
