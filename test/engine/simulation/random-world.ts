// A World that is drawn from a seed: accounts and Regions, vaults of every kind, keys, roles, resources, plans.
import { BackupVault, Environment, Estate, IamRole, LogicallyAirGappedVault, ServiceSupport } from '@holdfast/model';
import type { DeclaredOrganization, EncryptionKey, OrganizationSettings, StatefulResource } from '@holdfast/model';
import { vaultArn } from '../../../engine/src/domain/vaults';
import { Draw } from './draw';
import { DAY } from './facts';
import { drawComposites } from './random-composites';
import { listenersOf, notificationsOf } from './random-listeners';
import { drawPlan, VaultPlace } from './random-plans';

/** Who calls, and what its policies let it do: action names with `*`. */
export interface Person {
  readonly name: string;
  readonly allowed: readonly string[];
}

export interface RandomWorld {
  readonly seed: number;
  readonly start: number;
  /** How long operators act; quiet days follow. */
  readonly days: number;
  readonly enforceIam: boolean;
  readonly estate: Estate;
  readonly places: readonly Environment[];
  readonly vaults: readonly VaultPlace[];
  /** Roles of people in each account; empty where policies do not decide. */
  readonly people: readonly Person[];
  /** Whether roles and keys are declared, so that they can be taken away. */
  readonly declaresAccess: boolean;
  readonly organizationId: string | undefined;
}

export const ROOT_ID = 'r-sim1';
export const JOB_ROLE = 'backup';

const REGIONS = ['eu-central-1', 'us-east-1', 'ap-southeast-2'];
const ACCOUNTS = ['111111111111', '222222222222', '333333333333', '444444444444'];
const START = Date.UTC(2027, 0, 1);
const PEOPLE: readonly Person[] = [
  { name: 'admin', allowed: ['*'] },
  { name: 'operator', allowed: ['backup:Start*', 'backup:Create*', 'backup:Update*', 'iam:PassRole'] },
  { name: 'cleaner', allowed: ['backup:Delete*', 'backup:Disassociate*', 'backup:CancelLegalHold'] },
  { name: 'auditor', allowed: ['backup:List*', 'backup:Describe*', 'backup:Get*'] },
  { name: 'stranger', allowed: [] },
];
/** Those that are composite are drawn over these. */
const SERVICES = ServiceSupport.all()
  .filter(({ composite }) => !composite)
  .map(({ id }) => id);
const COMMON = ['ebs', 'ec2', 'efs', 's3', 'rds', 'aurora', 'dynamodb-advanced', 'fsx-windows'];

export function roleArn({ partition, account }: Environment, name: string): string {
  return `arn:${partition}:iam::${account}:role/${name}`;
}

export function keyId(place: number): string {
  return `1b2c3d4e-0000-4000-8000-00000000000${place}`;
}

function keyArn(env: Environment, place: number): string {
  return `arn:${env.partition}:kms:${env.region}:${env.account}:key/${keyId(place)}`;
}

export function worldOf(seed: number): RandomWorld {
  const draw = new Draw(seed, 'world');
  const places = drawPlaces(draw);
  const enforceIam = draw.oneIn(3);
  const declaresAccess = enforceIam || draw.oneIn(3);
  const isOrganization = new Set(places.map(({ account }) => account)).size > 1 && draw.oneIn(2);
  const isHeard = draw.oneIn(3);
  const standard = places.flatMap((env, i) => drawVaults(draw, env, i, declaresAccess, isHeard));
  const airGapped = places.filter(() => draw.oneIn(3)).map((env) => drawAirGap(draw, env));
  const vaults = [
    ...standard.map(({ env, backupVaultName: name }) => ({ env, name, airGapped: false })),
    ...airGapped.map(({ env, backupVaultName: name }) => ({ env, name, airGapped: true })),
  ];
  const estate: Estate = {
    vaults: standard,
    logicallyAirGappedVaults: airGapped,
    resources: places.flatMap((env, i) => {
      const resources = drawResources(draw, env, i, declaresAccess);
      return [...resources, ...drawComposites(new Draw(seed, 'composites', i), env, resources)];
    }),
    plans: places.flatMap((env, i) =>
      Array.from({ length: draw.between(i === 0 ? 1 : 0, 2) }, (_, k) =>
        drawPlan(draw, `plan-${i}-${k}`, env, vaults, roleArn(env, JOB_ROLE)),
      ),
    ),
    regionSettings: draw.oneIn(3) ? [drawSettings(draw, places[0] as Environment)] : [],
    keys: declaresAccess ? places.map((env, i) => key(env, i)) : [],
    roles: declaresAccess ? rolesOf(places, enforceIam) : [],
    organizations: isOrganization ? [organization(draw, places)] : [],
    organizationSettings: isOrganization ? [crossAccount(places)] : [],
    ...(isHeard ? listenersOf(places) : {}),
  };
  const people = enforceIam ? PEOPLE : [];
  const organizationId = isOrganization ? 'o-simulation' : undefined;
  const days = draw.between(10, 45);
  const start = START + draw.below(365) * DAY;
  return { seed, start, days, enforceIam, estate, places, vaults, people, declaresAccess, organizationId };
}

/** Accounts times Regions, few of most worlds, so that a run is short. */
function drawPlaces(draw: Draw): Environment[] {
  const accounts = ACCOUNTS.slice(0, draw.pick([1, 1, 1, 2, 2, 3, 4]));
  const regions = REGIONS.slice(0, draw.pick([1, 1, 2, 3]));
  const all = accounts.flatMap((account) => regions.map((region) => ({ partition: 'aws', account, region })));
  return all.filter((_, i) => i === 0 || i === regions.length || draw.oneIn(2)).slice(0, 5);
}

function drawVaults(
  draw: Draw,
  env: Environment,
  place: number,
  declaresAccess: boolean,
  isHeard: boolean,
): BackupVault[] {
  const encrypted = declaresAccess && draw.oneIn(2) ? { encryptionKeyArn: keyArn(env, place) } : {};
  const notified = isHeard ? { notifications: notificationsOf(env) } : {};
  const main: BackupVault = { backupVaultName: 'main', env, ...encrypted, ...notified, accessPolicy: letIn(env) };
  const minRetentionDays = draw.between(1, 7);
  const bounds = {
    minRetentionDays,
    maxRetentionDays: draw.oneIn(3) ? 36_500 : minRetentionDays + draw.between(5, 60),
  };
  const locks = {
    governance: bounds,
    compliance: { ...bounds, changeableForDays: draw.between(3, 20) },
  };
  const kinds = [...(draw.oneIn(2) ? ['governance' as const] : []), ...(draw.oneIn(2) ? ['compliance' as const] : [])];
  return [
    main,
    ...kinds.map((kind) => ({
      backupVaultName: kind,
      env,
      ...notified,
      ...encrypted,
      vaultLock: locks[kind],
      accessPolicy: letIn(env),
    })),
  ];
}

/** B6.3/3: other accounts may copy into it. */
function letIn(env: Environment): unknown {
  const Resource = vaultArn(env, '*');
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: '*', Action: 'backup:CopyIntoBackupVault', Resource }],
  };
}

function drawAirGap(draw: Draw, env: Environment): LogicallyAirGappedVault {
  const minRetentionDays = draw.between(7, 10);
  const maxRetentionDays = draw.between(20, 200);
  return { backupVaultName: 'air-gap', env, minRetentionDays, maxRetentionDays, accessPolicy: letIn(env) };
}

function drawResources(draw: Draw, env: Environment, place: number, declaresAccess: boolean): StatefulResource[] {
  return Array.from({ length: draw.between(1, 3) }, (_, i) => {
    const service = draw.pick(draw.oneIn(4) ? SERVICES : COMMON);
    const name = `one-${i}`;
    const encrypted = declaresAccess && draw.oneIn(2) ? { encryptedWith: keyArn(env, place) } : {};
    return {
      arn: ServiceSupport.arn(service, env, name),
      service,
      resourceType: ServiceSupport.find(service).resourceType,
      name,
      env,
      sizeGiB: draw.pick([0, 1, 20, 300, 2000]),
      dailyChangePercent: draw.pick([0, 1, 10, 100]),
      ...(draw.oneIn(3) ? {} : { tags: { backup: draw.pick(['daily', 'weekly']) } }),
      ...encrypted,
      ...(draw.oneIn(12) ? { state: 'modifying' } : {}),
    };
  });
}

function drawSettings(draw: Draw, env: Environment) {
  return { env, resourceTypeOptInPreference: { [draw.pick(['EBS', 'S3', 'RDS'])]: false } };
}

function key(env: Environment, place: number): EncryptionKey {
  const AWS = `arn:${env.partition}:iam::${env.account}:root`;
  const Statement = [
    { Effect: 'Allow', Principal: { AWS }, Action: 'kms:*', Resource: '*' },
    { Effect: 'Allow', Principal: '*', Action: ['kms:Decrypt', 'kms:CreateGrant'], Resource: '*' },
  ];
  return { env, keyId: keyId(place), keyPolicy: { Version: '2012-10-17', Statement } };
}

/** One role for jobs in each account, and one for each of the people. */
function rolesOf(places: readonly Environment[], people: boolean): IamRole[] {
  const homes = places.filter((env, i) => places.findIndex(({ account }) => account === env.account) === i);
  return homes.flatMap((env) => [
    { env, roleName: JOB_ROLE, trustPolicy: trust('backup.amazonaws.com'), inlinePolicies: [inline(['*'])] },
    ...(people ? PEOPLE : []).map(({ name, allowed }) => ({
      env,
      roleName: name,
      trustPolicy: trust('ec2.amazonaws.com'),
      inlinePolicies: allowed.length === 0 ? [] : [inline(allowed)],
    })),
  ]);
}

export function trust(Service: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
  };
}

function inline(Action: readonly string[]) {
  const document = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
  return { policyName: 'own', document };
}

/** Policies of an organization that deny these; its description says which. */
export const DENIED_BY_ORGANIZATION = ['backup:Delete*', 'backup:Put*', 'backup:Update*'];

export function denying(Action: string): object {
  return { Version: '2012-10-17', Statement: [{ Sid: 'Keep', Effect: 'Deny', Action, Resource: '*' }] };
}

/** The first account manages the others; its policies are attached from the start, later, or never. */
function organization(draw: Draw, places: readonly Environment[]): DeclaredOrganization {
  const env = places[0] as Environment;
  const others = [...new Set(places.map(({ account }) => account))].slice(1);
  return {
    env,
    organizationId: 'o-simulation',
    rootId: ROOT_ID,
    enabledPolicyTypes: ['SERVICE_CONTROL_POLICY'],
    policies: DENIED_BY_ORGANIZATION.map((action, i) => ({
      policyId: `p-simulation${i}`,
      policyName: `deny ${action.replace(/[:*]/g, ' ').trim()}`,
      policyType: 'SERVICE_CONTROL_POLICY',
      content: denying(action),
      targetIds: draw.oneIn(2) ? [draw.pick([ROOT_ID, ...others])] : [],
    })),
    members: others.map((accountId, i) => ({
      accountId,
      accountName: `member-${i}`,
      email: `member-${i}@example.com`,
      parentId: ROOT_ID,
    })),
  };
}

function crossAccount(places: readonly Environment[]): OrganizationSettings {
  return { env: places[0] as Environment, settings: { isCrossAccountBackupEnabled: true } };
}
