/**
 * Restore access vaults, and the sessions in which approval teams agree to things.
 *
 * Pure: shapes.
 * Units    `…At` are Instants.
 * Source   B7.5/8, B7.5/9; API: RestoreAccessBackupVaultListMember, LatestMpaApprovalTeamUpdate.
 * Spec     restore-access.md
 */
import type { Environment } from '@holdfast/model';
import type { Instant } from '../kernel/instant';
import { NEVER } from '../kernel/instant';
import type { ApprovalTeam } from './approval-team';
import type { Vault } from './vaults';

/** What CreateRestoreAccessBackupVault fixes for ever. */
export interface NewRestoreAccess {
  readonly env: Environment;
  readonly name: string;
  readonly source: Vault;
  readonly tags: Readonly<Record<string, string>>;
  readonly creatorRequestId: string | undefined;
  readonly comment: string | undefined;
}

/** A way of an account into a logically air-gapped vault. */
export class RestoreAccess {
  state: 'CREATING' | 'AVAILABLE' | 'FAILED' = 'CREATING';
  approvedAt: Instant = NEVER;
  /** The session that asks the team for the access. */
  session: ApprovalSession | undefined;
  /** The session that asks the team to take the access away, the latest of them. */
  revocation: ApprovalSession | undefined;

  constructor(
    readonly arn: string,
    readonly place: number,
    readonly made: NewRestoreAccess,
    readonly createdAt: Instant,
  ) {}
}

/** What a team is asked to agree to. */
export type ApprovalRequest =
  | { readonly kind: 'team'; readonly vault: Vault; readonly teamArn: string | undefined }
  | { readonly kind: 'grant' | 'revoke'; readonly access: RestoreAccess }
  | TeamRequest;

/** What a team is asked about itself: its draft, its end, or whether these approvers are still there. */
export interface TeamRequest {
  readonly kind: 'update' | 'deletion' | 'baseline';
  readonly approvalTeam: ApprovalTeam;
  /** Ids of the approvers who are asked; everybody but for a baseline. */
  readonly approvers: readonly string[];
}

/** As AWS Backup has them; how it ended is told by `end`. */
export type ApprovalStatus = 'PENDING' | 'APPROVED' | 'FAILED';

/** How a session ended. */
export type SessionEnd =
  | 'APPROVED'
  | 'REJECTED'
  | 'EXPIRED'
  | 'CANCELLED'
  | 'CONFIGURATION_CHANGED'
  | 'TEAM_DELETED'
  | 'ALL_APPROVERS_IN_SESSION'
  | 'GIVEN_UP';

export class ApprovalSession {
  status: ApprovalStatus = 'PENDING';
  statusMessage = '';
  end: SessionEnd | undefined;
  /** What approvers said, by their ids; nobody of a team that was not made here. */
  readonly responses = new Map<string, 'APPROVED' | 'REJECTED'>();
  endedAt: Instant = NEVER;

  constructor(
    readonly number: number,
    readonly arn: string,
    readonly teamArn: string,
    readonly request: ApprovalRequest,
    readonly comment: string | undefined,
    /** Account that asked. */
    readonly requester: string,
    readonly initiatedAt: Instant,
    readonly expiresAt: Instant,
  ) {}
}
