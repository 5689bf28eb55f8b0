import {
  BackupPlan,
  BackupVault,
  ComplianceAspect as Aspect,
  ComplianceDemand,
  ComplianceEvidence,
  ComplianceRules,
  ComplianceStandard,
  ComplianceSubject,
  FrameworkControl,
  PlainValues,
} from '@holdfast/model';

const ACCOUNT = '111122223333';
const PROBE = new PlainValues();
const ENV = { partition: 'aws', account: ACCOUNT, region: 'us-east-1' };

describe('names that only the deployment knows', () => {
  const later = { known: (value: unknown) => typeof value !== 'string' || !value.includes('⟨') };
  const copies = (region: string): BackupVault => ({
    backupVaultName: '⟨copies⟩',
    env: { ...ENV, region },
    declaredAt: 'copies',
  });
  const estate = (vaults: BackupVault[], rule: Partial<BackupPlan['rules'][number]>): ComplianceSubject => ({
    estate: {
      vaults,
      plans: [{ backupPlanName: 'p', env: ENV, rules: [{ ruleName: 'r', targetBackupVaultName: 'main', ...rule }] }],
    },
  });
  const asks = (aspect: Aspect, subject: ComplianceSubject) => {
    const clause = { clause: '§ 1', demand: ComplianceDemand.REQUIRED, lookedUp: true, because: 'we say so' };
    const mine = ComplianceStandard.custom({ id: 'mine', title: 'Mine', requirements: [{ aspect, ...clause }] });
    return ComplianceRules.check([mine], subject, later).map(({ path }) => path);
  };

  test('tell which vault a rule fills, all the same', () => {
    const vault = copies('us-east-1');
    const filled = estate([vault], { targetBackupVaultName: '⟨copies⟩' });
    expect(asks(Aspect.GOVERNANCE_LOCK, filled)).toEqual(['copies.vaultLock']);
    const locked = estate([{ ...vault, vaultLock: {} }], { targetBackupVaultName: '⟨copies⟩' });
    expect(asks(Aspect.GOVERNANCE_LOCK, locked)).toEqual([]);
    const other = estate([vault], { targetBackupVaultName: '⟨another⟩' });
    expect(asks(Aspect.GOVERNANCE_LOCK, other)).toEqual([]);
  });

  test.each([
    ['us-east-1', ['p.rules']],
    ['us-west-2', []],
    ['⟨elsewhere⟩', []],
  ])('tell whether a copy leaves the Region, by the vault that is declared in %s', (region, found) => {
    const destinationBackupVaultArn = `arn:aws:backup:${region}:${ACCOUNT}:backup-vault:⟨copies⟩`;
    const subject = estate([copies(region)], { copyActions: [{ destinationBackupVaultArn }] });
    expect(asks(Aspect.CROSS_REGION_COPY, subject)).toEqual(found);
    expect(ComplianceRules.declared(Aspect.CROSS_REGION_COPY, subject, later)).toBe(
      region.startsWith('⟨') ? 'known at deployment' : `account ${ACCOUNT}, Region ${region}`,
    );
  });

  test('let a copy into a vault of elsewhere be anywhere', () => {
    const copyActions = [{ destinationBackupVaultArn: '⟨arn⟩' }];
    expect(asks(Aspect.CROSS_REGION_COPY, estate([], { copyActions }))).toEqual([]);
  });
});

test('what was read back is held as the bucket that forgets first and the controls of all frameworks', () => {
  const controls = [FrameworkControl.backupRecoveryPointEncrypted()];
  const frameworks = ['a', 'b'].map((frameworkName) => ({ frameworkName, env: ENV, controls }));
  const subject = ComplianceEvidence.subject(
    { estate: { frameworks }, evidenceRetentionDays: [400, 30, Infinity] },
    'App/Stack',
    PROBE,
  );
  expect(subject).toEqual({
    estate: { frameworks },
    restoreTestGapDays: undefined,
    auditControls: ['BACKUP_RECOVERY_POINT_ENCRYPTED'],
    evidenceRetentionDays: 30,
    declaredAt: 'App/Stack',
  });
  expect(ComplianceEvidence.subject({ estate: {} }, '', PROBE).evidenceRetentionDays).toBeUndefined();
});
