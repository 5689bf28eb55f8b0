/**
 * Teams and identity sources that calls of multi-party approval name, and how they are shown.
 *
 * Pure: reads the World.
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Create an approval team", "Update an approval team". Assumed: the texts.
 * Spec     ../domain/approval-teams.md
 */
import { MultiPartyApproval } from '@holdfast/model';
import type { ApprovalTeam, Approver, IdentitySource, TeamTerms } from '../domain/approval-team';
import type { NamedApprover } from '../domain/approval-teams';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { given, toDate } from './backup/shapes';
import type { Caller } from './caller';
import { AwsFault } from './fault';
import type * as api from './generated/mpa';
import { invalid, needed } from './validation';

/**
 * Refuses calls where there is no multi-party approval.
 *
 * Source   B7.5/8. Assumed: what a Region without the service answers, and that other partitions have it everywhere.
 */
export function refuseElsewhere({ partition, region }: Caller): void {
  if (partition === 'aws' && region !== MultiPartyApproval.REGION) {
    throw invalid(`Multi-party approval is available in ${MultiPartyApproval.REGION} alone, got ${region}.`);
  }
}

/**
 * Refuses what only who administers an organization may do.
 *
 * Source   MPA user guide, "Set up Multi-party approval": the management account. Assumed: nobody is refused where no
 *          organization was declared; the exception.
 */
export function refuseMembers({ ledger }: WorldState, caller: Caller): void {
  refuseElsewhere(caller);
  const { organizations } = ledger;
  if (organizations.count > 0 && organizations.of(caller)?.managementAccount !== caller.account) {
    throw new AwsFault('AccessDeniedException', 'The account is not the management account of an organization.');
  }
}

/** A thing of multi-party approval that is not there. */
export function notFound(arn: string): AwsFault {
  return new AwsFault('ResourceNotFoundException', `Cannot find ${arn}.`);
}

/** Assumed: the exception. */
export function conflict(message: string): AwsFault {
  return new AwsFault('ConflictException', message);
}

/** A team of the account. */
export function findTeam(state: WorldState, caller: Caller, arn: string | undefined): ApprovalTeam {
  refuseElsewhere(caller);
  const asked = needed(arn, 'Arn');
  refuseOthers(caller, asked);
  const team = state.approvalTeams.tryFind(asked);
  if (team === undefined) {
    throw notFound(asked);
  }
  return team;
}

/** A team that the account sees: its own, or one that AWS RAM shares with it. Assumed: who may see it may not change it. */
export function findSeen(state: WorldState, caller: Caller, arn: string | undefined): ApprovalTeam {
  return state.shares.teamsWith(caller).find((team) => team.arn === arn) ?? findTeam(state, caller, arn);
}

export function findSource(state: WorldState, caller: Caller, arn: string | undefined): IdentitySource {
  refuseElsewhere(caller);
  const asked = needed(arn, 'IdentitySourceArn');
  refuseOthers(caller, asked);
  const source = state.approvalTeams.source(caller);
  if (source?.arn !== asked) {
    throw notFound(asked);
  }
  return source;
}

/** Assumed: the exception for what is another account's. */
export function refuseOthers({ account }: Caller, arn: string): void {
  const owner = arn.split(':')[4];
  if (owner !== account) {
    throw new AwsFault('AccessDeniedException', `${arn} is not of account ${account}.`);
  }
}

/** The team or identity source of a call about tags, with the tags that it was made with. */
export function findApprovalTagged(
  state: WorldState,
  caller: Caller,
  arn: string | undefined,
): { readonly arn: string; readonly tags: Readonly<Record<string, string>> } {
  const asked = needed(arn, 'ResourceArn');
  const isTeam = asked.includes(':approval-team/');
  const tags = isTeam ? findTeam(state, caller, asked).made.tags : findSource(state, caller, asked).tags;
  return { arn: asked, tags: state.ledger.changedTags.of(asked, tags) };
}

/** Approvers as a call names them. Assumed: the texts. */
export function namedApprovers(approvers: api.ApprovalTeamRequestApprovers): NamedApprover[] {
  if (approvers.length < MultiPartyApproval.LEAST_APPROVERS) {
    throw invalid(`Approvers must be at least ${MultiPartyApproval.LEAST_APPROVERS}, got ${approvers.length}.`);
  }
  const named = approvers.map(({ PrimaryIdentityId, PrimaryIdentitySourceArn }) => ({
    identityId: needed(PrimaryIdentityId, 'PrimaryIdentityId'),
    sourceArn: needed(PrimaryIdentitySourceArn, 'PrimaryIdentitySourceArn'),
  }));
  const ids = named.map(({ identityId, sourceArn }) => `${sourceArn} ${identityId}`);
  const twice = named.find((_, index) => ids.indexOf(ids[index] ?? '') < index);
  if (twice !== undefined) {
    throw invalid(`Approvers must be different, got ${twice.identityId} twice.`);
  }
  return named;
}

export function minApprovals(strategy: api.ApprovalStrategy | undefined): number {
  return needed(strategy?.MofN?.MinApprovalsRequired, 'ApprovalStrategy.MofN.MinApprovalsRequired');
}

/** Source: MPA user guide, at least two. Assumed: no more than there are approvers. */
export function refuseThreshold(needed: number, approvers: number): void {
  const least = MultiPartyApproval.LEAST_APPROVALS;
  if (needed < least || needed > approvers) {
    throw invalid(`MinApprovalsRequired must be ${least} to ${approvers}, the number of approvers, got ${needed}.`);
  }
}

export function strategyOf({ minApprovals }: TeamTerms): api.ApprovalStrategyResponse {
  return { MofN: { MinApprovalsRequired: minApprovals } };
}

/** What GetApprovalTeam and ListApprovalTeams have in common. */
export function showTeam({ arn, made, terms, status, statusCode, createdAt }: ApprovalTeam) {
  return {
    CreationTime: dateOf(createdAt),
    ApprovalStrategy: strategyOf(terms),
    NumberOfApprovers: terms.approvers.length,
    Arn: arn,
    Name: made.name,
    Description: terms.description,
    Status: status,
    StatusCode: statusCode,
  };
}

export function showApprovers(approvers: readonly Approver[]): api.GetApprovalTeamResponseApprovers {
  return approvers.map((approver) =>
    given({
      ApproverId: approver.id,
      ResponseTime: toDate(approver.respondedAt),
      PrimaryIdentityId: approver.identityId,
      PrimaryIdentitySourceArn: approver.sourceArn,
      PrimaryIdentityStatus: approver.respondedAt === undefined ? ('PENDING' as const) : ('ACCEPTED' as const),
      LastActivity: approver.lastActivity,
      LastActivityTime: toDate(approver.lastActivityAt),
      PendingBaselineSessionArn: approver.baseline?.status === 'PENDING' ? approver.baseline.arn : undefined,
    }),
  );
}

/** What GetIdentitySource and ListIdentitySources say. */
export function showSource(state: WorldState, source: IdentitySource) {
  return {
    IdentitySourceType: 'IAM_IDENTITY_CENTER' as const,
    IdentitySourceParameters: {
      IamIdentityCenter: { InstanceArn: source.instanceArn, Region: source.instanceRegion },
    },
    IdentitySourceArn: source.arn,
    CreationTime: dateOf(source.createdAt),
    Status: state.approvalTeams.isActive(source) ? ('ACTIVE' as const) : ('CREATING' as const),
  };
}
