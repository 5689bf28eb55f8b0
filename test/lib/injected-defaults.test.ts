import { BackupKey, BackupKeyDefaults, Vault, VaultDefaults, VaultDefaultsProps, VaultEncryption } from '@holdfast/cdk';
import { Template } from 'aws-cdk-lib/assertions';
import * as kms from 'aws-cdk-lib/aws-kms';
import { App, Duration, Lazy, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib/core';
import { Construct, IConstruct } from 'constructs';
import { annotations, refusal, stackOf } from './support/stacks';

const WHO = 'Example Corp, backup policy 2.1';

function give(scope: IConstruct, props: VaultDefaultsProps): void {
  PropertyInjectors.of(scope).add(new VaultDefaults({ demandedBy: WHO, ...props }));
}

/** What the template says of the only vault. */
function vaultOf(stack: Stack): Record<string, unknown> {
  const [vault] = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupVault'));
  return vault!.Properties as Record<string, unknown>;
}

test('a default fills what the author leaves open', () => {
  const stack = stackOf();
  give(stack, { defaults: { vaultLock: { minRetentionDays: 7 }, removalPolicy: RemovalPolicy.DESTROY } });
  new Vault(stack, 'Vault', { backupVaultName: 'main', removalPolicy: undefined });
  expect(vaultOf(stack).LockConfiguration).toEqual({ MinRetentionDays: 7 });
  Template.fromStack(stack).allResources('AWS::Backup::BackupVault', { DeletionPolicy: 'Delete' });
});

test('what the author says wins over a default, field by field and tag by tag', () => {
  const stack = stackOf();
  give(stack, {
    defaults: {
      vaultLock: { minRetentionDays: 7, maxRetentionDays: 400 },
      tags: { owner: 'platform', stage: 'prod' },
      outputDateOfNoReturn: true,
    },
  });
  new Vault(stack, 'Vault', {
    backupVaultName: 'main',
    vaultLock: { minRetentionDays: 30 },
    tags: { owner: 'shop' },
  });
  expect(vaultOf(stack)).toMatchObject({
    LockConfiguration: { MinRetentionDays: 30, MaxRetentionDays: 400 },
    BackupVaultTags: { owner: 'shop', stage: 'prod' },
  });
});

test('a default of one property gives way to another that excludes it', () => {
  const stack = stackOf();
  give(stack, { defaults: { encryption: VaultEncryption.awsManaged() } });
  const encryptionKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/mine');
  new Vault(stack, 'Vault', { backupVaultName: 'main', encryptionKey });
  expect(vaultOf(stack).EncryptionKeyArn).toBe('arn:aws:kms:eu-central-1:111122223333:key/mine');
});

test('a mandate is set where the author says nothing, beside what the author says', () => {
  const stack = stackOf();
  give(stack, { mandates: { vaultLock: { minRetentionDays: 35 }, tags: { owner: 'platform' } } });
  new Vault(stack, 'Vault', {
    backupVaultName: 'main',
    vaultLock: { minRetentionDays: 35, maxRetentionDays: 400 },
    tags: { stage: 'prod' },
  });
  expect(vaultOf(stack)).toMatchObject({
    LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 400 },
    BackupVaultTags: { owner: 'platform', stage: 'prod' },
  });
});

test('fails where the author says something else than a mandate, all of it at once', () => {
  const stack = stackOf();
  give(stack, {
    mandates: {
      vaultLock: { minRetentionDays: 35 },
      removalPolicy: RemovalPolicy.RETAIN,
      encryption: VaultEncryption.customerManaged(),
    },
  });
  const declare = () =>
    new Vault(stack, 'Vault', {
      backupVaultName: 'main',
      vaultLock: { minRetentionDays: 7 },
      removalPolicy: RemovalPolicy.DESTROY,
      encryption: VaultEncryption.awsManaged(),
    });
  expect(refusal(declare)).toBe(
    [
      'S/Vault: 3 value(s) that Example Corp, backup policy 2.1 refuses',
      '  vaultLock.minRetentionDays must be the mandated 35, got 7 [mandate-value] (Example Corp, backup policy 2.1)',
      '  removalPolicy must be the mandated retain, got destroy [mandate-value] (Example Corp, backup policy 2.1)',
      '  encryption must be the mandated VaultEncryption(CUSTOMER_MANAGED), got VaultEncryption(AWS_MANAGED) [mandate-value] (Example Corp, backup policy 2.1)',
    ].join('\n'),
  );
  expect(stack.node.tryFindChild('Vault')).toBeUndefined();
});

test('a mandated customer managed key is any, of whichever property and whoever made the vault', () => {
  const stack = stackOf();
  const key = new kms.Key(stack, 'Mine');
  give(stack, { mandates: { encryption: VaultEncryption.customerManaged() } });
  new Vault(stack, 'ByKey', { backupVaultName: 'by-key', encryptionKey: key });
  new Vault(stack, 'ByEncryption', {
    backupVaultName: 'by-encryption',
    encryption: VaultEncryption.customerManaged(key),
  });
  const { encryptionKey: own } = new Vault(stack, 'Own', { backupVaultName: 'own' });
  expect(own.node.path).toBe('S/Own/Key');
  const keys = Object.values(Template.fromStack(stack).findResources('AWS::Backup::BackupVault')).map(
    ({ Properties }) => Properties.EncryptionKeyArn as unknown,
  );
  expect(keys).toEqual([stack.resolve(key.keyArn), stack.resolve(key.keyArn), stack.resolve(own.keyArn)]);
});

test('a mandated key may be said in either property', () => {
  const stack = stackOf();
  const key = new kms.Key(stack, 'Company');
  give(stack, { mandates: { encryptionKey: key } });
  const encryption = VaultEncryption.customerManaged(key);
  expect(() => new Vault(stack, 'Vault', { backupVaultName: 'main', encryption })).not.toThrow();
});

test('fails where the author says what excludes a mandate', () => {
  const stack = stackOf();
  const companyKey = kms.Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:eu-central-1:111122223333:key/company');
  give(stack, { mandates: { encryption: VaultEncryption.customerManaged(companyKey) } });
  const encryptionKey = new kms.Key(stack, 'Mine');
  expect(refusal(() => new Vault(stack, 'Vault', { backupVaultName: 'main', encryptionKey }))).toBe(
    `S/Vault: 1 value(s) that ${WHO} refuses\n` +
      `  encryptionKey must be left out beside the mandated encryption, got S/Mine [mandate-value] (${WHO})`,
  );
});

test('fails for a value that only the deployment knows, as nobody could tell whether it is the mandated one', () => {
  const stack = stackOf();
  give(stack, { mandates: { vaultLock: { minRetentionDays: 35 } } });
  const minRetentionDays = Lazy.number({ produce: () => 7 });
  expect(
    refusal(() => new Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays } })),
  ).toContain(
    '  vaultLock.minRetentionDays must be the mandated 35, got what only the deployment knows [mandate-value]',
  );
});

test('a value that says the same as the mandate passes, whoever made it', () => {
  const stack = stackOf();
  const token = Lazy.number({ produce: () => 7 });
  give(stack, {
    mandates: {
      encryption: VaultEncryption.customerManaged(),
      vaultLock: { minRetentionDays: token },
      notificationEvents: ['COPY_JOB_FAILED'],
    },
  });
  new Vault(stack, 'Vault', {
    backupVaultName: 'main',
    encryption: VaultEncryption.customerManaged(),
    vaultLock: { minRetentionDays: token },
    notificationEvents: ['COPY_JOB_FAILED'],
  });
  PropertyInjectors.of(stack).add(new BackupKeyDefaults({ mandates: { rotationPeriod: Duration.days(180) } }));
  new BackupKey(stack, 'Key', { rotationPeriod: Duration.hours(180 * 24) });
  expect(vaultOf(stack).LockConfiguration).toEqual({ MinRetentionDays: 7 });
});

test('fails for a key that is another construct, a duration that is another time and a list that is another', () => {
  const stack = stackOf();
  const companyKey = new kms.Key(stack, 'Company');
  PropertyInjectors.of(stack).add(new BackupKeyDefaults({ mandates: { rotationPeriod: Duration.days(180) } }));
  give(stack, { mandates: { encryptionKey: companyKey, notificationEvents: ['COPY_JOB_FAILED'] } });
  const other = {
    encryptionKey: new kms.Key(stack, 'Other'),
    notificationEvents: ['COPY_JOB_FAILED', 'BACKUP_JOB_STARTED'],
  };
  expect(refusal(() => new Vault(stack, 'Vault', { backupVaultName: 'main', ...other }))).toBe(
    [
      `S/Vault: 2 value(s) that ${WHO} refuses`,
      `  encryptionKey must be the mandated S/Company, got S/Other [mandate-value] (${WHO})`,
      `  notificationEvents must be the mandated [COPY_JOB_FAILED], got [COPY_JOB_FAILED, BACKUP_JOB_STARTED] [mandate-value] (${WHO})`,
    ].join('\n'),
  );
  expect(refusal(() => new BackupKey(stack, 'Key', { rotationPeriod: Duration.days(90) }))).toBe(
    'S/Key: 1 value(s) that the platform team refuses\n' +
      '  rotationPeriod must be the mandated 180 days, got 90 days [mandate-value] (the platform team)',
  );
});

test('fails for a waiver of a mandate that is not waivable', () => {
  const stack = stackOf();
  give(stack, { mandates: { vaultLock: { minRetentionDays: 35 } } });
  const waivers = [{ rule: 'mandate-value', path: 'vaultLock.*', reason: 'a rehearsal' }];
  const declare = () =>
    new Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 7 }, waivers });
  expect(refusal(declare)).toContain('vaultLock.minRetentionDays must be the mandated 35, got 7');
});

test('a mandate that is waivable gives way to a waiver, whose reason stands in the template', () => {
  const stack = stackOf();
  give(stack, { mandates: { vaultLock: { minRetentionDays: 35 } }, waivable: true });
  const waivers = [{ rule: 'mandate-value', path: 'vaultLock.*', reason: 'a rehearsal' }];
  new Vault(stack, 'Vault', { backupVaultName: 'main', vaultLock: { minRetentionDays: 7 }, waivers });
  expect(vaultOf(stack).LockConfiguration).toEqual({ MinRetentionDays: 7 });
  Template.fromStack(stack).hasResource('AWS::Backup::BackupVault', { Metadata: { Holdfast: { waivers } } });
  expect(annotations(stack, 'info')).toContainEqual(
    `/S: Vault.vaultLock.minRetentionDays must be the mandated 35, got 7 [mandate-value] (${WHO}), waived: a rehearsal`,
  );
});

test('a mandate of the app holds in a stack with defaults and mandates of its own', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  give(app, {
    mandates: { vaultLock: { minRetentionDays: 35 }, tags: { owner: 'platform' } },
    defaults: { tags: { stage: 'prod', cost: '1' } },
  });
  give(stack, {
    defaults: { vaultLock: { minRetentionDays: 7, maxRetentionDays: 90 }, tags: { cost: '2' } },
    mandates: { outputDateOfNoReturn: false },
  });
  new Vault(stack, 'Vault', { backupVaultName: 'main' });
  expect(vaultOf(stack)).toMatchObject({
    LockConfiguration: { MinRetentionDays: 35, MaxRetentionDays: 90 },
    BackupVaultTags: { owner: 'platform', stage: 'prod', cost: '2' },
  });
});

test('of the defaults of three scopes the nearest comes first, then the next', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  const team = new Construct(stack, 'Team');
  give(app, { defaults: { tags: { a: 'app', b: 'app', c: 'app' } } });
  give(stack, { defaults: { tags: { a: 'stack', b: 'stack' } } });
  give(team, { defaults: { tags: { a: 'team' } } });
  new Vault(team, 'Vault', { backupVaultName: 'main' });
  expect(vaultOf(stack).BackupVaultTags).toEqual({ a: 'team', b: 'stack', c: 'app' });
});

test('fails for a mandate of a stack that is another than that of the app', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  give(app, { mandates: { vaultLock: { minRetentionDays: 35 } } });
  give(stack, { mandates: { vaultLock: { minRetentionDays: 7 } }, demandedBy: 'Shop' });
  expect(refusal(() => new Vault(stack, 'Vault', { backupVaultName: 'main' }))).toBe(
    `S/Vault: 1 value(s) that ${WHO} refuses\n` +
      `  vaultLock.minRetentionDays must be the mandated 35, got 7 [mandate-value] (${WHO})`,
  );
});

test('an injector of somebody else that is nearer takes its place, as the CDK has it', () => {
  const app = new App();
  const stack = new Stack(app, 'S');
  give(app, { mandates: { vaultLock: { minRetentionDays: 35 } } });
  PropertyInjectors.of(stack).add({
    constructUniqueId: Vault.PROPERTY_INJECTION_ID,
    inject: (props: object) => props,
  });
  new Vault(stack, 'Vault', { backupVaultName: 'main' });
  expect(vaultOf(stack).LockConfiguration).toBeUndefined();
});
