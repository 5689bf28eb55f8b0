/**
 * What approval teams are asked, and their answers.
 *
 * Source   B7.5/8, B7.5/9; ../domain/restore-access.md.
 */
import type { ApprovalSession, ApprovalStatus } from '../domain/restore-access';
import type { WorldState } from '../domain/world-state';
import { shortInstant } from '../kernel/instant';
import type { Keeping } from './recording';

/** Something that the approval team of a logically air-gapped vault is to agree to. */
export interface ApprovalView {
  readonly sessionArn: string;
  readonly teamArn: string;
  /** `team`: another team, or none, for the vault. `grant` and `revoke`: a restore access vault. */
  readonly kind: 'team' | 'grant' | 'revoke';
  /** ARN of the vault that asks for another team, or of the restore access vault. */
  readonly subjectArn: string;
  /** Account that asked. */
  readonly requester: string;
  readonly comment: string | undefined;
  readonly status: ApprovalStatus;
  readonly initiatedAt: string;
  /** When it fails unless the team agrees before: a day later. */
  readonly expiresAt: string;
}

/** Answers for the people of approval teams. */
export class Approvals {
  constructor(
    private readonly state: WorldState,
    private readonly keeping: Keeping,
  ) {}

  /** Every session, oldest first. */
  list(): ApprovalView[] {
    return this.state.access.list().map((session) => {
      const { request } = session;
      return {
        sessionArn: session.arn,
        teamArn: session.teamArn,
        kind: request.kind,
        subjectArn: request.kind === 'team' ? request.vault.arn : request.access.arn,
        requester: session.requester,
        comment: session.comment,
        status: session.status,
        initiatedAt: shortInstant(session.initiatedAt),
        expiresAt: shortInstant(session.expiresAt),
      };
    });
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
    const pending = this.pending(session);
    this.keeping.keep({ do: agreed ? 'approve' : 'deny', session }, () => this.state.access.decide(pending, agreed));
  }

  private pending(sessionArn: string): ApprovalSession {
    const waiting = this.state.access.list().filter(({ status }) => status === 'PENDING');
    const session = waiting.find(({ arn }) => arn === sessionArn);
    if (session === undefined) {
      const those = waiting.map(({ arn }) => arn).join(', ') || 'none';
      throw new RangeError(`sessionArn must be a PENDING session (now ${those}), got '${sessionArn}'`);
    }
    return session;
  }
}
