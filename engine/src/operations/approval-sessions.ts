/**
 * Sessions that calls of multi-party approval name, and how they are shown.
 *
 * Pure: reads the World.
 * Source   API model 2022-07-26 of mpa: GetSessionResponse, Filter; MPA user guide, examples of CloudTrail events.
 * Spec     ../domain/approval-teams.md
 */
import type { ApprovalRequest, ApprovalSession } from '../domain/restore-access';
import { subjectOf } from '../domain/restore-access-runs';
import type { WorldState } from '../domain/world-state';
import { dateOf, NEVER, tryParseInstant } from '../kernel/instant';
import { notFound, refuseElsewhere, refuseOthers } from './approval-teams';
import { given } from './backup/shapes';
import type { Caller } from './caller';
import type * as api from './generated/mpa';
import { invalid, needed } from './validation';

/** Source: `mpa:RequestedOperation` of the policy that AWS has for teams. Assumed: those that it does not name. */
const ACTIONS: Readonly<Record<Exclude<ApprovalRequest['kind'], 'team'>, string>> = {
  grant: 'backup:CreateRestoreAccessBackupVault',
  revoke: 'backup:RevokeRestoreAccessBackupVault',
  update: 'mpa:UpdateApprovalTeam',
  deletion: 'mpa:StartActiveApprovalTeamDeletion',
  baseline: 'mpa:StartApprovalTeamBaseline',
};

export function findSession(state: WorldState, caller: Caller, arn: string | undefined): ApprovalSession {
  refuseElsewhere(caller);
  const asked = needed(arn, 'SessionArn');
  refuseOthers(caller, asked);
  const session = state.access.list().find((one) => one.arn === asked);
  if (session === undefined) {
    throw notFound(asked);
  }
  return session;
}

export function actionOf({ request }: ApprovalSession): string {
  if (request.kind !== 'team') {
    return ACTIONS[request.kind];
  }
  const verb = request.teamArn === undefined ? 'Disassociate' : 'Associate';
  return `backup:${verb}BackupVaultMpaApprovalTeam`;
}

/** What GetSession and ListSessions have in common. */
export function showSession(state: WorldState, session: ApprovalSession) {
  const { request, endedAt } = session;
  const team = state.approvalTeams.tryFind(session.teamArn);
  const subject = subjectOf(request);
  const own = 'approvalTeam' in request;
  return given({
    SessionArn: session.arn,
    ApprovalTeamName: team?.made.name,
    ApprovalTeamArn: session.teamArn,
    InitiationTime: dateOf(session.initiatedAt),
    ExpirationTime: dateOf(session.expiresAt),
    CompletionTime: endedAt === NEVER ? undefined : dateOf(endedAt),
    Description: team?.terms.description,
    ActionName: actionOf(session),
    ProtectedResourceArn: protectedArn(session),
    RequesterServicePrincipal: own ? 'mpa.amazonaws.com' : 'backup.amazonaws.com',
    RequesterRegion: subject.made.env.region,
    RequesterAccountId: session.requester,
    Status: statusOf(session),
    StatusCode: codeOf(session),
    StatusMessage: session.statusMessage === '' ? undefined : session.statusMessage,
    ActionCompletionStrategy: 'AUTO_COMPLETION_UPON_APPROVAL' as const,
  });
}

/** What a team guards by its answer: the vault, where access to it is asked for. */
export function protectedArn({ request }: ApprovalSession): string {
  return request.kind === 'grant' ? request.access.made.source.arn : subjectOf(request).arn;
}

/** Source: CloudTrail examples: what its owner, or a change of the team, ended is CANCELLED. */
export function statusOf({ status, end }: ApprovalSession): NonNullable<api.GetSessionResponse['Status']> {
  return end === 'CANCELLED' || end === 'CONFIGURATION_CHANGED' || end === 'TEAM_DELETED' || end === 'GIVEN_UP'
    ? 'CANCELLED'
    : status;
}

/** The API has fewer codes than there are ends. */
function codeOf({ end }: ApprovalSession): api.GetSessionResponse['StatusCode'] {
  switch (end) {
    case 'REJECTED':
    case 'EXPIRED':
    case 'CONFIGURATION_CHANGED':
    case 'ALL_APPROVERS_IN_SESSION':
      return end;
    default:
      return undefined;
  }
}

type Filter = NonNullable<api.ListSessionsRequest['Filters']>[number];

/**
 * What a filter lets pass.
 *
 * Source   API of mpa, Filter: operators of each field.
 * @throws AwsFault for an operator that the field does not have, and for a value that is none of it
 */
export function filterOf({ FieldName, Operator, Value = '' }: Filter): (session: ApprovalSession) => boolean {
  switch (FieldName) {
    case 'ActionName':
      return ofText(Operator, Value, actionOf) ?? unsupported(FieldName, Operator);
    case 'SessionStatus':
      return (
        (/CONTAINS/.test(Operator ?? '') ? undefined : ofText(Operator, Value, statusOf)) ??
        unsupported(FieldName, Operator)
      );
    case 'InitiationTime':
      return ofTime(Operator, Value) ?? unsupported(FieldName, Operator);
    default:
      return unsupported(FieldName, Operator);
  }
}

type Passes = ((session: ApprovalSession) => boolean) | undefined;

function ofText(operator: Filter['Operator'], value: string, textOf: (session: ApprovalSession) => string): Passes {
  switch (operator) {
    case 'EQ':
      return (session) => textOf(session) === value;
    case 'NE':
      return (session) => textOf(session) !== value;
    case 'CONTAINS':
      return (session) => textOf(session).includes(value);
    case 'NOT_CONTAINS':
      return (session) => !textOf(session).includes(value);
    default:
      return undefined;
  }
}

function ofTime(operator: Filter['Operator'], value: string): Passes {
  if (operator === 'BETWEEN') {
    const [from, to] = endsOf(value);
    return ({ initiatedAt }) => initiatedAt >= from && initiatedAt <= to;
  }
  const at = timeOf(value);
  switch (operator) {
    case 'GT':
      return ({ initiatedAt }) => initiatedAt > at;
    case 'GTE':
      return ({ initiatedAt }) => initiatedAt >= at;
    case 'LT':
      return ({ initiatedAt }) => initiatedAt < at;
    case 'LTE':
      return ({ initiatedAt }) => initiatedAt <= at;
    default:
      return undefined;
  }
}

function unsupported(field: string | undefined, operator: string | undefined): never {
  throw invalid(`The operator ${operator} is not supported for the filter ${field}.`);
}

/** Source: API of mpa, Filter: `a AND b`, both inclusive. */
function endsOf(text: string): [number, number] {
  const ends = text.split(/ and /i);
  if (ends.length !== 2) {
    throw invalid(`The value of BETWEEN must be two values with AND between them, got '${text}'.`);
  }
  return ends.map(timeOf) as [number, number];
}

function timeOf(text: string): number {
  // What is finer than the clock of a World does not count.
  const at = tryParseInstant(text.trim().replace(/(\.\d{3})\d+/, '$1'));
  if (at === undefined) {
    throw invalid(`The value of InitiationTime must be a time of ISO 8601, got '${text}'.`);
  }
  return at;
}
