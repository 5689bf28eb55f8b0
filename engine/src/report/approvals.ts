/**
 * What approval teams are asked, as it is shown: in process and by control.
 *
 * Pure.
 * Units    instants are ISO 8601 text.
 * Source   B7.5/8, B7.5/9; ../domain/restore-access.md, ../domain/approval-teams.md
 */
import type { ApprovalSession, ApprovalStatus } from '../domain/restore-access';
import { subjectOf } from '../domain/restore-access-runs';
import { shortInstant } from '../kernel/instant';

/** Something that an approval team is to agree to. */
export interface ApprovalView {
  readonly sessionArn: string;
  readonly teamArn: string;
  /**
   * `team`: another team, or none, for the vault. `grant` and `revoke`: a restore access vault. `update`, `deletion` and
   * `baseline`: the team itself.
   */
  readonly kind: 'team' | 'grant' | 'revoke' | 'update' | 'deletion' | 'baseline';
  /** ARN of the vault that asks for another team, of the restore access vault, or of the team. */
  readonly subjectArn: string;
  /** Account that asked. */
  readonly requester: string;
  readonly comment: string | undefined;
  readonly status: ApprovalStatus;
  readonly initiatedAt: string;
  /** When it fails unless the team agrees before: a day later. */
  readonly expiresAt: string;
}

export function approvalView(session: ApprovalSession): ApprovalView {
  const { request } = session;
  return {
    sessionArn: session.arn,
    teamArn: session.teamArn,
    kind: request.kind,
    subjectArn: subjectOf(request).arn,
    requester: session.requester,
    comment: session.comment,
    status: session.status,
    initiatedAt: shortInstant(session.initiatedAt),
    expiresAt: shortInstant(session.expiresAt),
  };
}

/**
 * A session that waits.
 *
 * @throws RangeError when there is none of that ARN
 */
export function pendingSession(sessions: readonly ApprovalSession[], arn: string): ApprovalSession {
  const waiting = sessions.filter(({ status }) => status === 'PENDING');
  const session = waiting.find((one) => one.arn === arn);
  if (session === undefined) {
    const those = waiting.map((one) => one.arn).join(', ') || 'none';
    throw new RangeError(`sessionArn must be a PENDING session (now ${those}), got '${arn}'`);
  }
  return session;
}
