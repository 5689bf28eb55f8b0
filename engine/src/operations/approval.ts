/**
 * What calls about approval teams and restore access have in common.
 *
 * Pure: reads the World.
 * Source   B7.5/8, B7.5/9.
 * Spec     ../domain/restore-access.md
 */
import type { Environment } from '@holdfast/model';
import type { ApprovalSession } from '../domain/restore-access';
import type { Vault } from '../domain/vaults';
import type { WorldState } from '../domain/world-state';
import { dateOf } from '../kernel/instant';
import { AwsFault } from './fault';

/** The team of an air-gapped vault, which is to be asked. Assumed: the texts. */
export function teamOf(state: WorldState, vault: Vault): string {
  refuseStandard(vault);
  const { approvalTeamArn } = vault;
  if (approvalTeamArn === undefined) {
    throw new AwsFault('InvalidRequestException', `Backup vault ${vault.name} has no approval team.`);
  }
  refuseUnready(state, vault.made.env, approvalTeamArn);
  return approvalTeamArn;
}

/**
 * Refuses a team that cannot answer, or not to that account. One of an account whose teams are not made here (mpa) is taken to be there.
 *
 * Source   MPA user guide, "Team health": only an active team responds; B7.5/8: it is shared with the accounts that own and
 *          that recover. Assumed: exceptions and texts.
 */
export function refuseUnready({ approvalTeams, shares }: WorldState, env: Environment, teamArn: string): void {
  const [, partition = '', , , account = ''] = teamArn.split(':');
  const team = approvalTeams.tryFind(teamArn);
  if (team === undefined && approvalTeams.knows({ partition, account })) {
    throw new AwsFault('ResourceNotFoundException', `Approval team ${teamArn} does not exist.`);
  }
  if (team !== undefined && team.status !== 'ACTIVE') {
    throw new AwsFault('InvalidRequestException', `Approval team ${teamArn} is ${team.status}.`);
  }
  const { account: asking } = env;
  if (
    team !== undefined &&
    asking !== account &&
    !shares.teamsWith({ ...team.made.env, account: asking }).includes(team)
  ) {
    throw new AwsFault('InvalidRequestException', `Approval team ${teamArn} is not shared with account ${asking}.`);
  }
}

/** Assumed: the text. */
export function refuseStandard(vault: Vault): void {
  if (!vault.made.airGapped) {
    throw new AwsFault('InvalidRequestException', `${vault.name} is not a logically air-gapped backup vault.`);
  }
}

/** Source B7.5/8: the management account turned it on. Assumed: so it is where no organization was declared; the text. */
export function refuseWithoutMpa(state: WorldState, vault: Vault): void {
  const { organizations } = state.ledger;
  const settings =
    organizations.count === 0 ? organizations.impliedSettings : organizations.of(vault.made.env)?.settings;
  const enabled = settings?.get('isMpaEnabled');
  if (organizations.count === 0 ? enabled === 'false' : enabled !== 'true') {
    throw new AwsFault('InvalidRequestException', 'Multi-party approval is not enabled for the organization.');
  }
}

/** Assumed: one session at a time; the text. */
export function refusePending(session: ApprovalSession | undefined): void {
  if (session?.status === 'PENDING') {
    throw new AwsFault('InvalidRequestException', 'An approval session for this request is in progress.');
  }
}

/** A session as the SDK has those that are not over yet, or ended badly. */
export function showSession(session: ApprovalSession) {
  return {
    MpaSessionArn: session.arn,
    StatusMessage: session.statusMessage,
    InitiationDate: dateOf(session.initiatedAt),
    ExpiryDate: dateOf(session.expiresAt),
  };
}
