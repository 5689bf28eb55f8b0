/**
 * Control of approval teams: what they are asked, and what they answer, for which AWS has a portal and no call.
 *
 * Pure.
 * Spec     ../domain/approval-teams.md
 */
import { approvalView, pendingSession } from '../report/approvals';
import type { Controlled } from './control';
import { ControlFault, fieldsOf } from './control-body';

export function listApprovals({ state }: Controlled): object {
  return { schema: 'holdfast.approvals/1', approvals: state.access.list().map(approvalView) };
}

/** `{"session": ARN, "answer": "approve"}`, or `"deny"`; the answer has that session. */
export function answerApproval({ state }: Controlled, body: unknown): object {
  const { session: arn, answer } = fieldsOf(body);
  if (answer !== 'approve' && answer !== 'deny') {
    throw new ControlFault(`answer must be approve or deny, got ${JSON.stringify(answer)}`);
  }
  const session = pending(state, String(arn));
  state.access.decide(session, answer === 'approve');
  return { schema: 'holdfast.approvals/1', approvals: [approvalView(session)] };
}

function pending(state: Controlled['state'], arn: string) {
  try {
    return pendingSession(state.access.list(), arn);
  } catch (error) {
    throw error instanceof RangeError ? new ControlFault(error.message, 404) : error;
  }
}
