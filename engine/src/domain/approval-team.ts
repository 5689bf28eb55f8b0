/**
 * Teams of multi-party approval: who is in them, and the states they are in.
 *
 * Pure: shapes.
 * Units    `…At` are Instants.
 * Source   API model 2022-07-26 of mpa; MPA user guide, "Team health" (read 2026-11-27).
 * Spec     approval-teams.md
 */
import type { Environment } from '@holdfast/model';
import { type Instant, NEVER } from '../kernel/instant';
import type { ApprovalSession } from './restore-access';

export type TeamStatus = 'ACTIVE' | 'INACTIVE' | 'DELETING' | 'PENDING';

export type TeamStatusCode =
  | 'VALIDATING'
  | 'PENDING_ACTIVATION'
  | 'FAILED_VALIDATION'
  | 'UPDATE_PENDING_APPROVAL'
  | 'UPDATE_PENDING_ACTIVATION'
  | 'UPDATE_FAILED_APPROVAL'
  | 'UPDATE_FAILED_VALIDATION'
  | 'DELETE_PENDING_APPROVAL'
  | 'DELETE_FAILED_APPROVAL';

/** Somebody who approves. */
export interface Approver {
  readonly id: string;
  readonly identityId: string;
  readonly sourceArn: string;
  /** When the invitation was accepted. */
  respondedAt: Instant | undefined;
  lastActivity: 'VOTED' | 'BASELINED' | 'RESPONDED_TO_INVITATION' | undefined;
  lastActivityAt: Instant | undefined;
  /** A session that asks whether the approver is still there. */
  baseline: ApprovalSession | undefined;
}

/** What an update of a team may change. */
export interface TeamTerms {
  readonly description: string;
  readonly minApprovals: number;
  readonly approvers: readonly Approver[];
}

/** An update that is not in force: it waits, or failed. */
export interface TeamDraft {
  readonly versionId: string;
  readonly terms: TeamTerms;
  readonly initiatedAt: Instant;
  statusCode: TeamStatusCode;
  session: ApprovalSession | undefined;
}

/** What CreateApprovalTeam fixes for ever. */
export interface NewTeam {
  readonly env: Environment;
  readonly name: string;
  /** ARNs with the version that was asked for. */
  readonly policies: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
  readonly clientToken: string | undefined;
}

export class ApprovalTeam {
  status: TeamStatus = 'PENDING';
  statusCode: TeamStatusCode | undefined = 'VALIDATING';
  draft: TeamDraft | undefined;
  /** The session of the draft or of the deletion, the latest of them. */
  session: ApprovalSession | undefined;
  /** Days between the team's consent to its deletion and the deletion. */
  pendingWindowDays = 0;
  deleted = false;
  /** When its next step is due that nobody has to ask for. */
  movesAt: Instant = NEVER;

  constructor(
    readonly number: number,
    readonly arn: string,
    readonly place: number,
    readonly made: NewTeam,
    public versionId: string,
    public terms: TeamTerms,
    readonly createdAt: Instant,
    public updatedAt: Instant = createdAt,
  ) {}
}

/** Where approvers come from: an instance of IAM Identity Center. */
export interface IdentitySource {
  readonly arn: string;
  readonly env: Environment;
  readonly instanceArn: string;
  readonly instanceRegion: string;
  readonly clientToken: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Instant;
}

/** Source: CloudTrail examples: an account has one, and it is called after what it is. */
export function sourceArn({ partition, region, account }: Environment): string {
  return `arn:${partition}:mpa:${region}:${account}:identity-source/IamIdentityCenter`;
}
