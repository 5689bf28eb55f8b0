import { AuditPeriod, ControlDemands, FrameworkControl } from '@holdfast/model';

test('a control asks for its parameters, and for the defaults of AWS where they are not given (B10.1/7)', () => {
  const plans = FrameworkControl.custom('BACKUP_PLAN_MIN_FREQUENCY_AND_MIN_RETENTION_CHECK');
  expect(ControlDemands.of(plans)).toEqual({ requiredFrequencyHours: 24, requiredRetentionDays: 35 });
  const hourly = FrameworkControl.backupPlanMinFrequencyAndMinRetention({ requiredFrequency: AuditPeriod.hours(6) });
  expect(ControlDemands.of(hourly)).toEqual({ requiredFrequencyHours: 6, requiredRetentionDays: 35 });
  const newest = FrameworkControl.custom('BACKUP_LAST_RECOVERY_POINT_CREATED', [
    { parameterName: 'recoveryPointAgeValue', parameterValue: '2' },
  ]);
  expect(ControlDemands.of(newest)).toEqual({ recoveryPointAgeHours: 48 });
  const airGapped = FrameworkControl.custom('RESOURCES_IN_LOGICALLY_AIR_GAPPED_VAULT');
  expect(ControlDemands.of(airGapped)).toEqual({ recoveryPointAgeHours: 168 });
});

test('lists are lists, or texts with commas', () => {
  const parameterValue = 'eu-west-1, eu-west-2';
  const regions = FrameworkControl.custom('BACKUP_RESOURCES_PROTECTED_BY_CROSS_REGION', [
    { parameterName: 'crossRegionList', parameterValue },
  ]);
  expect(ControlDemands.of(regions)).toEqual({ crossRegions: ['eu-west-1', 'eu-west-2'] });
});

// prettier-ignore
test.each([
  [30, 90,       true],
  [29, 90,       false],
  [30, 91,       false],
  [30, Infinity, false],
])('a lock of %d to %d days against 30 to 90: %s', (least, most, met) => {
  const control = FrameworkControl.backupResourcesProtectedByBackupVaultLock({ minRetentionDays: 30, maxRetentionDays: 90 });
  expect(ControlDemands.metByLock(least, most, ControlDemands.of(control))).toBe(met);
});
